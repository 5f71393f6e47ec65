/** How many of Andon's own processes one `up` runs, of each type at least one. */

export interface Fleet {
  /** Web nodes; several stand behind nginx. */
  readonly nodes: number;
  readonly workers: number;
  readonly keepers: number;
}

const many = (count: number, what: string): string => `${count === 1 ? 'a' : count} ${what}${count === 1 ? '' : 's'}`;

/** For people: `3 web nodes, a worker and 2 keepers`. */
export const fleetInWords = ({ nodes, workers, keepers }: Fleet): string =>
  new Intl.ListFormat('en').format([many(nodes, 'web node'), many(workers, 'worker'), many(keepers, 'keeper')]);

/** As `up` takes it. */
export const fleetAsArguments = ({ nodes, workers, keepers }: Fleet): string[] => [
  ...['--nodes', String(nodes)],
  ...['--workers', String(workers)],
  ...['--keepers', String(keepers)],
];

export const sameFleet = (a: Fleet, b: Fleet): boolean => fleetInWords(a) === fleetInWords(b);
