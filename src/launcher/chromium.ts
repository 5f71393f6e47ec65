/** Where this machine has a browser; undefined when it has none. ANDON_CHROMIUM, if set, is the only candidate. */
import { existsSync } from 'node:fs';

const USUAL = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/opt/google/chrome/chrome',
  '/snap/bin/chromium',
];

export function chromium(): string | undefined {
  const given = process.env['ANDON_CHROMIUM'];
  return (given === undefined || given === '' ? USUAL : [given]).find((path) => existsSync(path));
}
