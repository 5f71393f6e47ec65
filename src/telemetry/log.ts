/** The log of a process. What it warns of is counted too, by its code: every alarm is a figure. */
import { type Logger, pino } from 'pino';
import type { Counters } from './counters.ts';

export type Log = Logger;

const WARN = 40;

/** Of a line: `event_type`, else its message. Both are fixed words, never made of what came in. */
function codeOfLine([first, second]: readonly unknown[]): string {
  if (typeof first === 'object' && first !== null && 'event_type' in first) return String(first.event_type);
  return typeof first === 'string' ? first : String(second);
}

/** JSON lines on standard output. `service` = web, worker, keeper. Secrets are never handed to a log call; these paths are a net. */
export const makeLog = (service: string, level: string, counters?: Counters): Log => {
  counters?.describe('andon_alarms_total', 'Lines of the log that warn or tell of an error, by their code.');
  return pino({
    level,
    base: { service },
    timestamp: pino.stdTimeFunctions.isoTime,
    redact: ['password', 'token', '*.password', '*.token', 'req.headers.authorization', 'req.headers.cookie'],
    serializers: { error: pino.stdSerializers.err },
    hooks: {
      logMethod(args, method, lineLevel) {
        if (lineLevel >= WARN)
          counters?.count('andon_alarms_total', {
            code: codeOfLine(args),
            level: pino.levels.labels[lineLevel] ?? String(lineLevel),
          });
        method.apply(this, args);
      },
    },
  });
};
