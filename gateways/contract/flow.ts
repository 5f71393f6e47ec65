/** How long orders stay where: figures of the stays that ended lately, all times in milliseconds. */
import Type, { type Static } from 'typebox';
import { ON_HOLD, WAY } from '../../actors/order/flow.ts';
import { STATUSES } from '../../actors/order/lifecycle.ts';
import type { Usual } from './board.ts';
import type { Endpoint } from './endpoint.ts';
import { page, Time } from './shapes.ts';

export const FlowFigure = Type.Object({
  count: Type.Integer({ description: 'stays that ended' }),
  mean: Type.Integer(),
  median: Type.Integer(),
  p95: Type.Integer(),
});
export type FlowFigure = Static<typeof FlowFigure>;

export const SiteFlow = Type.Object({
  site: Type.String(),
  at: Time,
  days: Type.Integer({ description: 'so many days count, by UTC, today among them' }),
  statuses: Type.Record(Type.String(), FlowFigure, {
    description: 'by status in which stays ended; without the time on hold',
  }),
  onHold: Type.Optional(FlowFigure),
  submittedToStarted: Type.Optional(FlowFigure),
});
export type SiteFlow = Static<typeof SiteFlow>;

export const FlowQuery = Type.Object(
  { site: Type.Optional(Type.String({ minLength: 1, maxLength: 60 })) },
  { additionalProperties: false },
);
export type FlowQuery = Static<typeof FlowQuery>;

export const readFlow = {
  name: 'flow',
  method: 'GET',
  path: '/api/flow',
  about: 'How long orders stay in each status and from submission to making, per site; some seconds old.',
  access: 'session',
  roles: ['engineer', 'supervisor', 'crm'],
  query: FlowQuery,
  status: 200,
  answer: page(SiteFlow),
} as const satisfies Endpoint;

/** What the view knows of a site. */
export interface StoredFlow {
  readonly site: string;
  /** Milliseconds since 1970. */
  readonly at: number;
  /** By step of actors/order/flow.ts. */
  readonly steps: ReadonlyMap<string, FlowFigure>;
}

const byStatus = <T>(steps: StoredFlow['steps'], of: (figure: FlowFigure) => T): Record<string, T> =>
  Object.fromEntries(
    STATUSES.flatMap((status) => {
      const figure = steps.get(status);
      return figure === undefined ? [] : [[status, of(figure)]];
    }),
  );

export function renderFlow({ site, at, steps }: StoredFlow, days: number): SiteFlow {
  const onHold = steps.get(ON_HOLD);
  const submittedToStarted = steps.get(WAY);
  return {
    site,
    at: new Date(at).toISOString(),
    days,
    statuses: byStatus(steps, (figure) => figure),
    ...(onHold === undefined ? {} : { onHold }),
    ...(submittedToStarted === undefined ? {} : { submittedToStarted }),
  };
}

/** What a board tells beside its cards; nothing where nothing is known. */
export const renderUsual = (flow: StoredFlow | undefined): Usual =>
  flow === undefined ? {} : byStatus(flow.steps, ({ median, p95 }) => ({ median, p95 }));
