/** What the runner hands to the test files. */

/** Folder for what this run leaves behind for a while; removed at its end. Passable for the account of Postgres. */
export const RUN_DIR = 'TEST_RUN_DIR';
/** The shared Postgres, as superuser, database `postgres`. */
export const SUPER_URL = 'TEST_DATABASE_SUPER_URL';
/** The migrated template, as its owner and as the application. Never connect to it: it is only cloned. */
export const ADMIN_URL = 'TEST_DATABASE_ADMIN_URL';
export const APP_URL = 'TEST_DATABASE_URL';
export const REDIS_URL = 'TEST_REDIS_URL';
/** RabbitMQ, for the files of `test/amqp` only. */
export const AMQP_URL = 'TEST_AMQP_URL';

/** Which of the files that run at once this is, counted from 0: each has public ports of its own to choose from. */
export const LANE = 'TEST_LANE';

export function fromRunner(name: string): string {
  const value = process.env[name];
  if (value === undefined || value === '')
    throw new Error(
      `${name} is not set: run this file by \`node test/_kit/run.ts <file>\`, its name ending in .int.test.ts`,
    );
  return value;
}
