/**
 * What is not part of an operator's state: how many orders it holds now (the claims say), whether it is here, what there
 * is to work at its site.
 */
import { slotPrefix } from '../../actors/order/claims.ts';
import { orUnavailable } from '../../src/log/or-unavailable.ts';
import type { FloorRestDeps } from './deps.ts';

export interface Moment {
  readonly held: number;
  readonly present: boolean;
  materials(site: string): readonly string[];
}

/** Their names are known to the directory afterwards. */
export async function momentOf(
  { claims, present, directory, materials }: Pick<FloorRestDeps, 'claims' | 'present' | 'directory' | 'materials'>,
  operators: readonly string[],
): Promise<(operator: string) => Moment> {
  const [slots, here] = await Promise.all([
    operators.length === 0 ? new Map<string, string>() : orUnavailable(claims(...operators.map(slotPrefix))),
    present(operators),
    directory.know(operators),
  ]);
  const names = [...slots.keys()];
  return (operator) => ({
    held: names.filter((name) => name.startsWith(slotPrefix(operator))).length,
    present: here.has(operator),
    materials,
  });
}
