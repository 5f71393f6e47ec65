/** Prints docs/settings.md from the table of settings: `npm run docs`. */
import { SETTINGS } from './config.ts';

const cell = (text: string): string => text.replaceAll('|', '\\|');

export function settingsDoc(): string {
  const rows = Object.values(SETTINGS).map(({ env, fallback, about }) => {
    const shown = fallback === undefined ? 'required' : fallback === '' ? 'empty' : `\`${cell(fallback)}\``;
    return `| \`${env}\` | ${shown} | ${cell(about)} |`;
  });
  return [
    '# Settings',
    '',
    'Read once from the environment by every process; faults are reported together, by name. `./andon up` sets what it',
    'starts itself (URLs, secrets, ports); everything given by hand wins. Made from `src/config.ts` by `npm run docs`.',
    '',
    '| variable | default | meaning |',
    '|---|---|---|',
    ...rows,
    '',
  ].join('\n');
}

if (import.meta.main) process.stdout.write(settingsDoc());
