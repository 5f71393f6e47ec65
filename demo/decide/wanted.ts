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

/** undefined: nothing is made at this site. */
export function wish(catalog: Catalog, site: string, who: string, n: number): Wish | undefined {
  const chance = (what: string): number => roll(who, n, what);
  const model = pick(chance('broken') < 0.04 ? BROKEN : MODELS, who, n, 'model');
  const { makes = [], urgencies = [] } = catalog.sites.find(({ id }) => id === site) ?? {};
  const fitting = makes.filter(({ material }) => METAL.test(material) === model?.worn);
  const made = pick(fitting.length > 0 ? fitting : makes, who, n, 'material');
  const finish = pick(made?.finishes ?? [], who, n, 'finish');
  const [usual, ...hurried] = urgencies;
  const urgency = (chance('hurry') < 0.35 ? pick(hurried, who, n, 'urgency') : undefined) ?? usual;
  if (model === undefined || made === undefined || finish === undefined || urgency === undefined) return undefined;
  const quantity = model.worn ? 1 + Math.floor(3 * chance('pieces') ** 3) : 1 + Math.floor(20 * chance('pieces') ** 2);
  return { model, site, settings: { material: made.material, finish, quantity, urgency: urgency.id } };
}
