/** E1, E2 and E4: answers, holders and jobs, held against the log. */
import type { Client } from 'pg';
import * as assert from 'uvu/assert';
import type { OrderState } from '../../../actors/order/state.ts';
import { commandIdOf } from '../../../src/identity/envelope.ts';
import { until } from '../../_kit/until.ts';
import { checkChains, type Row } from '../../runtime/ledger.ts';
import type { Answered } from './book.ts';

/** Five times what is promised, and the machine is busy. */
export const SOON_MS = 40_000;
/** These rest on what others do meanwhile: a repeat may be answered otherwise. */
const ON_FACTS = ['wip_limit', 'off_shift', 'wrong_skill'];
/** Said twice under two keys they are accepted, and make no version of their own. */
const BY_VALUE = ['pack', 'ship', 'delivered', 'hand-over'];

interface Logged {
  readonly actor_id: string;
  readonly command_id: string;
  readonly version: number;
  readonly status: string;
  readonly epoch: number;
}

/** Every accepted command stands in the log as it was answered, no refused one does. */
export async function nothingLost(client: Client, answered: readonly Answered[]): Promise<void> {
  const ids = answered.map(({ who, tenant, order, key }) => commandIdOf({ tenant, id: who } as never, order, key));
  const { rows } = await client.query<Logged>(
    `SELECT l.actor_id, l.command_id, l.version, l.after->>'status' AS status, (l.after->>'epoch')::int AS epoch
       FROM unnest($1::uuid[], $2::uuid[], $3::int[]) AS asked (actor, command, version)
       JOIN actor_log l ON l.kind = 'order' AND l.actor_id = asked.actor
                       AND (l.command_id = asked.command OR l.version = asked.version)`,
    [answered.map(({ order }) => order), ids, answered.map(({ version }) => version)],
  );
  const byCommand = new Map(rows.map((row) => [row.command_id, row]));
  const byVersion = new Map(rows.map((row) => [`${row.actor_id} ${row.version}`, row]));
  const wrong = answered.flatMap((one, i) => {
    const known =
      one.accepted && BY_VALUE.includes(one.type) ? byVersion.get(`${one.order} ${one.version}`) : undefined;
    return faultsOf(one, byCommand.get(ids[i] ?? '') ?? known);
  });
  none(wrong, 'answers that the log does not know');
}

function faultsOf(one: Answered, row: Logged | undefined): string[] {
  const name = `${one.type} of ${one.order} (key ${one.key}, ${one.tries} tries)`;
  if (!one.accepted) {
    if (row === undefined || ON_FACTS.includes(one.code ?? '')) return [];
    return [`${name} was refused (${one.code}), but stands in the log at version ${row.version}`];
  }
  if (row === undefined) return [`${name} was accepted at version ${one.version}, but is not in the log`];
  const answer = [one.version, one.status ?? row.status, one.epoch ?? row.epoch].join(' ');
  const logged = [row.version, row.status, row.epoch].join(' ');
  return answer === logged ? [] : [`${name}: answered ${answer}, in the log ${logged}`];
}

/** Of the orders that changed after `seq`, from their beginning. Returns the newest `seq`. */
export async function oneHolder(client: Client, seq: string, limit: number): Promise<string> {
  const { rows } = await client.query<Row>(
    `SELECT kind, actor_id, version, base, command_id, at, events, after FROM actor_log
      WHERE kind = 'order' AND actor_id IN (SELECT actor_id FROM actor_log WHERE seq > $1)
      ORDER BY actor_id, version`,
    [seq],
  );
  const held = checkChains(rows);
  none(secondHolders(rows), 'captured although somebody held it');
  const actors = [...new Set(rows.map(({ actor_id }) => actor_id))];
  const claims = await client.query<{ claim: string }>(
    `SELECT name || ' ' || actor_id AS claim FROM claims WHERE actor_id = ANY ($1)`,
    [actors],
  );
  assert.equal(claims.rows.map(({ claim }) => claim).sort(), held.sort(), 'claims are what is held');
  const beyond = await client.query(
    `SELECT name FROM claims WHERE name LIKE 'slot:%' AND split_part(name, ':', 3)::int > $1`,
    [limit],
  );
  none(beyond.rows, 'slots beyond the limit');
  return (await client.query<{ seq: string }>('SELECT max(seq) AS seq FROM actor_log')).rows[0]?.seq ?? seq;
}

const secondHolders = (rows: readonly Row[]): string[] =>
  rows.flatMap((row, i) => {
    const before = rows[i - 1];
    const held = before?.actor_id === row.actor_id && (before.after as OrderState).capture !== null;
    const captured = row.events.some(({ type }) => type === 'captured');
    return captured && held ? [`${row.actor_id} at version ${row.version}`] : [];
  });

/** Requests to cancel wait for seconds here: their deadlines would change what is being compared. Others come later. */
export async function jobsAreDone(client: Client, when: string): Promise<void> {
  let open: unknown[] = [];
  await until(
    `no job is open ${when}`,
    async () => {
      const { rows } = await client.query(
        `SELECT id, kind, state, attempt, due, leased_until, worker, outcome FROM jobs
          WHERE state = 'running' OR state = 'due' AND (kind <> 'timer' OR due <= now() OR payload->>'name' = 'cancellation') LIMIT 5`,
      );
      open = rows;
      return rows.length === 0;
    },
    SOON_MS,
  ).catch((error: Error) => {
    throw new Error(`${error.message}: ${JSON.stringify(open)}`);
  });
  none((await client.query(`SELECT id, kind, outcome, attempt FROM jobs WHERE state = 'dead'`)).rows, 'dead jobs');
  none((await client.query('SELECT kind, actor_id, why FROM quarantine')).rows, 'in quarantine');
}

/** Throws when there are some, and shows the first. */
export function none(found: readonly unknown[], what: string): void {
  if (found.length === 0) return;
  const shown = found.slice(0, 5).map((one) => (typeof one === 'string' ? one : JSON.stringify(one)));
  throw new Error(`${what}: ${found.length}, such as\n${shown.join('\n')}`);
}
