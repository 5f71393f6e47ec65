/**
 * The store of the flow figures: histograms of stays by site, day and step, in generations of which one is kept.
 *
 * G1 The cursor of a generation moves in the statement that adds to it: each row of the log counts once in it, however
 *    often it is delivered and by however many owners.
 * G2 Adding has no order, so a generation depends on nothing but which rows of the log it has read.
 */
import { BEGINNING } from '../log/feed.ts';
import type { FeedCursor } from '../log/rows.ts';
import { type Queryable, statement } from '../log/statement.ts';
import { readCursor } from './cursors.ts';
import { type Bucket, bucketOf } from './flow-buckets.ts';

/** A stay that ended; `day` as `YYYY-MM-DD`. */
export interface EndedStay {
  readonly site: string;
  readonly day: string;
  readonly step: string;
  readonly ms: number;
}

export interface Generation {
  readonly generation: number;
  readonly cursor: FeedCursor;
}

interface KeptLine {
  readonly generation: number;
  readonly era: number | null;
  readonly xid: string | null;
  readonly seq: string | null;
}

type Line = Omit<EndedStay, 'ms'> & Bucket;

const kept = statement<KeptLine>(import.meta.url, 'sql/flow-kept');
const add = statement<{ readonly moved: boolean }>(import.meta.url, 'sql/flow-add');
const begin = statement<object>(import.meta.url, 'sql/flow-begin');
const end = statement<object>(import.meta.url, 'sql/flow-end');
const forget = statement<{ readonly gone: number }>(import.meta.url, 'sql/flow-forget');
const swap = statement<{ readonly different: number }>(import.meta.url, 'sql/flow-swap');

const FORGET_AT_ONCE = 5_000;

/** Name of a generation's cursor. */
export const flowCursor = (generation: number): string => `flow:${generation}`;

/** The generation that is served, and how far it has read the log. */
export async function keptFlow(on: Queryable): Promise<Generation> {
  const [line] = await kept.run(on);
  if (line === undefined) throw new Error('no generation of the flow figures is kept');
  const { generation, era, xid, seq } = line;
  if (era !== null && xid !== null && seq !== null) return { generation, cursor: { era, xid, seq } };
  return { generation, cursor: await readCursor(on, flowCursor(generation)) }; // the very first time
}

/** Resolves to false if somebody else moved the cursor, or the generation is no more: nothing was added. */
export async function addStays(
  on: Queryable,
  stays: readonly EndedStay[],
  { generation, cursor: from }: Generation,
  to: FeedCursor,
): Promise<boolean> {
  const cursors = [from.era, from.xid, from.seq, to.era, to.xid, to.seq];
  const lines = JSON.stringify(gathered(stays));
  const [line] = await add.run(on, [lines, generation, flowCursor(generation), ...cursors]);
  return line?.moved === true;
}

/** One line per bucket: a statement can't update a row twice. */
function gathered(stays: readonly EndedStay[]): readonly Line[] {
  const lines = new Map<string, Line>();
  for (const { site, day, step, ms } of stays) {
    const bucket = bucketOf(ms);
    const key = `${day} ${bucket} ${step} ${site}`;
    const line = lines.get(key);
    lines.set(key, { site, day, step, bucket, stays: (line?.stays ?? 0) + 1, ms: (line?.ms ?? 0) + ms });
  }
  return [...lines.values()];
}

/** Takes away what an earlier attempt left, and begins an empty generation. */
export async function beginGeneration(on: Queryable, generation: number): Promise<Generation> {
  await endGeneration(on, generation);
  await begin.run(on, [flowCursor(generation)]);
  return { generation, cursor: BEGINNING };
}

/** Does nothing to the one that is kept. */
export async function endGeneration(on: Queryable, generation: number): Promise<void> {
  await end.run(on, [generation, flowCursor(generation)]);
  while ((await forget.run(on, [generation, FORGET_AT_ONCE])).length === FORGET_AT_ONCE);
}

/** How many buckets differ; undefined = one of the two has read on meanwhile, nothing was changed. */
export async function keepInstead(on: Queryable, old: number, fresh: number): Promise<number | undefined> {
  const [line] = await swap.run(on, [old, fresh, flowCursor(old), flowCursor(fresh)]);
  return line?.different;
}
