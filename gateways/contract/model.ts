/** Uploaded models. Ids are per owner: knowing a hash gives nothing. */
import Type, { type Static } from 'typebox';
import { ModelFacts } from './order.ts';
import { Uuid } from './shapes.ts';

/** Of the files. */
export const MODEL_TYPE = 'model/stl';

/** Of their pictures. */
export const THUMB_TYPE = 'image/png';

/** Answer to an upload. */
export const UploadedModel = Type.Object({
  model: Uuid,
  name: Type.String(),
  bytes: Type.Integer(),
  sha256: Type.String(),
  state: Type.Enum(['stored', 'spooled']),
});
export type UploadedModel = Static<typeof UploadedModel>;

/** `facts` once it was parsed. */
export const Model = Type.Object({
  id: Uuid,
  name: Type.String(),
  bytes: Type.Integer(),
  facts: Type.Optional(ModelFacts),
});
export type Model = Static<typeof Model>;
