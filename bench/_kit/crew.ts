/** The operators, by number: the same ids in every process of a bench. */
import { NAMESPACE, uuid5 } from '../../src/uuid5.ts';

export const operatorIds = (count: number): readonly string[] =>
  Array.from({ length: count }, (_, n) => uuid5(NAMESPACE.duty, `bench operator ${n}`));
