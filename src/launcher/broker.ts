/**
 * The broker of an `up`: given by URL, declined (`AMQP_URL=none`), or private. A private one takes seconds to start, so it
 * starts beside everything else and only "ready" waits for it; one that does not start is told and done without.
 */
import { nodePorts, privatePorts } from './bind.ts';
import type { Crew } from './crew.ts';
import type { Fleet } from './fleet.ts';
import type { Place } from './place.ts';
import { rabbitmq } from './programs.ts';
import type { Secrets } from './secrets.ts';

/** What AMQP_URL says where no broker is wanted. */
export const NO_BROKER = 'none';

/** For a broker that was given to answer, milliseconds. */
const LOOK_MS = 5_000;

export interface ComingBroker {
  /** Its owner's, as AMQP_URL. */
  readonly url: string;
  /** true = it is ready, false = it was given up; never rejects. */
  readonly started: Promise<boolean>;
}

const reason = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** Whether a broker that was given lets us in; told, no more: it may come later. */
export async function lookAtBroker(url: string, say: (line: string) => void): Promise<void> {
  const { connect } = await import('amqplib');
  try {
    const connection = await connect(url, { timeout: LOOK_MS });
    connection.on('error', () => undefined);
    await connection.close();
  } catch (error) {
    say(`RabbitMQ at ${new URL(url).host} can't be used (${reason(error)}): going on, work starts later until it can`);
  }
}

/** Starts the private one. */
export async function beginBroker(
  crew: Crew,
  secrets: Secrets,
  { place, fleet, say }: { readonly place: Place; readonly fleet: Fleet; readonly say: (line: string) => void },
): Promise<ComingBroker> {
  const [amqp = 0, dist = 0, epmd = 0] = await privatePorts(3, [place.port, ...nodePorts(place, fleet.nodes)]);
  const server = rabbitmq(place, secrets, { amqp, dist, epmd });
  const giveUp = (error: unknown): boolean => {
    say(`going on without RabbitMQ: ${reason(error)}`);
    return false;
  };
  return { url: server.url, started: crew.addServer(server).then(() => true, giveUp) };
}
