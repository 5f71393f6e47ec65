/** What a bench found: tables of figures, with the commit and the machine they were taken on. */
import { execFileSync } from 'node:child_process';
import { cpus, totalmem } from 'node:os';

export type Row = Readonly<Record<string, number>>;

export interface Table {
  readonly title: string;
  readonly rows: Readonly<Record<string, Row>>;
}

export interface Report {
  readonly tables: readonly Table[];
  /** What a reader must know to read them. */
  readonly notes: readonly string[];
}

export interface Circumstances {
  readonly bench: string;
  readonly commit: string;
  readonly at: string;
  readonly machine: string;
  /** How long all of it took. */
  readonly seconds: number;
}

function commit(): string {
  const git = (...args: string[]): string =>
    execFileSync('git', args, {
      cwd: import.meta.dirname,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    }).trim();
  try {
    return `${git('rev-parse', '--short', 'HEAD')}${git('status', '--porcelain') === '' ? '' : ' and changes'}`;
  } catch {
    return 'unknown'; // not a checkout
  }
}

export const circumstances = (bench: string, seconds: number): Circumstances => ({
  bench,
  seconds,
  commit: commit(),
  at: new Date().toISOString(),
  machine: `${cpus().length} × ${cpus()[0]?.model.trim() ?? '?'}, ${Math.round(totalmem() / 2 ** 30)} GiB, Node ${process.version}`,
});

/** Three digits that count, none that pretend. */
const shown = (value: number): string => {
  if (Number.isNaN(value)) return '';
  return Math.abs(value) >= 100 || Number.isInteger(value)
    ? String(Math.round(value))
    : value.toPrecision(value < 1 ? 2 : 3);
};

function lines({ rows }: Table): string[] {
  const columns = Object.keys(Object.values(rows)[0] ?? {});
  const cells = [
    ['', ...columns],
    ...Object.entries(rows).map(([name, row]) => [name, ...columns.map((column) => shown(row[column] ?? Number.NaN))]),
  ];
  const widths = cells[0]?.map((_, i) => Math.max(...cells.map((line) => line[i]?.length ?? 0))) ?? [];
  const pad = (cell: string, i: number): string =>
    i === 0 ? cell.padEnd(widths[i] ?? 0) : cell.padStart(widths[i] ?? 0);
  return cells.map((line) => line.map(pad).join('  '));
}

export function print({ tables, notes }: Report, of: Circumstances): void {
  console.log(`${of.bench}: commit ${of.commit}, ${of.machine}, ${of.at}, ${of.seconds} s`);
  for (const table of tables) console.log(['', table.title, ...lines(table)].join('\n'));
  for (const note of notes) console.log(`\n${note}`);
}
