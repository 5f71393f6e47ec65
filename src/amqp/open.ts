import type { Config } from '../config.ts';
import type { Log } from '../telemetry/log.ts';
import { Broker } from './broker.ts';

/** The broker of a process; undefined where none is configured. */
export const openBroker = (config: Config, service: string, log: Log): Broker | undefined =>
  config.amqpUrl === ''
    ? undefined
    : new Broker({
        url: config.amqpUrl,
        name: `andon ${service}`,
        report: (what, details) => log.warn({ event_type: what, ...details }, what),
      });
