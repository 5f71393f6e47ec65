/** E3: every picture of the orders, held against the log. */
import type { Client } from 'pg';
import * as assert from 'uvu/assert';
import { laneOf } from '../../../actors/order/lifecycle.ts';
import type { OrderState } from '../../../actors/order/state.ts';
import type { Api } from '../../_kit/api.ts';
import { until } from '../../_kit/until.ts';
import { digestOf, LANES, linesOf } from './board-lines.ts';
import { type PartnerEvent, read } from './customers.ts';
import { SOON_MS } from './end-log.ts';
import type { LiveBoard } from './live-board.ts';
import { SITES, type Traffic } from './traffic.ts';

export interface Head {
  readonly actor_id: string;
  readonly version: number;
  readonly after: OrderState;
}

export const headsOf = async (client: Client): Promise<readonly Head[]> =>
  (
    await client.query<Head>(
      `SELECT DISTINCT ON (actor_id) actor_id, version, after FROM actor_log
        WHERE kind = 'order' ORDER BY actor_id, version DESC`,
    )
  ).rows;

/** Who compares with these must know whether somebody still wrote meanwhile. */
export async function nothingMoved(client: Client, heads: readonly Head[]): Promise<void> {
  const before = new Map(heads.map(({ actor_id, version }) => [actor_id, version]));
  const moved = (await headsOf(client)).filter(({ actor_id, version }) => before.get(actor_id) !== version);
  const shown = moved.map(({ actor_id, version, after }) => `${actor_id} ${version} ${after.status}`);
  assert.equal(shown, [], 'orders that changed while everybody was quiet');
}

export const listIsLog = (client: Client, when: string): Promise<unknown> =>
  until(
    `the list of orders has the heads of the log ${when}`,
    async () => {
      const { rows } = await client.query(
        `SELECT coalesce(h.actor_id, o.id) AS id, h.version AS log, o.version AS list
           FROM (SELECT actor_id, max(version) AS version FROM actor_log WHERE kind = 'order' GROUP BY 1) h
           FULL JOIN orders o ON o.id = h.actor_id
          WHERE h.version IS DISTINCT FROM o.version LIMIT 3`,
      );
      if (rows.length > 0) throw new Error(JSON.stringify(rows));
      return true;
    },
    SOON_MS,
  );

/** The pages of every site at every node, and what those see who were there all along. */
export async function boardsAreLog(
  heads: readonly Head[],
  nodes: readonly string[],
  { supervisors, boards }: Pick<Traffic, 'supervisors' | 'boards'>,
  when: string,
): Promise<void> {
  for (const site of SITES) {
    const reader = supervisors.get(site);
    assert.ok(reader);
    const log = logLinesOf(heads, site);
    for (const at of nodes) await same(`the board of ${site} at ${at} ${when}`, log, () => page(reader!, at, site));
  }
  await liveBoardsAreLog(heads, boards, when);
}

/** A board as somebody has it. */
export type Shown = Pick<LiveBoard, 'site' | 'live'> & { readonly seen: Pick<LiveBoard['seen'], 'lines' | 'digest'> };

export async function liveBoardsAreLog(heads: readonly Head[], boards: readonly Shown[], when: string): Promise<void> {
  for (const [n, board] of boards.entries()) {
    const log = logLinesOf(heads, board.site);
    await same(`live board ${n} (${board.site}) ${when}`, log, async () => seenBy(board));
    assert.is(board.seen.digest(), digestOf(log));
  }
}

const seenBy = (board: Shown): string[] => (board.live ? board.seen.lines() : ['not live']);

async function page(reader: Api, at: string, site: string): Promise<string[]> {
  const lines: string[] = [];
  for (const lane of LANES) {
    const found: string[] = [];
    for (let cursor: string | null = ''; cursor !== null; ) {
      const from: string = cursor === '' ? '' : `&cursor=${encodeURIComponent(cursor)}`;
      const { status, body } = await reader.get(`/api/boards/${site}?lane=${lane}&sort=recent&limit=200${from}`, {
        at,
      });
      if (status !== 200 || body.stale !== undefined || body.rebuilding)
        return [`${status} ${body.code} stale ${body.stale} rebuilding ${body.rebuilding}`];
      for (const card of body.items) found.push(`${lane} ${card.order} ${card.version}`);
      cursor = body.next;
    }
    lines.push(...found.sort());
  }
  return lines;
}

const logLinesOf = (heads: readonly Head[], site: string): string[] =>
  linesOf(
    heads.map(({ actor_id, version, after }) => [
      actor_id,
      { version, lane: after.site === site ? laneOf(after) : null },
    ]),
  );

const same = (what: string, log: readonly string[], ask: () => Promise<readonly string[]>): Promise<unknown> =>
  until(
    `${what} is the log`,
    async () => {
      const found = await ask();
      if (JSON.stringify(found) === JSON.stringify(log)) return true;
      const missing = log.filter((line) => !found.includes(line)).slice(0, 5);
      const extra = found.filter((line) => !log.includes(line)).slice(0, 5);
      throw new Error(`missing ${missing.join(', ') || '-'}; too much ${extra.join(', ') || '-'}`);
    },
    SOON_MS,
  );

/** The feed of the partner from its beginning, read beside the one that it follows itself. */
export class WholeFeed {
  readonly #events: PartnerEvent[] = [];
  #next = '';

  /** All of the log that is the partner's, in order, once; and the follower heard the same. */
  async isLog(
    heads: readonly Head[],
    { partner, book }: Pick<Traffic, 'partner' | 'book'>,
    when: string,
  ): Promise<void> {
    const own = heads.filter(({ after }) => after.tenant === partner.tenant);
    await until(
      `the partner's feed has all ${when}`,
      async () => {
        const after = this.#next === '' ? '' : `&after=${encodeURIComponent(this.#next)}`;
        const { items, next } = await read(book, partner.api, `/v1/events?limit=200${after}`);
        this.#events.push(...items);
        this.#next = next;
        const told = new Map(this.#events.map(({ order, version }) => [order, version]));
        return own.every(({ actor_id, version }) => told.get(actor_id) === version);
      },
      SOON_MS,
    );
    assert.is(new Set(this.#events.map(({ id }) => id)).size, this.#events.length, 'no event twice');
    const last = new Map<string, number>();
    for (const { order, version } of this.#events) {
      const before = last.get(order) ?? 0;
      assert.ok(version === before || version === before + 1, `${order}: version ${version} after ${before}`);
      last.set(order, version);
    }
    const heard = partner.events.map(({ id }) => id);
    const told = this.#events.slice(0, heard.length).map(({ id }) => id);
    assert.equal(heard, told, 'who followed all along heard the same');
    assert.is(own.length, partner.references.size, 'one order for each reference');
  }
}
