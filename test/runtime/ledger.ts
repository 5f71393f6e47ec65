/**
 * What clients were told, held against the log. The laws:
 *
 * L1 Versions of an actor are 1, 2, 3 …; each row's base is the row before it; a command id stands once.
 * L2 Folding the events from the beginning gives every row's `after`.
 * L3 An accepted command that changed something stands in the log at the version it was answered with, with that state.
 * L4 A refused command does not stand in the log, unless the refusal rested on facts and it was sent again.
 * L5 Of the answers to one accepted command one is no replay, unless it is one that got lost; and all are equal.
 * L6 The claims are those that the folded orders hold; each submission made one price job.
 */
import { isDeepStrictEqual } from 'node:util';
import type { Pool } from 'pg';
import * as assert from 'uvu/assert';
import { operator } from '../../actors/operator/operator.ts';
import { referenceClaim, slotClaim } from '../../actors/order/claims.ts';
import { order } from '../../actors/order/order.ts';
import type { OrderState } from '../../actors/order/state.ts';
import { codeOf } from '../../src/errors.ts';
import type { Answer, Envelope } from '../../src/runtime/actor.ts';
import type { AnyDefinition } from '../../src/runtime/judge.ts';

export interface Row {
  readonly kind: string;
  readonly actor_id: string;
  readonly version: number;
  readonly base: string | null;
  readonly command_id: string;
  readonly at: Date;
  readonly events: readonly { readonly type: string }[];
  readonly after: unknown;
}

export interface Entry {
  readonly envelope: Envelope;
  readonly answers: Answer[];
  /** Codes of what was thrown. */
  readonly thrown: string[];
}

const DEFINITIONS = new Map<string, AnyDefinition>([
  ['order', order],
  ['operator', operator],
]);
/** As JSON has it: fields that are undefined are not there. */
const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value));
const nameOf = ({ kind, actor_id, version }: Row): string => `${kind} ${actor_id} version ${version}`;

export class Ledger {
  readonly entries = new Map<string, Entry>();

  async note(envelope: Envelope, sent: Promise<Answer>): Promise<Answer> {
    const key = `${envelope.actor} ${envelope.commandId}`;
    const entry = this.entries.get(key) ?? { envelope, answers: [], thrown: [] };
    this.entries.set(key, entry);
    try {
      const answer = await sent;
      entry.answers.push(answer);
      return answer;
    } catch (error) {
      entry.thrown.push(codeOf(error));
      throw error;
    }
  }

  /** Commands to which no answer came. */
  get unanswered(): Envelope[] {
    return [...this.entries.values()].filter(({ answers }) => answers.length === 0).map(({ envelope }) => envelope);
  }

  async check(sight: Pool): Promise<void> {
    const { rows } = await sight.query<Row>(
      `SELECT kind, actor_id, version, base, command_id, at, events, after FROM actor_log ORDER BY kind, actor_id, version`,
    );
    const held = checkChains(rows);
    this.#checkAnswers(new Map(rows.map((row) => [`${row.actor_id} ${row.command_id}`, row])));
    const claims = await sight.query<{ claim: string }>(`SELECT name || ' ' || actor_id AS claim FROM claims`);
    assert.equal(claims.rows.map(({ claim }) => claim).sort(), held.sort(), 'claims = what the folded orders hold');
    await checkJobs(sight, rows);
  }

  #checkAnswers(log: ReadonlyMap<string, Row>): void {
    for (const [key, { envelope, answers, thrown }] of this.entries) {
      const row = log.get(key);
      const accepted = answers.filter((answer) => answer.ok);
      const name = `${envelope.command.type} ${key}`;
      for (const answer of accepted) {
        if (row === undefined) {
          // accepted without effect: that very version was there
          assert.ok(answer.version > 0, name);
          continue;
        }
        assert.is(answer.version, row.version, name);
        assert.ok(isDeepStrictEqual(plain(answer.state), row.after), `${name}: the state answered is not the row's`);
      }
      if (accepted.length > 0) {
        const fresh = accepted.filter(({ replay }) => !replay).length;
        const right = fresh === 1 || (fresh === 0 && thrown.length > 0);
        assert.ok(row === undefined || right, `${name}: ${fresh} of ${accepted.length} answers are no replays`);
      }
      // what rests on facts may differ between repeats at the same time, and when its memory is gone
      const refused = answers.filter((answer) => !answer.ok && answer.code !== 'wip_limit');
      const codes = refused.map((answer) => `${answer.ok || answer.code}${answer.replay ? ' again' : ''}`);
      assert.ok(row === undefined || refused.length === 0, `${name} stands in the log and was refused: ${codes}`);
    }
  }
}

/** Returns the claims that the actors must hold: `name actor`. */
export function checkChains(rows: readonly Row[]): string[] {
  const held = new Map<string, readonly string[]>();
  let before: Row | undefined;
  let state: unknown;
  for (const row of rows) {
    const first = before?.actor_id !== row.actor_id || before.kind !== row.kind;
    assert.is(row.version, first ? 1 : (before?.version ?? 0) + 1, `a hole before ${nameOf(row)}`);
    assert.is(row.base, first ? null : before?.command_id, `base of ${nameOf(row)}`);
    const definition = DEFINITIONS.get(row.kind);
    if (definition === undefined) throw new Error(`unknown kind ${row.kind}`);
    const meta = { actor: row.actor_id, version: row.version, at: row.at.toISOString() };
    state = row.events.reduce<unknown>((s, event) => definition.evolve(s, event, meta), first ? undefined : state);
    assert.ok(isDeepStrictEqual(plain(state), row.after), `after of ${nameOf(row)} is not what its events make`);
    if (row.kind === 'order') held.set(row.actor_id, claimsOf(row.actor_id, state as OrderState));
    before = row;
  }
  return [...held.values()].flat();
}

function claimsOf(actor: string, { capture, reference, tenant, owner }: OrderState): readonly string[] {
  return [
    ...(capture ? [`${slotClaim(capture.operator, capture.slot)} ${actor}`] : []),
    ...(reference === undefined ? [] : [`${referenceClaim(tenant, owner, reference)} ${actor}`]),
  ];
}

async function checkJobs(sight: Pool, rows: readonly Row[]): Promise<void> {
  const submitted = rows.filter(({ events }) => events.some(({ type }) => type === 'submitted'));
  const jobs = await sight.query<{ actor_id: string }>(`SELECT actor_id FROM jobs WHERE kind = 'price'`);
  assert.equal(
    jobs.rows.map(({ actor_id }) => actor_id).sort(),
    submitted.map(({ actor_id }) => actor_id).sort(),
    'one price job per submission',
  );
}
