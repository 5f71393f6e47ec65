/** The log of a process. What it warns of is counted too, by its code: every alarm is a figure. */
import { type DestinationStream, type Logger, type LoggerOptions, pino } from 'pino';
import type { Counters } from './counters.ts';
import { loggedError } from './logged-error.ts';
import { outageOf, Repeats } from './outage.ts';

export type Log = Logger;

const WARN = 40;

/** Of a line: `event_type`, else its message. Both are fixed words, never made of what came in. */
function codeOfLine([first, second]: readonly unknown[]): string {
  if (typeof first === 'object' && first !== null && 'event_type' in first) return String(first.event_type);
  return typeof first === 'string' ? first : String(second);
}

const errorIn = (first: unknown): unknown =>
  typeof first === 'object' && first !== null && 'error' in first ? first.error : undefined;

/** JSON lines on standard output. `service` = web, worker, keeper. Secrets are never handed to a log call; these paths are a net. */
export const makeLog = (service: string, level: string, counters?: Counters, out?: DestinationStream): Log => {
  const repeats = new Repeats();
  counters?.describe('andon_alarms_total', 'Lines of the log that warn or tell of an error, by their code.');
  const options: LoggerOptions = {
    level,
    base: { service },
    timestamp: pino.stdTimeFunctions.isoTime,
    redact: ['password', 'token', '*.password', '*.token', 'req.headers.authorization', 'req.headers.cookie'],
    serializers: { error: loggedError },
    hooks: {
      logMethod(args, method, lineLevel) {
        if (lineLevel < WARN) return method.apply(this, args);
        const code = codeOfLine(args);
        counters?.count('andon_alarms_total', { code, level: pino.levels.labels[lineLevel] ?? String(lineLevel) });
        const [first, ...rest] = args as [unknown, ...unknown[]];
        const outage = outageOf(errorIn(first));
        if (outage === undefined) return method.apply(this, args);
        const left = repeats.admit(`${code} ${outage}`);
        if (left === undefined) return;
        const { error: _, ...fields } = first as { readonly error: unknown };
        const line = { ...fields, outage, ...(left > 0 ? { left_out: left } : {}) };
        method.apply(this, [line, ...rest] as unknown as typeof args);
      },
    },
  };
  return out === undefined ? pino(options) : pino(options, out);
};
