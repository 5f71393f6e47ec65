/** What somebody orders next. Pure: the n-th wish of a buyer is always the same. */
import type { Catalog } from '../../gateways/contract/catalog.ts';
import { pick, roll } from '../chance.ts';
import { BROKEN, MODELS, type Model } from '../models/catalogue.ts';

export interface Wish {
  readonly model: Model;
  readonly site: string;
  readonly settings: {
    readonly material: string;
    readonly finish: string;
    readonly quantity: number;
    readonly urgency: string;
  };
}

const METAL = /silver|gold|brass|platin|steel/;
/** Made at every site of a material, where it is made at all. */
const COMMON: readonly string[] = ['raw', 'polished', 'dyed'];

/** undefined: nothing is made at this site. */
export function wish(catalog: Catalog, site: string, who: string, n: number): Wish | undefined {
  const chance = (what: string): number => roll(who, n, what);
  const model = pick(chance('broken') < 0.04 ? BROKEN : MODELS, who, n, 'model');
  const here = catalog.materials.filter(({ sites }) => sites.includes(site));
  const fitting = here.filter(({ id }) => METAL.test(id) === model?.worn);
  const material = pick(fitting.length > 0 ? fitting : here, who, n, 'material');
  if (model === undefined || material === undefined) return undefined;
  const common = material.finishes.filter(({ id }) => COMMON.includes(id));
  const finish = pick(common.length > 0 ? common : material.finishes, who, n, 'finish')?.id ?? '';
  const [usual, ...hurried] = catalog.urgencies;
  const urgency = (chance('hurry') < 0.35 ? pick(hurried, who, n, 'urgency') : undefined) ?? usual;
  const quantity = model.worn ? 1 + Math.floor(3 * chance('pieces') ** 3) : 1 + Math.floor(20 * chance('pieces') ** 2);
  return { model, site, settings: { material: material.id, finish, quantity, urgency: urgency?.id ?? '' } };
}
