/** Somebody who is signed in, and acts by commands like everybody else. */
import type { CommandAck } from '../../gateways/contract/live.ts';
import { type Client, connect } from '../../web/client/client.ts';
import type { Role } from '../cast.ts';
import type { Act } from '../decide/act.ts';
import { Patience } from '../patience.ts';
import { type Stage, untilDone } from '../stage.ts';

/** After this long a command is no longer what one would do now. */
const AGE_MS = 20_000;
/** No answer tells anything about what was asked for. */
const NO_ANSWER: readonly string[] = ['offline', 'unknown'];

export class Person {
  readonly client: Client;
  readonly id: string;
  readonly #stage: Stage;
  readonly #patience = new Patience();

  constructor(client: Client, id: string, stage: Stage) {
    this.client = client;
    this.id = id;
    this.#stage = stage;
  }

  get now(): number {
    return this.client.clock.now();
  }

  /**
   * At a board nothing is asked that could be refused: who was signed out (a new password, disabled) would stand before it
   * for ever. Resolves when signed in, which opens the lines again, or when the demo is over.
   */
  async isThere(): Promise<void> {
    const { session } = this.client;
    if (session.me === undefined) await untilDone(this.#stage, 'another log-in', () => session.begin());
  }

  /** All but what was refused to this person a moment ago. */
  open<T extends { readonly version: number }>(all: readonly T[], idOf: (one: T) => string): T[] {
    return all.filter((one) => this.#patience.allows(idOf(one), one.version, this.now));
  }

  /** undefined: there was nothing to do, or no answer. */
  async do(next: Act | undefined): Promise<CommandAck | undefined> {
    if (next === undefined) return undefined;
    const { order, version, type, fields } = next;
    const answer = await this.client.commands.send({ target: { order }, type, fields });
    if (answer.ok) this.#stage.tally.did(type);
    else {
      this.#patience.refused(order, version, this.now);
      this.#stage.tally.refused(answer.code);
      this.#stage.log.debug({ event_type: 'refused', type, order_id: order, error_code: answer.code }, 'refused');
    }
    return answer.ok || !NO_ANSWER.includes(answer.code) ? answer : undefined;
  }
}

/** undefined: the demo is over. */
export async function signIn(stage: Stage, { login }: Role): Promise<Person | undefined> {
  const { url, cast, stop } = stage;
  const client = await untilDone(stage, `log-in of ${login}`, () =>
    connect({ url, signIn: () => cast.credentials(login), ageMs: AGE_MS }),
  );
  const id = client?.session.me?.id;
  if (client === undefined || id === undefined) return undefined;
  stop.addEventListener('abort', () => client.close(), { once: true });
  stage.played.add(id);
  return new Person(client, id, stage);
}
