/**
 * A person's action, exactly once: one key, repeated until there is an answer. The first repeat after silence goes by
 * REST, which the balancer may send to another node: one key counts once over all transports.
 */
import type { CommandAck } from '../../gateways/contract/live.ts';
import type { Order } from '../../gateways/contract/order.ts';
import { newKey } from './key.ts';
import type { Line } from './line.ts';
import { backoff, pause } from './pause.ts';
import { ProblemError, passes } from './problem.ts';
import type { Rest } from './rest.ts';

export interface Action {
  readonly target: { readonly order: string } | { readonly operator: string };
  readonly type: string;
  readonly fields?: Readonly<Record<string, unknown>>;
  readonly expectedVersion?: number;
}

export class Commands {
  readonly #line: Pick<Line, 'ask' | 'opened'>;
  readonly #rest: Pick<Rest, 'write'>;
  #unanswered = 0;
  /** How many actions wait for an answer. */
  onUnanswered: (count: number) => void = () => undefined;

  constructor(line: Pick<Line, 'ask' | 'opened'>, rest: Pick<Rest, 'write'>) {
    this.#line = line;
    this.#rest = rest;
  }

  /** `onAgain` is called at every repeat. Resolves with the server's answer, whenever it comes. */
  async send(action: Action, onAgain: () => void = () => undefined): Promise<CommandAck> {
    const key = newKey();
    this.#count(1);
    try {
      for (let attempt = 0; ; attempt++) {
        await this.#line.opened();
        const answer = attempt % 2 === 0 ? await this.#bySocket(action, key) : await this.#byRest(action, key);
        if (answer !== undefined) return answer;
        onAgain();
        await pause(backoff(attempt));
      }
    } finally {
      this.#count(-1);
    }
  }

  async #bySocket({ target, type, fields, expectedVersion }: Action, key: string): Promise<CommandAck | undefined> {
    try {
      const message = {
        ...fields,
        ...target,
        type,
        key,
        ...(expectedVersion === undefined ? {} : { expectedVersion }),
      };
      const answer = await this.#line.ask<CommandAck>('command', message);
      return answer.ok || !passes(answer.code) ? answer : undefined;
    } catch {
      return undefined;
    }
  }

  async #byRest({ target, type, fields, expectedVersion }: Action, key: string): Promise<CommandAck | undefined> {
    const path = 'order' in target ? `/api/orders/${target.order}` : `/api/operators/${target.operator}`;
    const options = { key, patienceMs: 0, ...(expectedVersion === undefined ? {} : { expectedVersion }) };
    try {
      const { body, version, replay } = await this.#rest.write<Order | CommandAck>(
        `${path}/${type}`,
        fields ?? {},
        options,
      );
      if ('ok' in body) return body;
      return { ok: true, version: version ?? body.version, order: body, replay };
    } catch (error) {
      if (!(error instanceof ProblemError) || error.status === 429 || error.status === 0 || error.status >= 500)
        return undefined;
      return { ...error.details, ok: false, code: error.code };
    }
  }

  #count(by: number): void {
    this.#unanswered += by;
    this.onUnanswered(this.#unanswered);
  }
}
