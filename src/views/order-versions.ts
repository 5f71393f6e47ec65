/** Where the view `orders` says that each order is. */
import { type Queryable, statement } from '../log/statement.ts';

interface Line {
  readonly id: string;
  readonly version: number;
  readonly site: string;
  /** '' = on no board. */
  readonly lane: string;
}

const PAGE = 2_000;
const NO_ID = '00000000-0000-0000-0000-000000000000';

const versions = statement<Line>(import.meta.url, 'sql/orders-versions');

export async function* versionsOfOrders(on: Queryable): AsyncGenerator<Line> {
  for (let after = NO_ID; ; ) {
    const page = await versions.run(on, [after, PAGE]);
    yield* page;
    const last = page.at(-1);
    if (last === undefined || page.length < PAGE) return;
    after = last.id;
  }
}
