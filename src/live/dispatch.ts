/**
 * Messages of clients. Every message carries an acknowledgement callback and gets exactly one answer, with `ok`.
 *
 * M1 Before anything else is looked at, a message costs its caller what its handler says. Who has not enough left is
 *    answered `too_many` and not read for a moment, so that a flood waits at the sender.
 * M2 Whatever is not even a message we know (no callback, no object, unknown event, wrong fields) is answered `invalid`
 *    where it can be answered, and counts: MOST_GARBAGE within a minute end the connection.
 * M3 Nothing is answered to a client that does not take its answers (backlog.ts).
 */
import { AndonError, codeOf, type Fault, invalidInput } from '../errors.ts';
import { tooMany } from '../http/fail.ts';
import type { RateLimit } from '../http/rate-limit.ts';
import { Backlog } from './backlog.ts';
import type { Line } from './line.ts';
import { HELD_MS } from './reading.ts';
import type { Handler } from './space.ts';
import { Written } from './written.ts';

export interface Dispatch {
  readonly handlers: Readonly<Record<string, Handler>>;
  readonly rate: RateLimit;
  /** HTTP status of a code; undefined = not meant to be seen. */
  statusOf(code: string): number | undefined;
  failed(error: unknown, event: string): void;
}

type Ack = (answer: object) => void;

const MOST_GARBAGE = 5;
const MINUTE_MS = 60_000;

/** The messages of one line. `caller`: whom the rate counts against. */
export class Dispatcher {
  readonly #dispatch: Dispatch;
  readonly #line: Line;
  readonly #caller: string;
  readonly #backlog: Backlog;
  /** When the last ones came. */
  #garbage: readonly number[] = [];

  constructor(dispatch: Dispatch, line: Line, caller: string) {
    this.#dispatch = dispatch;
    this.#line = line;
    this.#caller = caller;
    this.#backlog = new Backlog(line);
  }

  take(event: string, args: readonly unknown[]): void {
    const { handlers, rate, failed } = this.#dispatch;
    const last = args.at(-1);
    const ack = typeof last === 'function' ? (last as Ack) : undefined;
    const handler = Object.hasOwn(handlers, event) ? handlers[event] : undefined;
    const refuseInTurn = (error: unknown): void => {
      if (ack !== undefined) this.#backlog.add(async () => this.#refuse(error, event, ack));
    };
    if (!rate.take(this.#caller, handler?.cost ?? 1)) {
      this.#line.holdBack(HELD_MS);
      refuseInTurn(tooMany(rate.perSecond, 'too many messages a second'));
      if (ack === undefined || handler === undefined) this.#strike();
      return;
    }
    const faults = faultsOf(handler, args, (error) => failed(error, event));
    if (ack !== undefined && handler !== undefined && faults.length === 0) {
      this.#backlog.add(() => this.#serve(event, handler, args[0], ack));
      return;
    }
    refuseInTurn(invalidInput(faults));
    this.#strike();
  }

  async #serve(event: string, handler: Handler, message: unknown, ack: Ack): Promise<void> {
    try {
      const reply = await handler.handle(this.#line, message as never); // checked by the handler's schema
      ack(reply.ack instanceof Written ? reply.ack : { ok: true, ...reply.ack });
      reply.after?.();
    } catch (error) {
      this.#refuse(error, event, ack);
    }
  }

  #refuse(error: unknown, event: string, ack: Ack): void {
    const answer = nackOf(error, this.#dispatch.statusOf);
    if (answer.code === 'internal') this.#dispatch.failed(error, event);
    ack(answer);
  }

  #strike(): void {
    const now = performance.now();
    this.#garbage = [...this.#garbage.filter((at) => at > now - MINUTE_MS), now];
    if (this.#garbage.length >= MOST_GARBAGE) this.#line.close();
  }
}

/** Never throws: nobody would catch it, and the node would end. */
function faultsOf(
  handler: Handler | undefined,
  args: readonly unknown[],
  failed: (error: unknown) => void,
): readonly Fault[] {
  if (handler === undefined) return [{ path: '', rule: 'unknown event' }];
  if (args.length !== 2) return [{ path: '', rule: 'one message and a callback' }];
  try {
    return handler.check(args[0]);
  } catch (error) {
    failed(error);
    return [{ path: '', rule: 'can’t be read' }];
  }
}

/** Anything thrown as a *no* over a socket. What is not meant to be shown is `internal` and says nothing more. */
export function nackOf(
  error: unknown,
  statusOf: (code: string) => number | undefined,
): { readonly ok: false; readonly code: string } {
  const code = codeOf(error) === 'redis_away' ? 'unavailable' : codeOf(error);
  if (!(error instanceof AndonError) || statusOf(code) === undefined) return { ok: false, code: 'internal' };
  return { ...(error.expose ? error.details : {}), ok: false, code };
}
