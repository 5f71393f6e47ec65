/** The flow figures over REST, for who looks after the house. */
import { unavailable } from '../../src/errors.ts';
import { principalIn } from '../../src/http/caller.ts';
import { forbidden, notFound } from '../../src/http/fail.ts';
import type { Route } from '../../src/http/route.ts';
import { type FlowQuery, readFlow, renderFlow, type StoredFlow } from '../contract/flow.ts';

export interface FlowDeps {
  /** Ids of all sites. */
  sites(): readonly string[];
  /** What is known of a site; undefined = it can't be looked up. */
  flow(site: string): Promise<StoredFlow | undefined>;
  readonly flowDays: number;
}

export function flowRoutes({ sites, flow, flowDays }: FlowDeps): Route[] {
  return [
    {
      endpoint: readFlow,
      handle: async (call) => {
        const { site: own } = principalIn(call);
        const { site: asked = own } = call.query as FlowQuery;
        if (asked !== undefined && !sites().includes(asked)) throw notFound();
        if (own !== undefined && asked !== own) throw forbidden();
        const known = await Promise.all((asked === undefined ? sites() : [asked]).map(flow));
        const items = known.map((of) => {
          if (of === undefined) throw unavailable('the view of the flow');
          return renderFlow(of, flowDays);
        });
        return { body: { items, next: null } };
      },
    },
  ];
}
