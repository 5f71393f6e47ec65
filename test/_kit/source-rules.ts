/** Rules of the source text that no linter knows: size of files, and words that mean *not finished*. */
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export const MOST_LINES = 400;
export const MEDIAN_LINES = 120;

export interface Source {
  readonly file: string;
  readonly text: string;
}

const SOURCES = '{actors,demo,gateways,src,web}/**/*.{ts,tsx}';

export const readSources = (root: string): Source[] =>
  globSync(SOURCES, { cwd: root })
    .filter((file) => !/(^|\/)node_modules\//.test(file))
    .sort()
    .map((file) => ({ file, text: readFileSync(join(root, file), 'utf8') }));

const linesOf = ({ text }: Source): number => text.replace(/\n$/, '').split('\n').length;

export const medianLines = (sources: readonly Source[]): number =>
  sources.map(linesOf).sort((a, b) => a - b)[Math.floor(sources.length / 2)] ?? 0;

const WORDS: readonly (readonly [RegExp, string])[] = [
  [/\b(TODO|FIXME)\b/, 'says what is not done'],
  [/(?<!\/\/.*|^\s*\*.*)(:\s*any\b(?!\s+\w)|\bas any\b|<any\b)/, 'uses any'],
];

/** Every broken rule, one line each. */
export function sourceFaults(sources: readonly Source[]): string[] {
  const faults = sources.flatMap((source) => {
    const lines = linesOf(source);
    const long = lines > MOST_LINES ? [`${source.file}: ${lines} lines, at most ${MOST_LINES}`] : [];
    const words = source.text
      .split('\n')
      .flatMap((line, i) =>
        WORDS.filter(([word]) => word.test(line)).map(([, fault]) => `${source.file}:${i + 1}: ${fault}`),
      );
    return [...long, ...words];
  });
  const median = medianLines(sources);
  return median > MEDIAN_LINES ? [...faults, `half of the files have ${median} lines or more`] : faults;
}
