/** What the REST side of the floor needs of the machine. */
import type { Card } from '../../actors/order/card.ts';
import type { Lane } from '../../actors/order/lifecycle.ts';
import type { Directory } from '../../src/identity/directory.ts';
import type { HashOf } from '../../src/identity/envelope.ts';
import type { ListedOperator } from '../../src/identity/users.ts';
import type { Answer, Envelope } from '../../src/runtime/actor.ts';

export interface BoardPageRead {
  readonly epoch: string;
  readonly at: string;
  readonly items: readonly Card[];
  readonly next: string | null;
  readonly counts: Readonly<Record<Lane, number>>;
  readonly rebuilding?: boolean;
  /** Seconds behind. */
  readonly stale?: number;
}

export interface BoardPageAsk {
  readonly lane: Lane;
  readonly sort: 'recent' | 'urgent';
  readonly limit: number;
  readonly cursor?: string;
}

export interface FloorRestDeps {
  readonly directory: Pick<Directory, 'know' | 'nameOf'>;
  readonly runtime: {
    send(envelope: Envelope): Promise<Answer>;
    read(kind: string, id: string): Promise<{ readonly version: number; readonly state: unknown } | undefined>;
  };
  readonly hashOf: HashOf;
  listOperators(ask: { site?: string; after: string; limit: number }): Promise<readonly ListedOperator[]>;
  /** How many orders each of these operators holds now. */
  held(operators: readonly string[]): Promise<ReadonlyMap<string, number>>;
  /** Of these operators, those with a socket open somewhere. */
  present(operators: readonly string[]): Promise<ReadonlySet<string>>;
  /** Ids of all sites. */
  sites(): readonly string[];
  /** Throws `invalid` for a cursor that is none of ours. */
  boardPage(site: string, ask: BoardPageAsk): Promise<BoardPageRead>;
}
