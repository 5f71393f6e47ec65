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
