/** Events as other programs get them from the topic exchange. */
import Type, { type Static } from 'typebox';
import { Time, Uuid } from './shapes.ts';

/** Comes at least once, those of one actor in order; the same event always has the same `id`. */
export const OutwardEvent = Type.Object(
  {
    id: Uuid,
    kind: Type.String({ description: 'order or operator' }),
    actor: Uuid,
    version: Type.Integer({ minimum: 1, description: 'of the actor after it; events of one command share it' }),
    type: Type.String({ description: 'the routing key', examples: ['order.captured'] }),
    at: Time,
    site: Type.String(),
    tenant: Type.Optional(Type.String({ description: 'the partner whose order it is' })),
    data: Type.Record(Type.String(), Type.Unknown()),
  },
  { additionalProperties: false },
);
export type OutwardEvent = Static<typeof OutwardEvent>;
