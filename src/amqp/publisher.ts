/**
 * Sending with confirms.
 *
 * B1 `send` resolves when the broker has taken responsibility for every message; else it throws `broker_away`, and some
 *    may have arrived: who sends again must bear that.
 * B2 After a nack, a late confirm, a returned message or a closed channel the channel is given up and what is not
 *    confirmed goes out on a fresh one, with everything declared anew: a channel that was nacked once may be nacked for ever.
 * B3 At most `window` messages wait for their confirms.
 */
import { type ConfirmChannel, IllegalOperationError, type Options } from 'amqplib';
import { AndonError } from '../errors.ts';
import type { Broker } from './broker.ts';
import { abandon, type Declare, openConfirmChannel } from './channel.ts';

export interface Outgoing {
  /** '' = straight to the queue named by `key`. */
  readonly exchange: string;
  readonly key: string;
  readonly content: Buffer;
  /** Mandatory ones need a `messageId` of their own: by that a returned one is known. */
  readonly options: Options.Publish;
}

export interface PublisherOptions {
  readonly broker: Broker;
  readonly declare: Declare;
  /** For a confirm, milliseconds. */
  readonly confirmMs?: number;
  /** Channels that one `send` may use up. */
  readonly attempts?: number;
  readonly window?: number;
}

export class Publisher {
  readonly #options: PublisherOptions;
  #channel: ConfirmChannel | undefined;
  /** Message ids that came back on the present channel, before their confirm. */
  #returned = new Set<string>();

  constructor(options: PublisherOptions) {
    this.#options = options;
  }

  /** One call at a time. Order is kept only among messages that need no second attempt. */
  async send(messages: readonly Outgoing[]): Promise<void> {
    const { attempts = 3, window = 256 } = this.#options;
    for (let i = 0; i < messages.length; i += window) {
      let left: readonly Outgoing[] = messages.slice(i, i + window);
      let cause: unknown;
      for (let attempt = 0; attempt < attempts && left.length > 0; attempt++) {
        try {
          left = await this.#attempt(left);
        } catch (error) {
          cause = error; // no channel
          this.#giveUp();
        }
      }
      if (left.length > 0)
        throw new AndonError('broker_away', `${left.length} messages were not confirmed`, { retry: 'later', cause });
    }
  }

  close(): void {
    this.#giveUp();
  }

  /** Resolves with those that were not confirmed; then the channel is given up. */
  async #attempt(messages: readonly Outgoing[]): Promise<readonly Outgoing[]> {
    const channel = await this.#open();
    const returned = this.#returned;
    const confirms = messages.map((message) => this.#publish(channel, message));
    const confirmed = await Promise.all(confirms);
    const left = messages.filter(
      ({ options }, i) => !confirmed[i] || (options.messageId !== undefined && returned.has(options.messageId)),
    );
    if (left.length > 0) this.#giveUp();
    return left;
  }

  #publish(channel: ConfirmChannel, { exchange, key, content, options }: Outgoing): Promise<boolean> {
    return new Promise((resolve) => {
      const late = setTimeout(() => resolve(false), this.#options.confirmMs ?? 5_000);
      const settle = (error: unknown): void => {
        clearTimeout(late);
        resolve(error === null || error === undefined);
      };
      try {
        channel.publish(exchange, key, content, options, settle);
      } catch (error) {
        if (!(error instanceof IllegalOperationError)) throw error; // a bug, not a closed channel
        settle(error);
      }
    });
  }

  async #open(): Promise<ConfirmChannel> {
    if (this.#channel) return this.#channel;
    const { broker, declare } = this.#options;
    if (!broker.connection) throw new AndonError('broker_away', 'no connection to the broker', { retry: 'later' });
    const channel = await openConfirmChannel(broker.connection, declare);
    const returned = new Set<string>();
    channel.on('return', ({ properties }) => returned.add(String(properties.messageId)));
    channel.on('close', () => {
      if (this.#channel === channel) this.#channel = undefined;
    });
    this.#channel = channel;
    this.#returned = returned;
    return channel;
  }

  #giveUp(): void {
    if (this.#channel) abandon(this.#channel);
    this.#channel = undefined;
  }
}
