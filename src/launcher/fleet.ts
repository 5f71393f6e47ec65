/** How many of Andon's own processes one `up` runs, of each type at least one. */

export interface Fleet {
  /** Web nodes; several stand behind nginx. */
  readonly nodes: number;
  readonly workers: number;
  readonly keepers: number;
  /** Users of the demo, and with `all` also those who play them. */
  readonly demo?: 'users' | 'all';
  /** The demo where others can reach it, or among others' orders. */
  readonly force?: boolean;
}

const many = (count: number, what: string): string => `${count === 1 ? 'a' : count} ${what}${count === 1 ? '' : 's'}`;

const DEMO = { users: ['the users of the demo'], all: ['the demo'] };

/** For people: `3 web nodes, a worker and 2 keepers`. */
export const fleetInWords = ({ nodes, workers, keepers, demo }: Fleet): string =>
  new Intl.ListFormat('en').format([
    ...[many(nodes, 'web node'), many(workers, 'worker'), many(keepers, 'keeper')],
    ...(demo === undefined ? [] : DEMO[demo]),
  ]);

/** As `up` takes it. */
export const fleetAsArguments = ({ nodes, workers, keepers, demo, force }: Fleet): string[] => [
  ...['--nodes', String(nodes)],
  ...['--workers', String(workers)],
  ...['--keepers', String(keepers)],
  ...(demo === undefined ? [] : [`--demo=${demo}`]),
  ...(force ? ['--force'] : []),
];

export const sameFleet = (a: Fleet, b: Fleet): boolean => fleetInWords(a) === fleetInWords(b);
