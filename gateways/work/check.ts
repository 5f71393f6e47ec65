/**
 * Holds everything that is made of the log against the log: claims, the view `orders`, boards, contents of models. For a
 * log that was just adopted, while nobody serves: what changes meanwhile would look like a fault.
 */
import { referenceClaim, SLOTS, slotClaim } from '../../actors/order/claims.ts';
import { LANES, laneOf } from '../../actors/order/lifecycle.ts';
import { order } from '../../actors/order/order.ts';
import type { OrderState } from '../../actors/order/state.ts';
import type { Core } from '../../src/core.ts';
import { allNamed } from '../../src/files/named.ts';
import { openContents } from '../../src/files/open.ts';
import type { Queryable } from '../../src/log/statement.ts';
import { actorsWithGaps, heads } from '../../src/log/whole.ts';
import { BoardStore } from '../../src/views/board.ts';
import { versionsOfOrders } from '../../src/views/order-versions.ts';
import type { Views } from './views.ts';

export interface Checked {
  readonly orders: number;
  /** Orders that an operator holds. */
  readonly captured: number;
  /** Cards on all boards. */
  readonly cards: number;
  /** Contents of models, each once. */
  readonly contents: number;
  /** In words; empty = all is as the log says. */
  readonly faults: readonly string[];
}

/** Examples told of each kind of fault. */
const MOST = 5;

/** What differs between what should be and what is, in words. */
function differences(what: string, should: ReadonlyMap<string, string>, is: ReadonlyMap<string, string>): string[] {
  const wrong = [...should].filter(([name, value]) => is.get(name) !== value).map(([name]) => name);
  const strange = [...is.keys()].filter((name) => !should.has(name));
  return [
    ...(wrong.length === 0
      ? []
      : [`${what}: ${wrong.length} missing or different, as ${wrong.slice(0, MOST).join(', ')}`]),
    ...(strange.length === 0
      ? []
      : [`${what}: ${strange.length} unknown to the log, as ${strange.slice(0, MOST).join(', ')}`]),
  ];
}

/** What the log says should be there. */
async function foldLog(pool: Queryable, views: Views) {
  const [versions, claims] = [new Map<string, string>(), new Map<string, string>()];
  const boards = new Map<string, Map<string, string>>();
  let captured = 0;
  for await (const row of heads(pool, order.kind)) {
    const state = views.folded(row).after as OrderState;
    const lane = laneOf(state) ?? '';
    versions.set(row.actor, `${row.version} ${state.site} ${lane}`);
    if (lane !== '') {
      const board = boards.get(state.site) ?? new Map<string, string>();
      boards.set(state.site, board.set(row.actor, `${row.version} ${lane}`));
    }
    if (state.reference !== undefined)
      claims.set(referenceClaim(state.tenant, state.owner, state.reference), row.actor);
    if (state.capture === null) continue;
    captured++;
    claims.set(slotClaim(state.capture.operator, state.capture.slot), row.actor);
  }
  return { versions, claims, boards, captured };
}

/** `pool`: with `READ_SETTINGS`; `patient`: one connection without a time limit. */
export async function checkAgainstLog(
  core: Core,
  { pool, patient, views, sites }: { pool: Queryable; patient: Queryable; views: Views; sites: readonly string[] },
): Promise<Checked> {
  const gaps = await actorsWithGaps(patient, MOST);
  const log = await foldLog(pool, views);
  const faults = gaps.map((actor) => `${actor}: a version is missing in the log`);

  const rows = new Map<string, string>();
  for await (const { id, version, site, lane } of versionsOfOrders(pool)) rows.set(id, `${version} ${site} ${lane}`);
  faults.push(...differences('orders', log.versions, rows));

  const held = new Map([...(await core.reader.claims(SLOTS, 'ref:'))]);
  faults.push(...differences('claims', log.claims, held));

  const store = new BoardStore({ redis: core.redis, keys: core.keys, lanes: LANES });
  let cards = 0;
  for (const site of sites) {
    const board = await store.places(site);
    const shown = (board?.places ?? []).filter(({ lane }) => lane !== '');
    cards += shown.length;
    const is = new Map(shown.map(({ order: id, version, lane }) => [id, `${version} ${lane}`]));
    if (board?.complete !== true) faults.push(`board ${site}: is not complete`);
    faults.push(...differences(`board ${site}`, log.boards.get(site) ?? new Map(), is));
  }
  const homeless = [...log.boards.keys()].filter((site) => !sites.includes(site));
  faults.push(...homeless.map((site) => `site ${site} has orders but no tariff here`));

  const files = await openContents(core.config);
  const missing: string[] = [];
  let contents = 0;
  for await (const sha256 of allNamed(pool)) {
    contents++;
    const there = await files.file(sha256).then(
      () => true,
      () => false,
    );
    if (!there) missing.push(sha256);
  }
  if (missing.length > 0) faults.push(`contents: ${missing.length} missing, as ${missing.slice(0, MOST).join(', ')}`);
  return { orders: log.versions.size, captured: log.captured, cards, contents, faults };
}
