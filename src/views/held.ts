/** Which orders hold claims of one sort, and where they are made: at most a second behind, as the view `orders` is. */
import { type Queryable, statement } from '../log/statement.ts';

export interface Held {
  /** Of the claim. */
  readonly name: string;
  readonly order: string;
  readonly site: string;
}

const held = statement<Held>(import.meta.url, 'sql/held');

export const readHeld = (pool: Queryable, prefix: string): Promise<readonly Held[]> => held.run(pool, [prefix]);
