/**
 * A person's action, exactly once: one key, repeated until there is an answer. The first repeat after silence goes by
 * REST, which the balancer may send to another node: one key counts once over all transports.
 *
 * - Actions of one order (or operator) go one after the other, in the order in which they were asked for.
 * - At most so many wait for an answer; the next one ends at once as `offline`.
 * - An action gets so old at most. Then it ends as `offline` when it surely was never sent; with the last *no* when it surely
 *   was not done; else as `unknown`: it may have been done, or may yet be. The order itself tells, once it can be read.
 */
import type { CommandAck, Nack } from '../../gateways/contract/live.ts';
import type { Order } from '../../gateways/contract/order.ts';
import { newKey } from './key.ts';
import type { Line } from './line.ts';
import { backoff, pause } from './pause.ts';
import { codeOf, ProblemError, passes } from './problem.ts';
import type { Rest } from './rest.ts';
import { Turns } from './turns.ts';

export interface Action {
  readonly target: { readonly order: string } | { readonly operator: string };
  readonly type: string;
  readonly fields?: Readonly<Record<string, unknown>>;
  readonly expectedVersion?: number;
}

export interface CommandsOptions {
  /** Absent: all goes by REST, as a buyer's does. */
  readonly line?: Pick<Line, 'ask' | 'opened'>;
  readonly rest: Pick<Rest, 'write'>;
  /** Is there a session again, or may there be soon? */
  readonly regain?: () => Promise<boolean>;
  /** Most that wait for an answer. */
  readonly most?: number;
  /** How old an action may get, milliseconds. */
  readonly ageMs?: number;
}

const MOST = 100;
const AGE_MS = 300_000;
/** After these nothing was done. */
const NOT_DONE: readonly string[] = ['too_many', 'overloaded', 'unauthenticated'];

export class Commands {
  readonly #options: CommandsOptions;
  readonly #most: number;
  readonly #ageMs: number;
  readonly #turns = new Turns();
  readonly #closed = new AbortController();
  #unanswered = 0;
  /** How many actions wait for an answer. */
  onUnanswered: (count: number) => void = () => undefined;

  constructor(options: CommandsOptions) {
    this.#options = options;
    this.#most = options.most ?? MOST;
    this.#ageMs = options.ageMs ?? AGE_MS;
  }

  /** `onAgain` is called at every repeat. Resolves with the server's answer, or with `offline` or `unknown`. */
  async send(action: Action, onAgain: () => void = () => undefined): Promise<CommandAck> {
    if (this.#unanswered >= this.#most) return { ok: false, code: 'offline' };
    const target = 'order' in action.target ? action.target.order : action.target.operator;
    const over = AbortSignal.any([AbortSignal.timeout(this.#ageMs), this.#closed.signal]);
    this.#count(1);
    try {
      return await this.#turns.take(target, () => this.#untilAnswered(action, over, onAgain));
    } finally {
      this.#count(-1);
    }
  }

  /** Nothing is repeated any more: what waits ends as if it were too old. */
  close(): void {
    this.#closed.abort();
  }

  async #untilAnswered(action: Action, over: AbortSignal, onAgain: () => void): Promise<CommandAck> {
    const key = newKey();
    const { line, regain = () => Promise.resolve(false) } = this.#options;
    let last: Nack = { ok: false, code: 'offline' };
    let unknown = false;
    for (let attempt = 0; !over.aborted; attempt++) {
      if (!(await isOpen(line, over))) break;
      const bySocket = line !== undefined && attempt % 2 === 0;
      const answer = bySocket ? await askLine(line, action, key) : await this.#askRest(action, key);
      if (answer.ok) return answer;
      const signedOut = answer.code === 'unauthenticated';
      if (!signedOut && !passes(answer.code)) return answer;
      if (answer.code !== 'offline') last = answer;
      unknown ||= answer.code !== 'offline' && !NOT_DONE.includes(answer.code);
      if (signedOut && !(await Promise.race([regain(), aborted(over)]))) return answer;
      onAgain();
      await pause(backoff(attempt), over).catch(() => undefined);
    }
    return unknown ? { ok: false, code: 'unknown' } : last;
  }

  async #askRest({ target, type, fields, expectedVersion }: Action, key: string): Promise<CommandAck> {
    const path = 'order' in target ? `/api/orders/${target.order}` : `/api/operators/${target.operator}`;
    const options = { key, patienceMs: 0, ...(expectedVersion === undefined ? {} : { expectedVersion }) };
    try {
      const answer = await this.#options.rest.write<Order | CommandAck>(`${path}/${type}`, fields ?? {}, options);
      const { body, version, replay } = answer;
      if ('ok' in body) return body;
      return { ok: true, version: version ?? body.version, order: body, replay };
    } catch (error) {
      return nackOf(error);
    }
  }

  #count(by: number): void {
    this.#unanswered += by;
    this.onUnanswered(this.#unanswered);
  }
}

const aborted = (signal: AbortSignal): Promise<false> =>
  new Promise((resolve) => {
    if (signal.aborted) resolve(false);
    signal.addEventListener('abort', () => resolve(false), { once: true });
  });

const isOpen = (line: CommandsOptions['line'], over: AbortSignal): Promise<boolean> =>
  line === undefined
    ? Promise.resolve(true)
    : line.opened(over).then(
        () => true,
        () => false,
      );

async function askLine(
  line: NonNullable<CommandsOptions['line']>,
  { target, type, fields, expectedVersion }: Action,
  key: string,
): Promise<CommandAck> {
  const version = expectedVersion === undefined ? {} : { expectedVersion };
  const message = { ...fields, ...target, type, key, ...version };
  return line.ask('command', message).catch((error: unknown) => ({ ok: false, code: codeOf(error) }));
}

/** Silence over REST: it may have come through. */
function nackOf(error: unknown): Nack {
  if (!(error instanceof ProblemError)) return { ok: false, code: 'unknown' };
  if (error.status === 0) return { ok: false, code: 'unknown' };
  return { ...error.details, ok: false, code: error.code };
}
