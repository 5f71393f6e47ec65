/**
 * A walk through the pages and their main states, in each language: what is measured in one test and judged by rules in
 * another. Every step is made by what is there in every language: names of fields and of actions.
 */
import type { Product } from '../_kit/product.ts';
import { boardStates } from './board-states.ts';
import type { Desks } from './browser.ts';
import { engineerStates, salesStates, supervisorStates } from './console-states.ts';
import { floorWorld } from './floor-world.ts';
import { shopStates } from './shop-states.ts';
import { type Look, Walk } from './walk.ts';

/** Of the product: nobody's orders are let go while the walk is under way. */
export const STILL = { ANDON_GRACE_MS: '3600000' };

export async function walkAll(product: Product, desks: Desks, look: Look): Promise<void> {
  const walk = new Walk(desks, look);
  await shopStates(walk, product);
  const world = await floorWorld(product);
  await boardStates(walk, product.url, world);
  await supervisorStates(walk, product.url, world.boss);
  await salesStates(walk, product.url, world.crm);
  await engineerStates(walk, product.url, world.engineer);
}
