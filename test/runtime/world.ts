/** A small actor and several processes of it on one log and one Redis, both in memory: for tests of the turn alone. */
import { randomUUID } from 'node:crypto';
import {
  type ActorDefinition,
  type Answer,
  type Decision,
  type Envelope,
  type Issuer,
  refuse,
  refuseOnFacts,
} from '../../src/runtime/actor.ts';
import { commandHash } from '../../src/runtime/command-hash.ts';
import { Runtime } from '../../src/runtime/runtime.ts';
import { MemoryHot, MemoryLog } from '../_kit/memory-log.ts';
import type { Fixture } from '../_kit/spec.ts';

/** A thing that one holder at a time may take; each holder has two numbered places. */
interface Thing {
  readonly holder: string | null;
  readonly place: number;
  readonly uses: number;
  readonly lit: boolean;
}
/** `guess` needs to know the weather; `stumble` is a bug in `decide`, `spill` one in the projection. */
type ThingCommand = {
  readonly type: 'make' | 'take' | 'use' | 'give' | 'greet' | 'light' | 'darken' | 'guess' | 'stumble' | 'spill';
};
type ThingEvent =
  | { readonly type: 'made' | 'used' | 'given' | 'lit' | 'darkened' | 'spilt' }
  | { readonly type: 'taken'; readonly by: string; readonly place: number };

const NEW: Thing = { holder: null, place: 0, uses: 0, lit: false };

const thing: ActorDefinition<Thing, ThingCommand, ThingEvent, { places: readonly number[]; weather: string }> = {
  kind: 'thing',
  stateVersion: 1,
  creates: ['make'],
  decide(state, command, { issuer, facts, taken }): Decision<ThingEvent> {
    if (command.type === 'make') return state ? refuse('wrong_status') : { events: [{ type: 'made' }] };
    if (state === undefined) return refuse('not_found');
    switch (command.type) {
      case 'take': {
        if (state.holder !== null) return refuse('already_captured', { holder: state.holder });
        const place = [1, 2].find((n) => !facts.places?.includes(n) && !taken.has(`place:${issuer.id}:${n}`));
        if (place === undefined) return refuseOnFacts('wip_limit');
        return { events: [{ type: 'taken', by: issuer.id, place }], takes: [`place:${issuer.id}:${place}`] };
      }
      case 'use':
        return state.holder === issuer.id ? { events: [{ type: 'used' }] } : refuse('not_holder');
      case 'give':
        if (state.holder !== issuer.id) return refuse('not_holder');
        return { events: [{ type: 'given' }], frees: [`place:${issuer.id}:${state.place}`] };
      case 'greet':
        return { events: [] };
      case 'light':
        return { events: state.lit ? [] : [{ type: 'lit' }] };
      case 'darken':
        return { events: state.lit ? [{ type: 'darkened' }] : [] };
      case 'guess':
        return facts.weather === 'fine' ? { events: [] } : refuse('wrong_status');
      case 'stumble':
        throw new TypeError('a bug in a decision');
      case 'spill':
        return { events: [{ type: 'spilt' }] };
    }
  },
  evolve(state = NEW, event) {
    switch (event.type) {
      case 'made':
      case 'spilt':
        return state;
      case 'taken':
        return { ...state, holder: event.by, place: event.place };
      case 'used':
        return { ...state, uses: state.uses + 1 };
      case 'given':
        return { ...state, holder: null };
      case 'lit':
        return { ...state, lit: true };
      case 'darkened':
        return { ...state, lit: false };
    }
  },
  sees: (_, issuer) => issuer.role !== 'stranger',
  factsFor: (command, issuer) => {
    if (command.type === 'take') return [{ fact: 'places', id: issuer.id }];
    return command.type === 'guess' ? [{ fact: 'weather', id: issuer.id }] : [];
  },
  was: () => null,
  upcast: (state) => state as Thing,
  upcastEvent: (event) => event as ThingEvent,
  project: ({ after, events }) => {
    if (events.some(({ type }) => type === 'spilt')) throw new TypeError('a bug in a projection');
    return {
      places: [],
      message: null,
      notices: [],
      held: after.holder === null ? [] : [{ kind: 'person', holder: after.holder, slot: after.place, held: true }],
    };
  },
};

const person = { ...thing, kind: 'person' };

export class World {
  readonly log = new MemoryLog();
  readonly hot = new MemoryHot();
  readonly answered: string[] = [];
  readonly reported: string[] = [];
  /** What the provider of the weather says. */
  weather: () => Promise<string> = async () => 'fine';
  now = Date.now;
  readonly runtime = this.node();
  readonly actor = randomUUID();

  /** Another process on the same log and Redis. */
  node(): Runtime {
    return new Runtime({
      definitions: [thing, person],
      facts: {
        places: { kind: 'person', claimPrefix: (id) => `place:${id}:`, shape: (_, slots) => slots },
        weather: () => this.weather(),
      },
      log: this.log,
      hot: this.hot,
      leaseWaitMs: 20,
      commandMs: 2_000,
      mailboxLimit: 100,
      now: () => this.now(),
      answered: (_, command, code) => this.answered.push(`${command} ${code}`),
      report: (what) => this.reported.push(what),
    });
  }

  envelope(type: ThingCommand['type'], who: string, extra: Partial<Envelope> = {}): Envelope {
    const issuer: Issuer = { role: 'worker', roles: ['worker'], id: who, tenant: 'house' };
    const command: ThingCommand = { type };
    const bare = {
      kind: 'thing',
      actor: this.actor,
      commandId: randomUUID(),
      issuer,
      command,
      repeatable: true,
      ...extra,
    };
    return { ...bare, hash: extra.hash ?? commandHash('s'.repeat(32), bare) };
  }

  send(type: ThingCommand['type'], who: string, extra: Partial<Envelope> = {}): Promise<Answer> {
    return this.runtime.send(this.envelope(type, who, extra));
  }

  versions(): number[] {
    return this.log.of({ kind: 'thing', actor: this.actor }).map((row) => row.version);
  }
}

/** One thing, and ann and bob who may take it. */
export const withWorld: Fixture<World> = async (lend) => {
  const world = new World();
  for (const who of ['ann', 'bob']) {
    const bare = { kind: 'person', actor: who, commandId: randomUUID(), command: { type: 'make' }, repeatable: true };
    const issuer: Issuer = { role: 'worker', roles: ['worker'], id: who, tenant: 'house' };
    await world.runtime.send({ ...bare, issuer, hash: 'h' });
  }
  await world.send('make', 'ann');
  world.log.confirms = 0;
  await lend(world);
};

/** `ok` or the code of the refusal. */
export const codes = (answers: readonly Answer[]): string[] => answers.map((a) => (a.ok ? 'ok' : a.code));

/** `ok`, the code of the refusal, or the code of what was thrown. */
export const outcome = (sent: Promise<Answer>): Promise<string> =>
  sent.then(
    (answer) => (answer.ok ? 'ok' : answer.code),
    (error: unknown) => String(error instanceof Error && 'code' in error ? error.code : error),
  );
