/** What `status` says to people: a row for each that runs, with a mark where it is not well, and no password. */
import type { Status } from './status.ts';

const withoutPassword = (text: string): string => {
  const url = new URL(text);
  url.username = '';
  url.password = '';
  return url.href;
};

const row = (name: string, pid: number, url: string, mark: string | undefined): string =>
  `  ${name.padEnd(10)} pid ${String(pid).padEnd(8)} ${url}${mark === undefined ? '' : `   ${mark}`}`;

export function statusLines(now: Status): string[] {
  const { processes, servers, degraded, gone, watched } = now;
  const runs = processes.length + servers.length > 0;
  const how = now.ready ? `ready: ${now.url}` : runs || watched ? 'not ready' : 'not running';
  return [
    `Andon is ${how}   (data in ${now.data})`,
    ...(runs && !watched ? ['  nobody watches over it: `up` was killed. ./andon up -d begins anew, down ends it'] : []),
    ...(degraded.length > 0 ? [`  degraded: ${degraded.join(', ')}   (docs/operations.md tells what to do)`] : []),
    ...processes.map(({ type, index, pid, ops = '', url = ops, mark }) => row(`${type} ${index}`, pid, url, mark)),
    ...servers.map(({ name, pid, url, mark }) => row(name, pid, withoutPassword(url), mark)),
    ...(watched || runs
      ? gone.map((name) => `  ${name.padEnd(10)} ended${watched ? '; it is started again' : ''}`)
      : []),
  ];
}
