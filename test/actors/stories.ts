/** Random stories of an order: who sends what when, some of it fitting, much of it not. */
import fc from 'fast-check';
import type { OrderCommand } from '../../actors/order/commands.ts';
import { ORDER_COMMANDS } from '../../actors/order/commands.ts';
import { isOneOf } from '../../actors/roles.ts';
import { type Issuer, isRefusal } from '../../src/runtime/actor.ts';
import { Floor, OTHER_MODEL, type Sent } from './floor.ts';
import { ORDER_SAMPLES } from './samples.ts';
import {
  BO,
  BOSS,
  BOTH,
  CARLA,
  CRM,
  MODEL,
  OLGA,
  OTHER_BUYER,
  OTTO,
  PIA,
  QUINN,
  SETTINGS,
  SONJA,
  SYSTEM,
} from './world.ts';

type Type = OrderCommand['type'];

/** Plain data, so that a failing story can be read and made smaller. What it means, the floor at that moment says. */
export interface Step {
  /** `fitting`: the first command from `type` on that the order takes now; `forward`: the first that moves it on. */
  readonly how: 'wild' | 'fitting' | 'forward';
  readonly type: Type;
  /** Any small number: chooses persons, fields, jobs. */
  readonly pick: number;
  /** Off the epoch, revision or version that would fit. */
  readonly off: number;
  readonly waitMs: number;
}

const { site: _, ...EVERYWHERE } = BOSS;
export const OPERATORS = [OLGA, OTTO, SONJA, BOTH];
const PEOPLE: readonly Issuer[] = [
  BO,
  OTHER_BUYER,
  ...OPERATORS,
  BOSS,
  EVERYWHERE,
  CRM,
  PIA,
  { ...PIA, site: 'south' },
  QUINN,
  { ...QUINN, site: 'south' },
  CARLA,
  SYSTEM,
];
const TYPES = Object.keys(ORDER_COMMANDS) as Type[];
const SENDERS: ReadonlyMap<Type, readonly Issuer[]> = new Map(
  TYPES.map((type) => [type, PEOPLE.filter(({ role }) => isOneOf(role, ORDER_COMMANDS[type].roles))]),
);
const sendersOf = (type: Type): readonly Issuer[] => SENDERS.get(type) ?? [];
const FORWARD: readonly Type[] = [
  'submit',
  'pricing-started',
  'priced',
  'set-price',
  'requote',
  'approve',
  'capture',
  'start',
  'complete',
  'pack',
  'ship',
  'delivered',
];
/** Fitting steps seldom end a story. */
const ENDS: readonly Type[] = ['request-cancel', 'reject', 'expire', 'close', 'attach-model', 'change-settings'];

const step: fc.Arbitrary<Step> = fc.record({
  how: fc.constantFrom('wild', 'fitting', 'forward'),
  type: fc.constantFrom(...TYPES),
  pick: fc.nat(10_000),
  off: fc.constantFrom(0, 0, 0, 0, 1, -1),
  waitMs: fc.oneof({ weight: 12, arbitrary: fc.nat(100_000) }, { weight: 1, arbitrary: fc.constant(800_000_000) }),
});

export const anyStory: fc.Arbitrary<Step[]> = fc.array(step, { minLength: 30, maxLength: 45 });

/** Plays a story on a fresh floor; `seen` is told of every command. */
export function play(story: readonly Step[], seen: (floor: Floor, sent: Sent) => void = () => undefined): Floor {
  const floor = new Floor();
  for (const { id, site = 'north' } of OPERATORS) floor.atWork.set(id, site);
  seen(floor, floor.send(ORDER_SAMPLES.create, BO));
  for (const one of story) {
    floor.now += one.waitMs;
    const [command, as] = chosen(floor, one);
    seen(floor, floor.send(command, as));
  }
  return floor;
}

const at = <T>(list: readonly T[], n: number): T => list[n % list.length] as T;

