/** From the commits and from what arrived: how long each change took to each socket that watches it. */
import { quantile } from '../figures.ts';
import type { Group, Push } from './arrivals.ts';
import type { Commit } from './commits.ts';

export interface Delays {
  readonly p50: number;
  readonly p99: number;
  /** Of the first and of the last third of the changes: a queue that grows shows in the difference. */
  readonly earlyP99: number;
  readonly lateP99: number;
  /** Changes times sockets that were never told of them, or of a later version. */
  readonly missing: number;
  /** From the last commit until everybody had everything. */
  readonly behindMs: number;
}

/** The first push with this version of an order, or a later one: of several changes in a frame it carries the newest. */
function pushesOf(group: Group): (commit: Commit) => Push | undefined {
  const of = new Map<string, { readonly version: number; readonly push: Push }[]>();
  for (const push of group.pushes)
    for (const [order, version] of push.versions) {
      const known = of.get(order) ?? [];
      of.set(order, known);
      known.push({ version, push });
    }
  return (commit) => of.get(commit.order)?.find(({ version }) => version >= commit.version)?.push;
}

/** `aboutOf`: what is watched to see a commit. */
export function delaysOf(
  groups: Iterable<Group>,
  commits: readonly Commit[],
  aboutOf: (commit: Commit) => string,
): Delays {
  const watching = new Map<string, { readonly group: Group; readonly pushOf: ReturnType<typeof pushesOf> }[]>();
  for (const group of groups) {
    const those = watching.get(group.about) ?? [];
    watching.set(group.about, those);
    those.push({ group, pushOf: pushesOf(group) });
  }
  const thirds: number[][] = [[], [], []];
  let [missing, last] = [0, 0];
  const ordered = commits.toSorted((a, b) => a.at - b.at);
  for (const [n, commit] of ordered.entries()) {
    const third = thirds[Math.floor((n * thirds.length) / ordered.length)];
    for (const { group, pushOf } of watching.get(aboutOf(commit)) ?? []) {
      const times = pushOf(commit)?.times ?? [];
      missing += Math.max(0, group.sockets - times.length);
      for (const at of times) {
        third?.push(at - commit.at);
        last = Math.max(last, at);
      }
    }
  }
  const all = thirds.flat();
  return {
    p50: quantile(all, 0.5),
    p99: quantile(all, 0.99),
    earlyP99: quantile(thirds[0] ?? [], 0.99),
    lateP99: quantile(thirds[2] ?? [], 0.99),
    missing,
    behindMs: Math.max(0, last - (ordered.at(-1)?.at ?? last)),
  };
}
