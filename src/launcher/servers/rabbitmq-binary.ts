/** Where this machine keeps RabbitMQ's own script. Debian's wrapper on PATH changes the user and the folders: not that one. */
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

const inPath = (program: string): string | undefined =>
  (process.env['PATH'] ?? '')
    .split(delimiter)
    .map((folder) => join(folder, program))
    .find((file) => existsSync(file));

const PACKAGED = '/usr/lib/rabbitmq/bin/rabbitmq-server';

/** undefined: not installed, or without the port mapper that Erlang needs. */
export const rabbitmqBinary = (): string | undefined => {
  if (inPath('epmd') === undefined) return undefined;
  return existsSync(PACKAGED) ? PACKAGED : inPath('rabbitmq-server');
};
