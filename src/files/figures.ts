/**
 * Figures of the spools: how many contents wait for the object store and for how long, by the node whose spool it is (none =
 * the shared one). While the database is away there are none, rather than old ones.
 */
import { type Queryable, statement } from '../log/statement.ts';
import type { Counters, Sample } from '../telemetry/counters.ts';

interface Waiting {
  readonly node: string;
  readonly contents: number;
  readonly seconds: number;
}

const spooledFigures = statement<Waiting>(import.meta.url, 'sql/spooled-figures');

/** Returns what looks: to be called before the counters are read. */
export function spoolFigures(pool: Queryable, counters: Counters): () => Promise<void> {
  let waiting: readonly Waiting[] = [];
  const samples = (of: (one: Waiting) => number) => (): readonly Sample[] =>
    waiting.map((one) => [{ node: one.node }, of(one)]);
  const ages = samples(({ seconds }) => seconds);
  const counts = samples(({ contents }) => contents);
  counters.gauges('andon_spooled_contents', 'Contents of models that wait in a spool for the object store.', counts);
  counters.gauges('andon_spooled_oldest_seconds', 'How long the oldest of them waits.', ages);
  return async () => {
    waiting = await spooledFigures.run(pool).catch(() => []);
  };
}
