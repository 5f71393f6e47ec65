/** What a guard of an order may know of a model. Advisory, like every fact. */
import type { MeshFacts } from '../geometry/mesh-facts.ts';
import type { Models } from './models.ts';

export interface KnownModel {
  readonly id: string;
  readonly tenant: string;
  readonly owner: string;
  readonly name: string;
  readonly bytes: number;
  /** In the object store, not only in the spool. */
  readonly stored: boolean;
  /** Of content that was measured without a fault. */
  readonly facts?: MeshFacts;
}

/** Provider of the fact `model` by model id; undefined = no such model. */
export const modelFacts =
  (models: Pick<Models, 'stat'>) =>
  async (id: string): Promise<KnownModel | undefined> => {
    const model = await models.stat(id);
    if (model === undefined) return undefined;
    const { tenant, owner, name, bytes, measured, state } = model;
    const facts = measured === undefined || measured.failed !== undefined ? {} : { facts: measured.facts };
    return { id, tenant, owner, name, bytes, stored: state === 'stored', ...facts };
  };
