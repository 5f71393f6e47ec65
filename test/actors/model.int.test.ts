/**
 * The real runtime against the model: several commands at once, by random people over different nodes. The model takes
 * what the log took, in the log's order, and must come to the same order; every other answer must be the model's at one
 * of the moments in between.
 */
import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import * as assert from 'uvu/assert';
import type { OrderCommand } from '../../actors/order/commands.ts';
import type { OrderState } from '../../actors/order/state.ts';
import { type Answer, type Issuer, isRefusal } from '../../src/runtime/actor.ts';
import { spec } from '../_kit/spec.ts';
import { Floor } from './floor.ts';
import { type RealFloor, shiftLeader, withRealFloor } from './real-floor.ts';
import { ORDER_SAMPLES } from './samples.ts';
import { anyStory, chosen, OPERATORS, type Step } from './stories.ts';
import { BO, BOSS } from './world.ts';

/** `MODEL_RUNS=300` for a long run. */
const RUNS = Number(process.env['MODEL_RUNS'] ?? 8);
const test = spec('the runtime is what the model says', withRealFloor(3), { deadlineMs: 60_000 + RUNS * 5_000 });

interface Told {
  readonly id: string;
  readonly command: OrderCommand;
  readonly as: Issuer;
}

test('whatever people send, at once and over several nodes', async (real) => {
  await fc.assert(
    fc.asyncProperty(anyStory, (story) => compare(real, story)),
    { numRuns: RUNS, endOnFailure: true },
  );
});

async function compare(real: RealFloor, story: readonly Step[]): Promise<void> {
  const actor = randomUUID();
  const floor = new Floor();
  const shifts = new Map(OPERATORS.map(({ id, site = 'north' }) => [id, site]));
  for (const [id, site] of shifts) floor.atWork.set(id, site);
  await together(real, floor, actor, [{ id: randomUUID(), command: ORDER_SAMPLES.create, as: BO }]);
  for (let n = 0; n < story.length; ) {
    const many = 1 + ((story[n]?.pick ?? 0) % 3);
    const burst = story.slice(n, n + many).map((step): Told => {
      const [command, as] = chosen(floor, step);
      return { id: randomUUID(), command, as };
    });
    n += many;
    await workAsPlanned(real, floor, shifts);
    await together(real, floor, actor, burst);
  }
  await leave(real, floor, actor);
}

/** Who is at work changes between the bursts. */
async function workAsPlanned(real: RealFloor, floor: Floor, shifts: Map<string, string>): Promise<void> {
  for (const { id, site = 'north' } of OPERATORS) {
    if (shifts.has(id) === floor.atWork.has(id)) continue;
    const type = floor.atWork.has(id) ? 'start-shift' : 'end-shift';
    await real.send('operator', id, { type }, shiftLeader(site));
    if (floor.atWork.has(id)) shifts.set(id, site);
    else shifts.delete(id);
  }
}

async function together(real: RealFloor, floor: Floor, actor: string, burst: readonly Told[]): Promise<void> {
  floor.now = Date.now();
  const version = floor.rows.length;
  const answers = await Promise.all(burst.map(({ id, command, as }) => real.send('order', actor, command, as, id)));
  const moments = [floor.copy()];
  for (const row of await real.rows(actor, version)) {
    const told = burst.find(({ id }) => id === row.commandId);
    if (told === undefined) throw new Error('a row that nobody sent');
    const { decision } = floor.send(told.command, told.as);
    const events = isRefusal(decision) ? decision : decision.events.map(({ type }) => type);
    const rowEvents = row.events.map(({ type }) => type);
    assert.equal(events, rowEvents, told.command.type);
    assert.equal(gist(row.after), gist(floor.state));
    moments.push(floor.copy());
  }
  for (const [n, told] of burst.entries()) possible(told, answers[n] as Answer, moments);
  assert.equal(await real.claims(actor), [...floor.claims]);
}

/** Accepted with a row: that very version. Else what the model says at one of the moments. */
function possible({ command, as }: Told, answer: Answer, moments: readonly Floor[]): void {
  if (answer.ok) {
    const then = moments.find(({ rows }) => rows.length === answer.version);
    assert.equal(gist(answer.state as OrderState), gist(then?.state), command.type);
    return;
  }
  const said = moments.map((floor) => {
    const decision = floor.judge(command, as);
    if (floor.state && !seen(floor.state, as)) return 'not_found';
    return isRefusal(decision) ? decision.refused : 'accepted';
  });
  assert.ok(said.includes(answer.code), `${command.type}: ${answer.code}, the model says ${said.join(', ')}`);
}

const seen = ({ tenant, owner }: OrderState, { role, id, tenant: own }: Issuer): boolean =>
  role !== 'buyer' || (tenant === own && owner === id);

/** Everything but times and the order's own id. */
function gist(state: OrderState | undefined): unknown {
  if (state === undefined) return undefined;
  const { status, version, site, revision, priority, settings, model, price, priceVersion, capture, epoch } = state;
  const { handOver, hold, cancellation, shipment, boarded } = state;
  return {
    ...{ status, version, site, revision, priority, settings, model: model.id, priceVersion, epoch, boarded },
    price: price && [price.version, price.amount, price.expired],
    capture: capture && [capture.operator, capture.slot],
    handOver: handOver && [handOver.to, handOver.version],
    hold: hold && [hold.by, hold.role],
    cancellation: cancellation && [cancellation.by, cancellation.version, cancellation.escalated],
    shipment: shipment?.tracking,
  };
}

/** So that the next story begins with free hands. */
async function leave(real: RealFloor, floor: Floor, actor: string): Promise<void> {
  const { site: _, ...supervisor } = BOSS;
  for (const { id, site = 'north' } of OPERATORS) {
    if (!floor.atWork.has(id)) await real.send('operator', id, { type: 'start-shift' }, shiftLeader(site));
  }
  if (!floor.state?.capture) return;
  const command = { type: 'release', epoch: floor.state.epoch, reason: 'machine-down' } as const;
  const answer = await real.send('order', actor, command, supervisor);
  assert.ok(answer.ok);
}
