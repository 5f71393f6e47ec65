import { type Decision, refuse } from '../../../src/runtime/actor.ts';
import { tariffFor } from '../../pricing/book.ts';
import { settingsFaults } from '../../pricing/settings.ts';
import { referenceClaim } from '../claims.ts';
import type { OrderCommandNamed } from '../commands.ts';
import type { OrderEvent } from '../events.ts';
import { endOf, timer } from '../times.ts';
import { invalid, type OrderContext } from './guards.ts';
import { modelOf, ownedBy } from './revise.ts';

/**
 * The one command that needs no order. Contact and note are personal data: the edge has put them into `people` and
 * `notes` under the ids `id('contact')` and `id('note')`; the event names those.
 */
export function create(command: OrderCommandNamed<'create'>, context: OrderContext): Decision<OrderEvent> {
  const { issuer, facts } = context;
  const tariff = tariffFor(facts.tariffs, command.site, command.settings);
  const model = ownedBy(issuer, facts.model);
  const faults = settingsFaults(facts.tariffs ?? [], command.site, command.settings);
  if (model === undefined) faults.push({ path: '/model', rule: 'unknown model' });
  if (tariff === undefined || model === undefined || faults.length > 0) return invalid(faults);

  const { reference } = command;
  const claim = reference === undefined ? undefined : referenceClaim(issuer.tenant, issuer.id, reference);
  const taken = claim === undefined ? undefined : context.taken.get(claim);
  if (taken !== undefined) return refuse('reference_taken', { order: taken });

  if (facts.number === undefined) throw new Error('no number was fetched for a new order');
  return {
    events: [
      {
        type: 'created',
        number: `${tariff.numberPrefix}-${facts.number.padStart(5, '0')}`,
        site: tariff.site,
        tenant: issuer.tenant,
        owner: issuer.id,
        model: modelOf(model),
        settings: command.settings,
        ...(reference === undefined ? {} : { reference }),
        ...(command.contact === undefined ? {} : { contact: context.id('contact') }),
        ...(command.note === undefined ? {} : { note: context.id('note') }),
      },
    ],
    ...(claim === undefined ? {} : { takes: [claim] }),
    jobs: [timer(context, 'expire', 1, endOf('expireMs', context))],
  };
}
