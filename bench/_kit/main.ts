/** What is done with the report of a bench: it is printed, as tables or with `--json` as one line. */
import { circumstances, print, type Report } from './report.ts';
import { readSettings, type Settings } from './settings.ts';

type Measure = (settings: Settings) => Promise<Report>;

/** One after the other, and ends the process. */
export async function bench(
  measures: Readonly<Record<string, Measure>>,
  env: Readonly<Record<string, string | undefined>> = process.env,
): Promise<never> {
  const settings = readSettings(env);
  for (const [name, measure] of Object.entries(measures)) {
    const begun = performance.now();
    const report = await measure(settings);
    const of = circumstances(name, Math.round((performance.now() - begun) / 1_000));
    if (process.argv.includes('--json')) console.log(JSON.stringify({ ...of, settings, ...report }));
    else print(report, of);
  }
  process.exit(0);
}
