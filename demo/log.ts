/** JSON lines like those of every other process. */
import { type Logger, pino } from 'pino';

export type Log = Logger;

export const makeLog = (level: string): Log =>
  pino({ level, base: { service: 'demo' }, timestamp: pino.stdTimeFunctions.isoTime });
