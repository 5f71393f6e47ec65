/** One order without a runtime: decides and folds in memory, answers a repeated command from its first answer. */
import { randomUUID } from 'node:crypto';
import type { OrderCommand } from '../../actors/order/commands.ts';
import type { OrderEvent } from '../../actors/order/events.ts';
import { order as actor } from '../../actors/order/order.ts';
import type { OrderState, Settings } from '../../actors/order/state.ts';
import { type Answer, type Envelope, isRefusal } from '../../src/runtime/actor.ts';
import type { Job } from '../../src/work/jobs.ts';

export class OneOrder {
  readonly id = randomUUID();
  readonly job: Job;
  state: OrderState;
  version = 2;
  /** Everything that was sent, refused or not. */
  readonly sent: Envelope<OrderCommand>[] = [];
  /** Jobs that appends have finished. */
  readonly done: string[] = [];
  /** Thrown by every command while set. */
  away: Error | undefined;
  readonly #answers = new Map<string, { hash: string; answer: Answer<OrderState> }>();

  constructor(settings: Partial<Settings> = {}, site = 'north') {
    const wanted = { material: 'silver-925', finish: 'polished', quantity: 1, urgency: 'standard', ...settings };
    const model = { id: randomUUID(), name: 'ring.stl', bytes: 684 };
    const who = { site, tenant: 'house', owner: 'ann', number: '1000001' };
    const meta = { actor: this.id, version: 1, at: '2026-11-20T10:00:00.000Z' };
    const created = actor.evolve(undefined, { type: 'created', ...who, model, settings: wanted }, meta);
    this.state = actor.evolve(created, { type: 'submitted' }, { ...meta, version: 2 });
    const payload = { order: this.id, revision: 1 };
    this.job = {
      id: randomUUID(),
      kind: 'price',
      actor: this.id,
      payload,
      attempt: 1,
      drive: 0,
      share: null,
      trace: null,
    };
  }

  apply(event: OrderEvent): void {
    const at = '2026-11-20T10:00:01.000Z';
    this.state = actor.evolve(this.state, event, { actor: this.id, version: ++this.version, at });
  }

  async send(envelope: Envelope<OrderCommand>): Promise<Answer<OrderState>> {
    if (this.away) throw this.away;
    this.sent.push(envelope);
    const { issuer, commandId, hash, command } = envelope;
    const before = this.#answers.get(commandId);
    if (before !== undefined) {
      if (before.hash === hash) return { ...before.answer, replay: true };
      return { ok: false, code: 'idempotency_key_reused', details: {}, replay: false };
    }
    const context = {
      now: 0,
      at: '2026-11-20T10:00:01.000Z',
      issuer,
      actor: this.id,
      commandId,
      facts: {},
      taken: new Map(),
    };
    const decision = actor.decide(this.state, command, { ...context, id: (name) => name });
    if (isRefusal(decision)) return { ok: false, code: decision.refused, details: {}, replay: false };
    for (const event of decision.events) this.apply(event);
    this.done.push(...(decision.done ?? []));
    const answer = { ok: true, version: this.version, state: this.state, replay: false } as const;
    this.#answers.set(commandId, { hash, answer });
    return answer;
  }
}
