/**
 * `npm run audit`: asks the registry which of our packages have known holes. Exits 0 when it knows of none, 1 when it knows
 * of some, 2 when it could not be asked (mirrors often don't offer that): no answer is never taken for a good one.
 */
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

export interface Verdict {
  readonly exit: 0 | 1 | 2;
  readonly text: string;
}

interface Found {
  readonly name?: string;
  readonly severity?: string;
  readonly range?: string;
  readonly via?: readonly unknown[];
}

interface Report {
  readonly metadata?: { readonly dependencies?: { readonly total?: number } };
  readonly vulnerabilities?: Readonly<Record<string, Found>>;
  readonly message?: string;
}

const titlesIn = ({ via = [] }: Found): string =>
  via
    .flatMap((one) => (typeof one === 'object' && one !== null && 'title' in one ? [String(one.title)] : []))
    .join('; ');

function parsed(output: string): Report {
  try {
    return JSON.parse(output) as Report;
  } catch {
    return {};
  }
}

/** `output`: what `npm audit --json` printed. */
export function verdictOf(output: string): Verdict {
  const { metadata, vulnerabilities, message } = parsed(output);
  if (vulnerabilities === undefined || metadata === undefined) {
    const why = message ?? 'it printed no report';
    return { exit: 2, text: `NOT AUDITED: the registry could not be asked (${why}). Run it where it can be.` };
  }
  const found = Object.values(vulnerabilities);
  const total = metadata.dependencies?.total ?? 0;
  if (found.length === 0) return { exit: 0, text: `No known holes in ${total} packages.` };
  const lines = found.map((one) => `  ${one.severity}  ${one.name} ${one.range}  ${titlesIn(one)}`);
  return { exit: 1, text: [`Known holes in ${found.length} of ${total} packages:`, ...lines].join('\n') };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { stdout } = spawnSync('npm', ['audit', '--json'], { encoding: 'utf8', maxBuffer: 1 << 26, timeout: 120_000 });
  const { exit, text } = verdictOf(stdout ?? '');
  console.log(text);
  process.exitCode = exit;
}
