/**
 * Messages of clients. Every message carries an acknowledgement callback and gets exactly one answer, with `ok`. Whatever
 * is not even a message we know (no callback, no object, unknown event, wrong fields) is answered `invalid` where it can
 * be answered, and counts: MOST_GARBAGE within a minute end the connection.
 */
import { AndonError, codeOf, type Fault, invalidInput } from '../errors.ts';
import { tooMany } from '../http/fail.ts';
import type { RateLimit } from '../http/rate-limit.ts';
import type { Line } from './line.ts';
import type { Handler } from './space.ts';

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

/** `caller`: whom the rate counts against; undefined = nobody. */
export function dispatcher(
  { handlers, rate, statusOf, failed }: Dispatch,
  line: Line,
  caller: string | undefined,
): (event: string, args: readonly unknown[]) => void {
  let garbage: number[] = [];
  const strike = (): void => {
    const now = performance.now();
    garbage = [...garbage.filter((at) => at > now - MINUTE_MS), now];
    if (garbage.length >= MOST_GARBAGE) line.close();
  };
  const refuse = (error: unknown, event: string, ack: Ack): void => {
    const answer = nackOf(error, statusOf);
    if (answer.code === 'internal') failed(error, event);
    ack(answer);
  };
  const serve = async (event: string, handler: Handler, message: unknown, ack: Ack): Promise<void> => {
    try {
      if (caller !== undefined && !rate.take(caller)) throw tooMany(rate.perSecond, 'too many messages a second');
      const reply = await handler.handle(line, message as never); // checked by the handler's schema
      ack({ ok: true, ...reply.ack });
      reply.after?.();
    } catch (error) {
      refuse(error, event, ack);
    }
  };
  return (event, args) => {
    const last = args.at(-1);
    const ack = typeof last === 'function' ? (last as Ack) : undefined;
    const handler = Object.hasOwn(handlers, event) ? handlers[event] : undefined;
    const faults = faultsOf(handler, args, (error) => failed(error, event));
    if (ack !== undefined && handler !== undefined && faults.length === 0) {
      void serve(event, handler, args[0], ack);
      return;
    }
    if (ack !== undefined) refuse(invalidInput(faults), event, ack);
    strike();
  };
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
