/** Andon's writer: supervisors set priorities, each change a command like any other. */
import { NAMESPACE, uuid5 } from '../../../src/uuid5.ts';
import { issuerOf, openRuntime } from '../andon-runtime.ts';
import type { Addresses } from '../stand.ts';
import { type Commit, watchAppends } from './commits.ts';
import type { LiveWriter } from './writing.ts';

/** Of orders that it did not make itself. */
const FILLED = 'north';
/** From 0 to 3; each change must differ from the one before. */
const PRIORITIES = 4;

export async function andonWriter(at: Addresses): Promise<LiveWriter> {
  let commits: Commit[] = [];
  watchAppends((commit) => commits.push(commit));
  const runtime = await openRuntime(at);
  const supervisor = uuid5(NAMESPACE.duty, 'bench supervisor');
  const sites = new Map<string, string>();
  const changes = new Map<string, number>();
  return {
    async prepare(site, count) {
      const orders = await runtime.approved(count, site);
      for (const order of orders) sites.set(order, site);
      commits = [];
      return orders;
    },
    change(order) {
      const n = (changes.get(order) ?? 0) + 1;
      changes.set(order, n);
      const issuer = issuerOf('supervisor', supervisor, sites.get(order) ?? FILLED);
      return runtime.must(runtime.send('order', order, issuer, { type: 'set-priority', priority: n % PRIORITIES }));
    },
    takeCommits() {
      const taken = commits;
      commits = [];
      return taken;
    },
    close: () => runtime.close(),
  };
}
