/** What packers and quality do next with what was made. Pure. */
import type { Card } from '../../gateways/contract/card.ts';
import { pick, roll } from '../chance.ts';
import { type Act, act, isRipe, type Moment, type Reasons, type Seconds } from './act.ts';

const PACK: Seconds = [11, 26];
const SHIP: Seconds = [9, 22];
/** Before anybody packs it. */
const INSPECT: Seconds = [4, 9];

const goesOn = ({ hold, cancellation }: Card): boolean => hold === null && cancellation === null;

const CARRIERS = ['DHL', 'UPS', 'Swift Couriers'];

export function packerAct(cards: readonly Card[], moment: Moment): Act | undefined {
  for (const card of cards.filter(goesOn)) {
    const { order, status, waiting } = card;
    const ripe = (seconds: Seconds): boolean => isRipe(waiting.since, seconds, moment, order);
    if (status === 'MANUFACTURING_COMPLETED' && ripe(PACK)) return act(card, 'pack');
    if (status === 'PACKAGING' && ripe(SHIP)) {
      const tracking = `AN${Math.floor(1e9 * roll(order, 'tracking'))
        .toString()
        .padStart(9, '0')}`;
      return act(card, 'ship', { carrier: pick(CARRIERS, order) ?? '', tracking });
    }
  }
  return undefined;
}

export function qualityAct(cards: readonly Card[], reasons: Reasons, moment: Moment): Act | undefined {
  const flawed = cards
    .filter(goesOn)
    .find(
      ({ order, version, status, waiting }) =>
        status === 'MANUFACTURING_COMPLETED' &&
        roll(order, version, 'flawed') < 0.05 &&
        isRipe(waiting.since, INSPECT, moment, order),
    );
  const reason = flawed && pick(reasons['rework'] ?? [], flawed.order, flawed.version)?.id;
  return flawed && reason !== undefined ? act(flawed, 'rework', { reason }) : undefined;
}
