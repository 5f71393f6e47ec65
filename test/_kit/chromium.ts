/** Where this machine has a browser for `.web.test.ts` files; undefined when it has none. */
import { existsSync } from 'node:fs';

export const chromium = (): string | undefined =>
  [
    process.env['ANDON_CHROMIUM'],
    '/usr/bin/chromium',
    '/usr/bin/chromium-browser',
    '/usr/bin/google-chrome',
    '/snap/bin/chromium',
  ].find((path) => path !== undefined && path !== '' && existsSync(path));
