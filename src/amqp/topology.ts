/**
 * Every name there is in the broker, and how each is declared. All carry the prefix, so that several Andons may share a
 * broker; `andon` gives `andon.events` and `andon.work.price.fast`.
 */
import type { Channel } from 'amqplib';
import type { Declare } from './channel.ts';

export const SPEEDS = ['fast', 'slow'] as const;
/** `slow`: what counts against the share of a partner. */
export type Speed = (typeof SPEEDS)[number];

export type QueueType = 'classic' | 'quorum';

/** A wake-up nobody took is of no use later: workers look by themselves, milliseconds. */
const WAKE_UP_TTL_MS = 5_000;
/** Workers that are all busy need no more. */
const MOST_WAKE_UPS = 100;
/** Dead jobs stand in the database; of a queue that nobody reads the oldest go. */
const MOST_LETTERS = 10_000;

export class Topology {
  readonly events: string;
  readonly deadLetters: string;
  readonly #prefix: string;
  readonly #type: QueueType;

  constructor(prefix: string, type: QueueType) {
    this.#prefix = prefix;
    this.#type = type;
    this.events = `${prefix}.events`;
    this.deadLetters = `${prefix}.dead`;
  }

  workQueue(kind: string, speed: Speed): string {
    return `${this.#prefix}.work.${kind}.${speed}`;
  }

  workQueues(kinds: readonly string[]): readonly string[] {
    return kinds.flatMap((kind) => SPEEDS.map((speed) => this.workQueue(kind, speed)));
  }

  declareWork(kinds: readonly string[]): Declare {
    return async (channel: Channel) => {
      for (const queue of this.workQueues(kinds)) {
        await channel.assertQueue(queue, {
          durable: true,
          messageTtl: WAKE_UP_TTL_MS,
          maxLength: MOST_WAKE_UPS,
          arguments: { 'x-queue-type': this.#type },
        });
      }
    };
  }

  declareEvents(): Declare {
    return async (channel: Channel) => {
      await channel.assertExchange(this.events, 'topic', { durable: true });
    };
  }

  declareDeadLetters(): Declare {
    return async (channel: Channel) => {
      await channel.assertQueue(this.deadLetters, {
        durable: true,
        maxLength: MOST_LETTERS,
        arguments: { 'x-queue-type': this.#type },
      });
    };
  }
}
