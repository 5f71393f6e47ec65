import { type Logger, pino } from 'pino';

export type Log = Logger;

/** JSON lines on standard output. `service` = web, worker, keeper. Secrets are never handed to a log call; these paths are a net. */
export const makeLog = (service: string, level: string): Log =>
  pino({
    level,
    base: { service },
    timestamp: pino.stdTimeFunctions.isoTime,
    redact: ['password', 'token', '*.password', '*.token', 'req.headers.authorization', 'req.headers.cookie'],
    serializers: { error: pino.stdSerializers.err },
  });