/** What a step means on this floor. May move its clock on, to the time of a timer. */
export function chosen(floor: Floor, one: Step): [OrderCommand, Issuer] {
  if (one.how === 'wild') return wild(floor, one);
  const start = TYPES.indexOf(one.type);
  const types = one.how === 'forward' ? FORWARD : [...TYPES.slice(start), ...TYPES.slice(0, start)];
  return fitting(floor, one, types) ?? wild(floor, one);
}

function wild(floor: Floor, { type, pick, off }: Step): [OrderCommand, Issuer] {
  return [meant(floor, type, pick, off), at(pick % 5 === 0 ? PEOPLE : sendersOf(type), pick)];
}

function fitting(floor: Floor, { pick }: Step, types: readonly Type[]): [OrderCommand, Issuer] | undefined {
  for (const type of types) {
    if (ENDS.includes(type) && pick % 10 !== 0) continue;
    const command = meant(floor, type, pick, 0);
    for (const as of sendersOf(type)) {
      const decision = floor.judge(command, as);
      if (!isRefusal(decision) && decision.events.length > 0) return [command, as];
    }
  }
  return undefined;
}

/** A command with fields that fit this moment, `off` by a little. */
function meant(floor: Floor, type: Type, pick: number, off: number): OrderCommand {
  const { state } = floor;
  const near = (n = 0): number => Math.max(0, n + off);
  const sample = ORDER_SAMPLES[type];
  const somebody = at(OPERATORS, pick).id;
  switch (sample.type) {
    case 'attach-model':
      return { ...sample, model: at([MODEL.id, OTHER_MODEL.id], pick) };
    case 'change-settings':
      return { ...sample, settings: { ...SETTINGS, quantity: 1 + (pick % 3) } };
    case 'approve':
      return { ...sample, priceVersion: near(state?.priceVersion) };
    case 'capture':
    case 'start':
    case 'complete':
    case 'accept-hand-over':
    case 'decline-hand-over':
    case 'release-absent':
      return { ...sample, epoch: near(state?.epoch) };
    case 'release': {
      const { reason: _, ...bare } = sample;
      return { ...(pick % 2 === 0 ? sample : bare), epoch: near(state?.epoch) };
    }
    case 'hand-over':
      return { ...sample, epoch: near(state?.epoch), to: somebody };
    case 'let-go': {
      // Its operator goes home, or has just come back.
      if (pick % 3 === 0) floor.atWork.delete(somebody);
      else floor.atWork.set(somebody, OPERATORS.find(({ id }) => id === somebody)?.site ?? 'north');
      return { ...sample, operator: somebody };
    }
    case 'pricing-started':
    case 'priced':
    case 'pricing-failed': {
      const job = floor.priceJobs.length > 0 ? at(floor.priceJobs, pick) : undefined;
      return { ...sample, revision: near(job?.payload.revision), ...(job && off === 0 ? { job: job.id } : {}) };
    }
    case 'set-price':
      return { ...sample, amount: 9_900 + (pick % 2) };
    case 'ship':
      return { ...sample, tracking: `JD000${pick % 2}` };
    case 'set-priority':
      return { ...sample, priority: pick % 4 };
    case 'move':
      return { ...sample, site: at(['north', 'south', 'west'], pick) };
    case 'expire': {
      const timer = floor.timers.find(({ payload }) => payload.name === 'expire');
      if (timer === undefined) return sample;
      return { ...sample, version: near(timer.payload.version), ...(off === 0 ? { job: timer.id } : {}) };
    }
    case 'deadline-passed':
      return passed(floor, pick, off);
    default:
      return sample;
  }
}

/** One of the timers that run; the time it waits for has come. */
function passed(floor: Floor, pick: number, off: number): OrderCommand {
  const timers = floor.timers.filter(({ payload }) => payload.name !== 'expire');
  const sample = ORDER_SAMPLES['deadline-passed'];
  if (timers.length === 0) return sample;
  const timer = at(timers, pick);
  const { name, version } = timer.payload;
  if (name === 'expire') return sample;
  floor.now = Math.max(floor.now, Date.parse(timer.due));
  return { ...sample, name, version: Math.max(0, version + off), ...(off === 0 ? { job: timer.id } : {}) };
}
