/**
 * The flow figures as they are asked for: of the stays of the last days, by site, remembered for some seconds per node.
 *
 * A1 However often a site is asked for, it is looked up at most once every `freshMs`, also while the database is away.
 * A2 Whoever asks gets what is known at once, old or not, and waits only where nothing is known yet, and not for long.
 */
import { type Queryable, statement } from '../log/statement.ts';
import { type Bucket, type Figure, figureOf } from './flow-buckets.ts';

export interface SiteFigures {
  readonly site: string;
  /** When they were looked up, milliseconds since 1970. */
  readonly at: number;
  /** By step; a step with no stay is missing. */
  readonly steps: ReadonlyMap<string, Figure>;
}

export interface FlowFiguresOptions {
  readonly pool: Queryable;
  /** So many days count, today among them. */
  readonly days?: number;
  readonly freshMs?: number;
  /** The longest wait for the first look, milliseconds. */
  readonly waitMs?: number;
}

export const FLOW_DAYS = 14;
const FRESH_MS = 10_000;
const WAIT_MS = 250;
const DAY_MS = 86_400_000;

const read = statement<Bucket & { readonly step: string }>(import.meta.url, 'sql/flow-figures');

interface Known {
  /** Of the last look, whatever came of it, by performance.now(). */
  readonly looked: number;
  readonly looking: Promise<SiteFigures | undefined> | undefined;
  readonly figures: SiteFigures | undefined;
}

const NOTHING: Known = { looked: Number.NEGATIVE_INFINITY, looking: undefined, figures: undefined };

export class FlowFigures {
  readonly #options: Required<FlowFiguresOptions>;
  readonly #sites = new Map<string, Known>();

  constructor({ pool, days = FLOW_DAYS, freshMs = FRESH_MS, waitMs = WAIT_MS }: FlowFiguresOptions) {
    this.#options = { pool, days, freshMs, waitMs };
  }

  /** Of a site that there is. Never throws; undefined = nothing is known, and it can't be looked up. */
  async of(site: string): Promise<SiteFigures | undefined> {
    const { figures, looking } = this.#look(site);
    if (figures !== undefined || looking === undefined) return figures;
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<undefined>((resolve) => {
      timer = setTimeout(() => resolve(undefined), this.#options.waitMs);
    });
    return Promise.race([looking, late]).finally(() => clearTimeout(timer));
  }

  #look(site: string): Known {
    const known = this.#sites.get(site) ?? NOTHING;
    const now = performance.now();
    if (known.looking !== undefined || now - known.looked < this.#options.freshMs) return known;
    const looking = this.#read(site).then(
      (figures) => this.#note(site, figures),
      () => this.#note(site, this.#sites.get(site)?.figures),
    );
    const begun = { ...known, looked: now, looking };
    this.#sites.set(site, begun);
    return begun;
  }

  #note(site: string, figures: SiteFigures | undefined): SiteFigures | undefined {
    this.#sites.set(site, { looked: performance.now(), looking: undefined, figures });
    return figures;
  }

  async #read(site: string): Promise<SiteFigures> {
    const { pool, days } = this.#options;
    const at = Date.now();
    const since = new Date(at - (days - 1) * DAY_MS).toISOString().slice(0, 10);
    const bySteps = Map.groupBy(await read.run(pool, [site, since]), ({ step }) => step);
    const steps = new Map<string, Figure>();
    for (const [step, buckets] of bySteps) {
      const figure = figureOf(buckets);
      if (figure !== undefined) steps.set(step, figure);
    }
    return { site, at, steps };
  }
}
