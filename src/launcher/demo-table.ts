/** What `up --demo` tells people: where to go, as whom, with which password; first those that nobody plays. */
import type { Login } from './logins.ts';

const PAGES: Readonly<Record<string, string>> = {
  buyer: '/',
  operator: '/board',
  packer: '/board',
  quality: '/board',
  supervisor: '/board',
  crm: '/console',
  carrier: '/console',
  engineer: '/console',
};

interface Row {
  readonly page: string;
  readonly who: string;
  readonly login: string;
  readonly secret: string;
}

const rowOf = ({ url, role, site, login, password, apiKey }: Login): Row => ({
  page: `${url}${PAGES[role] ?? '/v1'}`,
  who: site === null ? role : `${role}, ${site}`,
  login,
  secret: apiKey ?? password,
});

const order = (a: Row, b: Row): number => a.page.localeCompare(b.page) || a.who.localeCompare(b.who);

function table(logins: readonly Login[]): string[] {
  const rows = logins.map(rowOf).sort(order);
  const width = (of: keyof Row): number => Math.max(0, ...rows.map((row) => row[of].length));
  const [pages, whos, names] = [width('page'), width('who'), width('login')];
  return rows.map(
    ({ page, who, login, secret }) => `  ${page.padEnd(pages)}  ${who.padEnd(whos)}  ${login.padEnd(names)}  ${secret}`,
  );
}

/** `withTraffic`: some of them are played. */
export function demoTable(logins: readonly Login[], withTraffic: boolean): string[] {
  const cast = logins.filter(({ demo }) => demo !== undefined);
  if (!withTraffic) return ['The users of the demo:', ...table(cast)];
  return [
    'Be one of these; nobody plays them:',
    ...table(cast.filter(({ demo }) => demo === 'free')),
    'Played by the demo, and you may sign in beside them:',
    ...table(cast.filter(({ demo }) => demo === 'played')),
  ];
}
