/** What the REST side of the floor needs of the machine. */
import type { Directory } from '../../src/identity/directory.ts';
import type { HashOf } from '../../src/identity/envelope.ts';
import type { ListedOperator } from '../../src/identity/users.ts';
import type { Answer, Envelope } from '../../src/runtime/actor.ts';
import type { Boards } from '../../src/views/boards.ts';

export interface FloorRestDeps {
  readonly directory: Pick<Directory, 'know' | 'nameOf'>;
  readonly runtime: {
    send(envelope: Envelope): Promise<Answer>;
    read(kind: string, id: string): Promise<{ readonly version: number; readonly state: unknown } | undefined>;
  };
  readonly hashOf: HashOf;
  listOperators(ask: { site?: string; after: string; limit: number }): Promise<readonly ListedOperator[]>;
  /** Claims whose names begin with one of these: name → actor that holds it. */
  claims(...prefixes: readonly string[]): Promise<ReadonlyMap<string, string>>;
  /** Of these operators, those with a socket open somewhere. */
  present(operators: readonly string[]): Promise<ReadonlySet<string>>;
  /** Ids of all sites. */
  sites(): readonly string[];
  /** Ids of the materials that a site works; none for an unknown one. */
  materials(site: string): readonly string[];
  readonly boards: Pick<Boards, 'page'>;
  /** Seconds since Postgres last answered; undefined = it does. */
  away(): number | undefined;
}
