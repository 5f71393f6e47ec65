/** The stores of an `up`: those given by URL, and private ones for the rest. */
import { codeOf } from '../errors.ts';
import { nodePorts, privatePorts } from './bind.ts';
import { beginBroker, type ComingBroker, NO_BROKER } from './broker.ts';
import type { Crew } from './crew.ts';
import type { ServerName } from './install.ts';
import { DATABASE, type PrivateServer, postgres, redis } from './programs.ts';
import type { Secrets } from './secrets.ts';
import { given, type Stores } from './settings.ts';
import type { StartOptions } from './start.ts';

export interface StartedStores {
  readonly stores: Stores;
  /** For migrations. */
  readonly adminUrl: string;
  readonly broker: ComingBroker | undefined;
}

/** A port that was free a moment ago may be somebody's when its server binds it. */
const PORT_TRIES = 5;

async function onFreePort(
  crew: Crew,
  avoid: readonly number[],
  make: (port: number) => PrivateServer,
): Promise<{ readonly port: number; readonly url: string }> {
  for (let attempt = 1; ; attempt++) {
    const [port = 0] = await privatePorts(1, avoid);
    const server = make(port);
    try {
      await crew.addServer(server);
      return { port, url: server.url };
    } catch (error) {
      if (codeOf(error) !== 'port_taken' || attempt === PORT_TRIES) throw error;
    }
  }
}

export async function startStores(
  crew: Crew,
  secrets: Secrets,
  needed: readonly ServerName[],
  options: StartOptions,
): Promise<StartedStores> {
  const { place, fleet, env, say } = options;
  const avoid = [place.port, ...nodePorts(place, fleet.nodes)];
  const names = needed.filter((name) => name !== 'nginx');
  if (names.length > 0) say(`starting ${new Intl.ListFormat('en').format(names)} ...`);
  const broker = needed.includes('rabbitmq') ? await beginBroker(crew, secrets, options) : undefined;
  const [ownPostgres, ownRedis] = await Promise.all([
    needed.includes('postgres') ? onFreePort(crew, avoid, (port) => postgres(place, secrets, port)) : undefined,
    needed.includes('redis') ? onFreePort(crew, avoid, (port) => redis(place, secrets, port)) : undefined,
  ]);
  const others = {
    redisUrl: given(env, 'REDIS_URL') ?? ownRedis?.url ?? '',
    amqpUrl: given(env, 'AMQP_URL') ?? broker?.url ?? NO_BROKER,
  };
  if (ownPostgres === undefined) {
    const databaseUrl = given(env, 'DATABASE_URL') ?? '';
    return { stores: { databaseUrl, ...others }, adminUrl: given(env, 'DATABASE_ADMIN_URL') ?? databaseUrl, broker };
  }
  const [{ preparePostgres }, { postgresUrl }] = await Promise.all([
    import('./servers/prepare-postgres.ts'),
    import('./servers/postgres.ts'),
  ]);
  const prepared = await preparePostgres({
    superUrl: postgresUrl(ownPostgres.port, 'postgres', secrets.postgresSuper, 'postgres'),
    database: DATABASE,
    ownerPassword: secrets.postgresOwner,
    webPassword: secrets.postgresWeb,
  });
  return { stores: { databaseUrl: prepared.url, ...others }, adminUrl: prepared.adminUrl, broker };
}
