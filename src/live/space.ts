/** A namespace as an edge fills it: who may come in, what may be asked, what is pushed. */
import type { Static, TSchema } from 'typebox';
import { type Check, checker } from '../http/validate.ts';
import type { Principal } from '../identity/principal.ts';
import type { Line } from './line.ts';

export interface Reply {
  /** Sent as the acknowledgement, with `ok: true` unless it says otherwise; what is `Written` already, as it is. */
  readonly ack: object;
  /** Runs right behind the acknowledgement: what is sent here arrives after it. */
  readonly after?: () => void;
}

/** Refuses by throwing an AndonError that may be shown. */
export interface Handler {
  readonly check: Check;
  /** What a message takes of its caller's messages a second: 1 for what is as cheap as a command. */
  readonly cost: number;
  handle(line: Line, message: never): Promise<Reply>;
}

export const on = <S extends TSchema>(
  schema: S,
  handle: (line: Line, message: Static<S>) => Promise<Reply>,
  cost = 1,
): Handler => ({ check: checker(schema), cost, handle });

/** To everybody in a room of this node, encoded once. */
export type Cast = (room: string, event: string, message: unknown) => void;

export interface Service {
  readonly handlers: Readonly<Record<string, Handler>>;
  came?(line: Line): void;
  gone(line: Line): void;
  close(): Promise<void>;
}

export interface Space {
  /** With its slash. */
  readonly name: string;
  /** true: one may come in without saying who one is. */
  readonly guests: boolean;
  admits(principal: Principal): boolean;
  serve(cast: Cast): Service;
}
