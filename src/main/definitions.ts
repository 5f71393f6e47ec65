/** Every kind of actor that there is. */
import { operator } from '../../actors/operator/operator.ts';
import { order } from '../../actors/order/order.ts';
import type { AnyDefinition } from '../runtime/judge.ts';

const ALL: readonly AnyDefinition[] = [order, operator];

export const DEFINITIONS: ReadonlyMap<string, AnyDefinition> = new Map(
  ALL.map((definition) => [definition.kind, definition]),
);
