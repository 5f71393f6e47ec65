/**
 * The actor runtime of one process: commands in, answers out; reads of an actor's present state.
 */
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { unavailable } from '../errors.ts';
import type { Answer, Envelope } from './actor.ts';
import { atMost } from './at-most.ts';
import { type FactProviders, Facts } from './facts.ts';
import type { AnyDefinition } from './judge.ts';
import { Mailboxes } from './mailbox.ts';
import { pack, unpack } from './packed.ts';
import { Pending } from './pending.ts';
import type { Head, HotPort, LogPort } from './ports.ts';
import { takeTurn } from './turn.ts';
import type { TurnDeps } from './turn-deps.ts';

export interface RuntimeOptions {
  readonly definitions: readonly AnyDefinition[];
  readonly facts: FactProviders;
  readonly log: LogPort;
  readonly hot: HotPort;
  readonly leaseWaitMs: number;
  readonly commandMs: number;
  readonly mailboxLimit: number;
  /** Milliseconds since 1970; the clock of this machine where nothing else is said. */
  now?(): number;
  /** Told of every answer, `code` = ok or the refusal's: metrics. */
  answered?(kind: string, command: string, code: string): void;
  /** What an engineer should know: `what` is stable. */
  report?(what: string, details: Readonly<Record<string, unknown>>): void;
}

export interface ReadState<S = unknown> {
  readonly version: number;
  readonly state: S;
  readonly commandId: string;
}

/** `atLeast` that is not there yet is waited for this long, milliseconds. */
const AT_LEAST_MS = 1_000;
/** Longest wait for Redis after a commit, milliseconds. */
const APPLY_WAIT_MS = 50;

export class Runtime {
  readonly #options: RuntimeOptions;
  readonly #definitions: ReadonlyMap<string, AnyDefinition>;
  readonly #mailboxes: Mailboxes;
  readonly #now: () => number;

  constructor(options: RuntimeOptions) {
    this.#options = options;
    this.#now = options.now ?? Date.now;
    this.#definitions = new Map(options.definitions.map((definition) => [definition.kind, definition]));
    const process = randomUUID();
    let turns = 0;
    const deps: TurnDeps = {
      log: options.log,
      hot: options.hot,
      facts: new Facts(options.facts, this.#definitions, options.log, options.hot),
      leaseWaitMs: options.leaseWaitMs,
      patiently: atMost(APPLY_WAIT_MS),
      now: this.#now,
      newToken: () => `${process}:${++turns}`,
      answered: options.answered ?? (() => undefined),
      report: options.report ?? (() => undefined),
    };
    this.#mailboxes = new Mailboxes(
      (kind, actor, queue) => takeTurn(deps, this.#definition(kind), actor, queue),
      options.mailboxLimit,
    );
  }

  /** Actors with a turn running or commands waiting. */
  get busy(): number {
    return this.#mailboxes.size;
  }

  /** Throws `overloaded` or `unavailable`: nothing is known to have happened, the same key may be sent again. */
  send(envelope: Envelope): Promise<Answer> {
    const pending = new Pending(envelope, this.#now() + this.#options.commandMs);
    try {
      this.#definition(envelope.kind);
      this.#mailboxes.push(pending);
    } catch (error) {
      pending.fail(error);
    }
    return pending.answer;
  }

  /** The present state; undefined = no such actor. Without `atLeast` Postgres is asked only if Redis does not know it. */
  async read(kind: string, actor: string, options: { atLeast?: number } = {}): Promise<ReadState | undefined> {
    const found = await this.#readHot(kind, actor);
    if (found && found.version >= (options.atLeast ?? 0)) return found;
    const until = Date.now() + AT_LEAST_MS;
    for (;;) {
      const head = await this.#readLog(kind, actor, found);
      if (head === undefined || head.version >= (options.atLeast ?? 0) || Date.now() >= until) return head;
      await sleep(50);
    }
  }

  async #readHot(kind: string, actor: string): Promise<ReadState | undefined> {
    try {
      const [hot] = await this.#options.hot.read([{ kind, actor }]);
      if (hot === undefined) return undefined;
      const state = unpack(this.#definition(kind), hot.json);
      return state === undefined ? undefined : { version: hot.version, commandId: hot.commandId, state };
    } catch {
      return undefined;
    }
  }

  async #readLog(kind: string, actor: string, hot: ReadState | undefined): Promise<ReadState | undefined> {
    let head: Head | undefined;
    try {
      [head] = await this.#options.log.heads([{ kind, actor }]);
    } catch (error) {
      if (hot) return hot; // better an older state than none
      throw error;
    }
    if (head === undefined) return undefined;
    const definition = this.#definition(kind);
    const state = definition.upcast(head.after, head.stateVersion);
    const { version, commandId, quarantined } = head;
    if (hot === undefined) {
      const json = pack(definition, state);
      this.#options.hot
        .finish([{ type: 'state', kind, actor, token: null, version, commandId, json, quarantined, message: null }])
        .catch(() => undefined); // Redis is away: the next one reads Postgres too
    }
    return { version, commandId, state };
  }

  #definition(kind: string): AnyDefinition {
    const definition = this.#definitions.get(kind);
    if (definition === undefined) throw unavailable(`actor kind ${kind}`);
    return definition;
  }
}
