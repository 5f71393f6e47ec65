import type { TariffBook } from '../../actors/pricing/book.ts';
import { checkTariff, checkTogether } from '../../actors/pricing/tariff.ts';
import { AndonError } from '../../src/errors.ts';
import { readJsonDir } from '../../src/files/json-dir.ts';

/** The tariffs of a folder, each with the hash of its file as its version. Throws `bad_files` that names every fault. */
export async function readTariffs(dir: string): Promise<TariffBook> {
  const files = await readJsonDir(dir, (json, name) => {
    const checked = checkTariff(json);
    if ('faults' in checked) return checked;
    const { site } = checked.tariff;
    if (site !== name) return { faults: [{ path: '/site', rule: `must be the name of the file, ${name}` }] };
    return { value: checked.tariff };
  });
  const faults = checkTogether(files.map((file) => file.value));
  if (faults.length > 0) {
    const text = faults.map((fault) => `${fault.path} ${fault.rule}`).join('\n');
    throw new AndonError('bad_files', `${dir}: ${text}`, { expose: true, details: { faults } });
  }
  return files.map(({ value, version }) => ({ ...value, version }));
}
