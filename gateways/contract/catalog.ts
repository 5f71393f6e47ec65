/** What may be ordered, where, and the reasons to choose from. Public. */
import Type, { type Static } from 'typebox';
import { Named, Names } from './shapes.ts';

export const Catalog = Type.Object({
  sites: Type.Array(
    Type.Object({
      id: Type.String(),
      name: Type.String(),
      names: Names,
      currency: Type.String(),
      limits: Type.Object({ quantity: Type.Integer({ description: 'most pieces of one order here' }) }),
      makes: Type.Array(
        Type.Object({
          material: Type.String(),
          density: Type.Number({ description: 'grams per cm³' }),
          finishes: Type.Array(Type.String(), { description: 'those it takes here' }),
        }),
      ),
      urgencies: Type.Array(
        Type.Object({
          id: Type.String(),
          percent: Type.Integer({ description: 'of the price: 100 = as it is' }),
          leadHours: Type.Integer({ description: 'from the approval until it is due' }),
        }),
      ),
      discounts: Type.Array(
        Type.Object({
          from: Type.Integer({ description: 'pieces' }),
          percent: Type.Integer({ description: 'off material and finish' }),
        }),
        { description: 'ascending' },
      ),
    }),
  ),
  materials: Type.Array(
    Type.Object({
      id: Type.String(),
      name: Type.String(),
      names: Names,
      finishes: Type.Array(Named),
      sites: Type.Array(Type.String(), { description: 'where it is made' }),
    }),
  ),
  urgencies: Type.Array(Named),
  /** Per command that takes a reason. */
  reasons: Type.Record(Type.String(), Type.Array(Named)),
  limits: Type.Object({
    quantity: Type.Integer({ description: 'most pieces of one order, at the site that makes most' }),
    uploadBytes: Type.Integer({ description: 'largest model' }),
  }),
});
export type Catalog = Static<typeof Catalog>;
