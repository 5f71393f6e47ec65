/**
 * What must be true after every fault, once everything is answered and no job runs:
 *
 * E1 Nothing lost or doubled: every accepted command stands in the log once, at the version and with the status that was
 *    answered; no refused one does. Versions have no gaps, and the events make the states.
 * E2 One holder at a time: the claims are what the folded orders hold, nobody has more than the limit.
 * E3 Board = log: pages of every site from every node, and the live boards of all who were there all along. The list of
 *    orders has the heads of the log; the partner's feed has its part of the log, in order, once.
 * E4 No job is stuck, none is dead.
 * E5 Every process and server lives and is ready.
 */
import { createHash } from 'node:crypto';
import type { Client } from 'pg';
import * as assert from 'uvu/assert';
import { laneOf } from '../../../actors/order/lifecycle.ts';
import type { OrderState } from '../../../actors/order/state.ts';
import { commandIdOf } from '../../../src/identity/envelope.ts';
import { until } from '../../_kit/until.ts';
import { checkChains, type Row } from '../../runtime/ledger.ts';
import type { Answered } from './book.ts';
import { type PartnerEvent, read } from './customers.ts';
import type { House } from './house.ts';
import { LANES } from './live-board.ts';
import { SITES } from './traffic.ts';

/** Five times what is promised, and the machine is busy. */
const SOON_MS = 40_000;
/** These rest on what others do meanwhile: a repeat may be answered otherwise. */
const ON_FACTS = ['wip_limit', 'off_shift', 'wrong_skill', 'not_found'];

const BY_VALUE = ['pack', 'ship', 'delivered', 'hand-over'];

interface Logged {
  readonly version: number;
  readonly status: string;
}

interface Head {
  readonly actor_id: string;
  readonly version: number;
  readonly after: OrderState;
}

export class EndCheck {
  readonly #house: Omit<House, 'end'>;
  /** Rows up to here were held against their answers. */
  #seq = '0';
  readonly #told: PartnerEvent[] = [];
  #next = '';

  constructor(house: Omit<House, 'end'>) {
    this.#house = house;
  }

