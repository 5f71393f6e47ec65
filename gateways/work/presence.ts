/**
 * The duty `presence`: watches who is at the boards, and lets go what absent holders have not begun. Looking goes on
 * while holders are looked up and orders are told: a late look is a gap.
 */
import type { Pool } from 'pg';
import { holderOfSlot, SLOTS } from '../../actors/order/claims.ts';
import type { OrderState } from '../../actors/order/state.ts';
import type { Core } from '../../src/core.ts';
import { codeOf } from '../../src/errors.ts';
import type { HashOf } from '../../src/identity/envelope.ts';
import { presenceTimes } from '../../src/live/presence-times.ts';
import { PresenceWatch } from '../../src/live/presence-watch.ts';
import type { Answer } from '../../src/runtime/actor.ts';
import type { Runtime } from '../../src/runtime/runtime.ts';
import { follow } from '../../src/views/follow.ts';
import { type Held, readHeld } from '../../src/views/held.ts';
import { releaseAbsent } from './absent.ts';

export interface PresenceTools {
  readonly sites: readonly string[];
  readonly runtime: Runtime;
  readonly hashOf: HashOf;
  report(what: string, details: Readonly<Record<string, unknown>>): void;
}

/** By holder. */
type Holdings = ReadonlyMap<string, readonly Held[]>;

interface Site {
  readonly watch: PresenceWatch;
  /** undefined = not looked up yet. */
  held: Holdings | undefined;
  overdue: readonly string[];
}

export function presenceDuty(core: Core, pool: Pool, tools: PresenceTools): (signal: AbortSignal) => Promise<void> {
  const { redis, keys, config, log } = core;
  const { runtime, hashOf, report } = tools;
  const times = presenceTimes(config.graceMs);

  const look = async (site: Site): Promise<void> => {
    site.overdue = await site.watch.look(site.held && new Set(site.held.keys())).catch((error: unknown) => {
      if (codeOf(error) !== 'redis_away') report('presence could not be looked at', { error });
      return []; // the next look is late, or finds another Redis: nothing is counted meanwhile
    });
  };
  const lookUp = async (sites: ReadonlyMap<string, Site>): Promise<void> => {
    const held = await readHeld(pool, SLOTS);
    for (const [name, site] of sites) {
      const here = held.filter((one) => one.site === name);
      site.held = Map.groupBy(here, (one) => holderOfSlot(one.name));
    }
  };
  const release = async ({ watch, held, overdue }: Site): Promise<void> => {
    for (const holder of overdue) {
      const line = {
        // The actor is an order: its answers carry the state of one.
        send: (envelope: Parameters<Runtime['send']>[0]) => runtime.send(envelope) as Promise<Answer<OrderState>>,
        sign: hashOf,
        read: async (order: string) => (await runtime.read('order', order))?.state as OrderState | undefined,
        isOverdue: (person: string) => watch.isOverdue(person),
        now: Date.now,
        graceMs: times.graceMs,
        released: (order: string, operator: string) =>
          log.info({ event_type: 'released_absent', order_id: order, operator }, 'an absent holder lost an order'),
        failed: (order: string, error: unknown) =>
          report('an order of an absent holder could not be released', { order_id: order, error }),
      };
      const orders = held?.get(holder)?.map(({ order }) => order) ?? [];
      await releaseAbsent(line, holder, orders);
    }
  };

  return async (signal) => {
    const sites = new Map(
      tools.sites.map((site): [string, Site] => {
        const watch = new PresenceWatch({ redis, keys, site, times, streamKeep: config.streamKeep });
        return [site, { watch, held: undefined, overdue: [] }];
      }),
    );
    const all = [...sites.values()];
    const looking = follow(signal, () => Promise.all(all.map(look)).then(() => false), {
      pauseMs: times.lookMs,
      report: (error) => report('presence could not be looked at', { error }),
    });
    const letting = follow(
      signal,
      async () => {
        await lookUp(sites);
        for (const site of all) await release(site);
        return false;
      },
      { pauseMs: times.beatMs, report: (error) => report('absent holders could not be released', { error }) },
    );
    await Promise.all([looking, letting]);
  };
}
