import type { SiteTariff, TariffBook } from '../../actors/pricing/book.ts';
import { checkTariff, checkTogether, type Tariff } from '../../actors/pricing/tariff.ts';
import { AndonError } from '../../src/errors.ts';
import { type Check, type JsonFile, lookIntoJsonDir, readJsonDir } from '../../src/files/json-dir.ts';

const check: Check<Tariff> = (json, name) => {
  const checked = checkTariff(json);
  if ('faults' in checked) return checked;
  const { site } = checked.tariff;
  if (site !== name) return { faults: [{ path: '/site', rule: `must be the name of the file, ${name}` }] };
  return { value: checked.tariff };
};

const versioned = ({ value, version }: JsonFile<Tariff>): SiteTariff => ({ ...value, version });

const told = (book: readonly Tariff[]): string[] => checkTogether(book).map(({ path, rule }) => `${path} ${rule}`);

/** The tariffs of a folder, each with the hash of its file as its version. Throws `bad_files` that names every fault. */
export async function readTariffs(dir: string): Promise<TariffBook> {
  const book = (await readJsonDir(dir, check)).map(versioned);
  const faults = told(book);
  if (faults.length > 0) {
    throw new AndonError('bad_files', `${dir}: ${faults.join('\n')}`, { expose: true, details: { faults } });
  }
  return book;
}

/**
 * The book after a look at the folder: a file that changed gives its site a new tariff; a site whose file is bad or gone
 * keeps its old one. Sites neither come nor go while processes run, for boards and duties are opened for those that were
 * there at the start. The very same book, if nothing of it changed.
 */
export async function rereadTariffs(
  dir: string,
  book: TariffBook,
): Promise<{ readonly book: TariffBook; readonly faults: readonly string[] }> {
  const { files, faults: unread } = await lookIntoJsonDir(dir, check);
  const found = new Map(files.map((file) => [file.name, versioned(file)]));
  const isKnown = (name: string): boolean => book.some(({ site }) => site === name);
  const hasFault = (site: string): boolean => unread.some((line) => line.startsWith(`${site}.json `));
  const gone = book.filter(({ site }) => !found.has(site) && !hasFault(site));
  const faults = [
    ...unread,
    ...gone.map(({ site }) => `${site}.json is gone: a site leaves with a restart`),
    ...[...found.keys()].filter((name) => !isKnown(name)).map((name) => `${name}.json: a site comes with a restart`),
  ];
  const next = book.map((old) => {
    const tariff = found.get(old.site) ?? old;
    return tariff.version === old.version ? old : tariff;
  });
  if (next.every((tariff, n) => tariff === book[n])) return { book, faults };
  const together = told(next);
  return together.length > 0 ? { book, faults: [...faults, ...together] } : { book: next, faults };
}