  /** Leaves the traffic as it found it: flowing. */
  async run(when: string): Promise<void> {
    const { traffic } = this.#house;
    await traffic.pause();
    try {
      await this.#house.sight(async (client) => {
        await this.#everybodyLives(when);
        await jobsAreDone(client, when);
        await this.#nothingLost(client);
        await this.#oneHolder(client);
        const heads = await headsOf(client);
        await listIsLog(client, when);
        await this.#boardsAreLog(heads, when);
        await this.#partnerWasTold(heads, when);
      });
      none(traffic.book.faults.splice(0), `what clients saw until ${when}`);
    } finally {
      traffic.resume();
    }
  }

  /** E1, E2 and the boards, which live by the turns' own writes: while no feed moves. */
  async whileStalled(when: string): Promise<void> {
    const { traffic, sight } = this.#house;
    await traffic.pause();
    try {
      await sight(async (client) => {
        await jobsAreDone(client, when);
        await this.#nothingLost(client);
        await this.#oneHolder(client);
        await this.#boardsAreLog(await headsOf(client), when);
      });
    } finally {
      traffic.resume();
    }
  }

  async #everybodyLives(when: string): Promise<void> {
    const { product, fleet } = this.#house;
    let last = 'no answer';
    await until(
      `every process and server is there ${when}`,
      async () => {
        const { ready, processes, servers } = await product.status();
        last = JSON.stringify({ ready, processes, servers: servers.map(({ name }) => name) });
        const names = [...processes.map(({ type, index }) => `${type} ${index}`), ...servers.map(({ name }) => name)];
        return ready && JSON.stringify(names.sort()) === JSON.stringify(fleet);
      },
      SOON_MS,
    ).catch((error: Error) => {
      throw new Error(`${error.message}: ${last}`);
    });
  }

  async #nothingLost(client: Client): Promise<void> {
    const { book } = this.#house.traffic;
    const answered = book.answered;
    book.answered = [];
    const ids = answered.map(({ who, tenant, order, key }) => commandIdOf({ tenant, id: who } as never, order, key));
    const { rows } = await client.query<Logged & { actor_id: string; command_id: string }>(
      `SELECT l.actor_id, l.command_id, l.version, l.after->>'status' AS status
         FROM unnest($1::uuid[], $2::uuid[], $3::int[]) AS asked (actor, command, version)
         JOIN actor_log l ON l.kind = 'order' AND l.actor_id = asked.actor
                         AND (l.command_id = asked.command OR l.version = asked.version)`,
      [answered.map(({ order }) => order), ids, answered.map(({ version }) => version)],
    );
    const byCommand = new Map(rows.map((row) => [row.command_id, row]));
    const byVersion = new Map(rows.map((row) => [`${row.actor_id} ${row.version}`, row]));
    const wrong = answered.flatMap((one, i) => {
      // Said twice under two keys it is accepted, and makes no version of its own.
      const row = byCommand.get(ids[i] ?? '');
      const known =
        one.accepted && BY_VALUE.includes(one.type) ? byVersion.get(`${one.order} ${one.version}`) : undefined;
      return faultsOf(one, row ?? known);
    });
    none(wrong, 'answers that the log does not know');
  }

  async #oneHolder(client: Client): Promise<void> {
    const { rows } = await client.query<Row>(
      `SELECT kind, actor_id, version, base, command_id, at, events, after FROM actor_log
        WHERE kind = 'order' AND actor_id IN (SELECT actor_id FROM actor_log WHERE seq > $1)
        ORDER BY actor_id, version`,
      [this.#seq],
    );
    const held = checkChains(rows);
    this.#seq = (await client.query<{ seq: string }>('SELECT max(seq) AS seq FROM actor_log')).rows[0]?.seq ?? '0';
    const actors = [...new Set(rows.map(({ actor_id }) => actor_id))];
    const claims = await client.query<{ claim: string }>(
      `SELECT name || ' ' || actor_id AS claim FROM claims WHERE actor_id = ANY ($1)`,
      [actors],
    );
    assert.equal(claims.rows.map(({ claim }) => claim).sort(), held.sort(), 'claims are what is held');
    const { limit } = this.#house.traffic;
    const beyond = await client.query(
      `SELECT name FROM claims WHERE name LIKE 'slot:%' AND split_part(name, ':', 3)::int > $1`,
      [limit],
    );
    none(beyond.rows, 'slots beyond the limit');
  }

  async #boardsAreLog(heads: readonly Head[], when: string): Promise<void> {
    const { traffic, product } = this.#house;
    for (const site of SITES) {
      const log = linesOf(heads, site);
      for (const node of product.nodes)
        await equal(`the board of ${site} at ${node} is the log ${when}`, log, () => this.#page(node, site));
    }
    for (const [n, board] of traffic.boards.entries()) {
      const log = linesOf(heads, board.site);
      await equal(`live board ${n} (${board.site}) is the log ${when}`, log, async () =>
        board.live ? board.lines() : ['not live'],
      );
      assert.is(board.digest(), digestOf(log));
    }
  }

  async #page(at: string, site: string): Promise<string[]> {
    const lines: string[] = [];
    const reader = this.#house.traffic.supervisors.get(site);
    if (reader === undefined) throw new Error(`nobody reads the board of ${site}`);
    for (const lane of LANES) {
      const found: string[] = [];
      for (let cursor: string | null = ''; cursor !== null; ) {
        const from: string = cursor === '' ? '' : `&cursor=${encodeURIComponent(cursor)}`;
        const { status, body } = await reader.get(`/api/boards/${site}?lane=${lane}&sort=recent&limit=200${from}`, {
          at,
        });
        if (status !== 200 || body.stale !== undefined || body.rebuilding)
          return [`${status} ${body.code} ${body.stale}`];
        for (const card of body.items) found.push(`${lane} ${card.order} ${card.version}`);
        cursor = body.next;
      }
      lines.push(...found.sort());
    }
    return lines;
  }

  async #partnerWasTold(heads: readonly Head[], when: string): Promise<void> {
    const { traffic } = this.#house;
    const { api, tenant } = traffic.partner;
    const own = heads.filter(({ after }) => after.tenant === tenant);
    const versions = (): Map<string, number> => new Map(this.#told.map(({ order, version }) => [order, version]));
    await until(
      `the partner's feed has all ${when}`,
      async () => {
        const after = this.#next === '' ? '' : `&after=${encodeURIComponent(this.#next)}`;
        const { items, next } = await read(traffic.book, api, `/v1/events?limit=200${after}`);
        this.#told.push(...items);
        this.#next = next;
        const seen = versions();
        return own.every(({ actor_id, version }) => seen.get(actor_id) === version);
      },
      SOON_MS,
    );
    assert.is(new Set(this.#told.map(({ id }) => id)).size, this.#told.length, 'no event twice');
    const last = new Map<string, number>();
    for (const { order, version } of this.#told) {
      const before = last.get(order) ?? 0;
      assert.ok(version === before || version === before + 1, `${order}: version ${version} after ${before}`);
      last.set(order, version);
    }
    const heard = traffic.partner.events.map(({ id }) => id);
    assert.equal(
      heard,
      this.#told.slice(0, heard.length).map(({ id }) => id),
      'who polled all along heard the same',
    );
    assert.is(own.length, traffic.partner.references.size, 'one order for each reference');
  }
}

function faultsOf(one: Answered, row: Logged | undefined): string[] {
  const name = `${one.type} of ${one.order} (key ${one.key}, ${one.tries} tries)`;
  if (!one.accepted) {
    if (row === undefined || ON_FACTS.includes(one.code ?? '')) return [];
    return [`${name} was refused (${one.code}), but stands in the log at version ${row.version}`];
  }
  if (row === undefined) return [`${name} was accepted at version ${one.version}, but is not in the log`];
  const same = row.version === one.version && (one.status === undefined || row.status === one.status);
  return same ? [] : [`${name}: answered ${one.version} ${one.status}, in the log ${row.version} ${row.status}`];
}

async function jobsAreDone(client: Client, when: string): Promise<void> {
  let open: unknown[] = [];
  await until(
    `no job is open ${when}`,
    async () => {
      const { rows } = await client.query(
        `SELECT id, kind, state, attempt, due, leased_until, worker, outcome FROM jobs
          WHERE state = 'running' OR state = 'due' AND (kind <> 'timer' OR due <= now()) LIMIT 5`,
      );
      open = rows;
      return rows.length === 0;
    },
    SOON_MS,
  ).catch((error: Error) => {
    throw new Error(`${error.message}: ${JSON.stringify(open)}`);
  });
  const dead = await client.query(`SELECT id, kind, outcome, attempt FROM jobs WHERE state = 'dead'`);
  none(dead.rows, 'dead jobs');
  const aside = await client.query('SELECT kind, actor_id, why FROM quarantine');
  none(aside.rows, 'in quarantine');
}

const headsOf = async (client: Client): Promise<readonly Head[]> =>
  (
    await client.query<Head>(
      `SELECT DISTINCT ON (actor_id) actor_id, version, after FROM actor_log
        WHERE kind = 'order' ORDER BY actor_id, version DESC`,
    )
  ).rows;

const listIsLog = (client: Client, when: string): Promise<unknown> =>
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

function linesOf(heads: readonly Head[], site: string): string[] {
  const shown = heads.flatMap(({ actor_id, version, after }) => {
    const lane = after.site === site ? laneOf(after) : null;
    return lane === null ? [] : [{ lane, line: `${lane} ${actor_id} ${version}` }];
  });
  return LANES.flatMap((lane) => shown.flatMap((one) => (one.lane === lane ? [one.line] : [])).sort());
}

const digestOf = (lines: readonly string[]): string =>
  createHash('sha256')
    .update(lines.map((line) => `${line}\n`).join(''))
    .digest('hex');

const equal = (what: string, wanted: readonly string[], ask: () => Promise<readonly string[]>): Promise<unknown> =>
  until(
    what,
    async () => {
      const found = await ask();
      if (JSON.stringify(found) === JSON.stringify(wanted)) return true;
      const missing = wanted.filter((line) => !found.includes(line));
      const extra = found.filter((line) => !wanted.includes(line));
      throw new Error(
        `missing ${missing.slice(0, 5).join(', ') || '-'}; too much ${extra.slice(0, 5).join(', ') || '-'}`,
      );
    },
    SOON_MS,
  );

function none(found: readonly unknown[], what: string): void {
  if (found.length === 0) return;
  const shown = found.slice(0, 5).map((one) => (typeof one === 'string' ? one : JSON.stringify(one)));
  throw new Error(`${what}: ${found.length}, such as\n${shown.join('\n')}`);
}
