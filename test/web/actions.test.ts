/** What a card offers is what the order takes: the table is held against the order's own decisions over random stories. */
import fc from 'fast-check';
import * as assert from 'uvu/assert';
import { card as cardOf } from '../../actors/order/card.ts';
import { ORDER_COMMANDS, type OrderCommand } from '../../actors/order/commands.ts';
import type { OrderState } from '../../actors/order/state.ts';
import type { Role } from '../../actors/roles.ts';
import { type Card, renderCard } from '../../gateways/contract/card.ts';
import { type Issuer, isRefusal } from '../../src/runtime/actor.ts';
import {
  type ActionType,
  arrangeOffers,
  type Looker,
  namesEpoch,
  type Offer,
  offers,
} from '../../web/board/actions.ts';
import { actText } from '../../web/text/acts.ts';
import { spec } from '../_kit/spec.ts';
import type { Floor } from '../actors/floor.ts';
import { ORDER_SAMPLES } from '../actors/samples.ts';
import { anyStory, OPERATORS, play } from '../actors/stories.ts';
import { BOSS, BOTH, OLGA, OTTO, PIA, QUINN } from '../actors/world.ts';
import { at, card } from './example-card.ts';

const test = spec('what a card offers');
const TYPES = Object.keys(actText.actions) as ActionType[];
const LOOKERS = [OLGA, OTTO, BOSS, BOTH, PIA, QUINN];
/** What stands in the way, by the code of the order's refusal. */
const OBSTACLES: Readonly<Record<string, string>> = {
  on_hold: 'on-hold',
  off_shift: 'off-shift',
  cancel_pending: 'cancel-open',
};
/** What a card cannot tell: slots, the fields chosen in a form, and of whom the form asks. */
const UNSEEN: readonly string[] = ['wip_limit', 'invalid'];
const UNSEEN_OF_OTHERS: readonly string[] = ['off_shift', 'wrong_site', 'wrong_skill'];

const lookerOf = (floor: Floor, { id, roles }: Issuer): Looker => ({
  id,
  roles,
  operator: roles.includes('operator') ? { onShift: floor.atWork.has(id) } : undefined,
  now: floor.now,
});

/** As the page would send it: about the capture it sees, and never what is so already. */
function sample(type: ActionType, order: OrderState): OrderCommand {
  if (type === 'set-priority') return { type, priority: (order.priority + 1) % 4 };
  if (type === 'move') return { type, site: order.site === 'north' ? 'south' : 'north' };
  const command = ORDER_SAMPLES[type];
  const about = namesEpoch(type) ? { ...command, epoch: order.epoch } : command;
  const to = OPERATORS.find(({ id }) => id !== order.capture?.operator && id !== order.handOver?.to)?.id ?? '';
  return (type === 'hand-over' ? { ...about, to } : about) as OrderCommand;
}

function codeOf(floor: Floor, type: ActionType, as: Issuer): string | undefined {
  const { state } = floor;
  const role: Role | undefined = ORDER_COMMANDS[type].roles.find((one) => as.roles.includes(one));
  if (state === undefined || role === undefined) return 'forbidden';
  const decision = floor.judge(sample(type, state), { ...as, role });
  if (!isRefusal(decision)) return decision.events.length > 0 ? undefined : 'nothing new';
  const unseen = type === 'hand-over' ? [...UNSEEN, ...UNSEEN_OF_OTHERS] : UNSEEN;
  return unseen.includes(decision.refused) ? undefined : decision.refused;
}

test('a command is offered exactly where the order takes it, or is explained where it does not', () => {
  fc.assert(
    fc.property(anyStory, (story) => {
      play(story, (floor, { command }) => {
        const stored = floor.state && cardOf(floor.state, floor.rows.length);
        if (!stored || floor.state?.site !== 'north') return;
        const card = renderCard(stored, () => undefined);
        for (const as of LOOKERS) {
          const offered = new Map(offers(card, lookerOf(floor, as)).map((offer) => [offer.type, offer]));
          for (const type of TYPES) {
            const code = codeOf(floor, type, as);
            const offer = offered.get(type);
            const said = `${as.roles} ${type} after ${command.type} in ${card.status}: ${code}`;
            if (offer?.why === undefined) assert.is(offer !== undefined, code === undefined, said);
            else assert.is(offer.why, OBSTACLES[code ?? ''], said);
          }
        }
      });
    }),
    { numRuns: 60, includeErrorInReport: true },
  );
});

test('everybody on the floor is offered every command that the floor’s sockets take from them', () => {
  for (const [type, { roles, exposed, creates }] of Object.entries(ORDER_COMMANDS)) {
    if (creates || !exposed.some((edge) => edge === 'mes')) continue;
    assert.ok(TYPES.includes(type as ActionType), `${type} of ${roles}`);
  }
});

const CARD = card('0d000000-0000-4000-8000-000000000001', {
  status: 'MANUFACTURING_STARTED',
  material: 'silver-925',
  capture: { operator: { id: OLGA.id, name: 'Olga' }, since: at(0) },
});
const HELD: Card = { ...CARD, hold: { reason: 'quality', by: {}, since: CARD.updatedAt } };
const NOW = Date.parse(CARD.updatedAt);
const as = (issuer: Issuer, more: Partial<Looker> = {}): Looker => ({
  id: issuer.id,
  roles: issuer.roles,
  operator: undefined,
  now: NOW,
  ...more,
});
const named = (list: readonly Offer[]): string[] => list.map(({ type }) => type);

test('somebody is offered every action', () => {
  const offered = { to: { id: OTTO.id, name: 'Otto' }, by: {}, at: CARD.updatedAt, deadline: CARD.updatedAt };
  const asked = { by: {}, reason: 'changed-mind', at: CARD.updatedAt, deadline: CARD.updatedAt };
  const cards: Card[] = [
    { ...CARD, handOver: offered, cancellation: asked },
    { ...CARD, status: 'MANUFACTURING_APPROVED' },
    { ...CARD, capture: null, status: 'MANUFACTURING_APPROVED', lane: 'new' },
    { ...CARD, capture: null, status: 'MANUFACTURING_COMPLETED', lane: 'made' },
    { ...CARD, capture: null, status: 'PACKAGING', lane: 'made' },
    HELD,
  ];
  const seen = new Set(cards.flatMap((card) => LOOKERS.flatMap((one) => named(offers(card, as(one))))));
  assert.equal([...seen].toSorted(), TYPES.toSorted());
});

test('a card has one main step, and of a held one it is to resume', () => {
  assert.is(arrangeOffers(offers(CARD, as(OLGA))).main?.type, 'complete');
  const held = arrangeOffers(offers(HELD, as(OLGA)));
  assert.is(held.main?.type, 'resume');
  assert.not.ok(named(held.more).includes('complete'), 'what cannot be done now is not listed');
});

test('the holder gives back at once, a supervisor takes away with a reason', () => {
  const release = (who: Issuer) => offers(CARD, as(who)).find(({ type }) => type === 'release');
  assert.equal(release(OLGA), { type: 'release', where: 'aside', asks: [] });
  assert.equal(release(BOSS), { type: 'release', where: 'more', asks: ['reason'] });
  assert.is(release(OTTO), undefined);
});

test('what I am not skilled in is explained, not offered', () => {
  const free: Card = { ...CARD, capture: null, status: 'MANUFACTURING_APPROVED', lane: 'new' };
  const skilled = (skills: string[]) =>
    arrangeOffers(offers(free, as(OTTO, { operator: { onShift: true, skills } }))).main?.why;
  assert.is(skilled(['brass']), 'wrong-skill');
  assert.is(skilled(['brass', 'silver-925']), undefined);
});

test('who packs and judges is led to pack, and may still send back', () => {
  const made: Card = { ...CARD, capture: null, lane: 'made', status: 'MANUFACTURING_COMPLETED' };
  const both = arrangeOffers(offers(made, as({ ...PIA, roles: ['packer', 'quality'] })));
  assert.is(both.main?.type, 'pack');
  assert.equal(named(both.more), ['rework']);
  assert.is(arrangeOffers(offers(made, as(QUINN))).main?.type, 'rework');
});

test('who only looks is offered nothing', () => {
  assert.equal(offers(CARD, as(PIA)), []);
  assert.equal(offers(CARD, { id: undefined, roles: [], operator: undefined, now: NOW }), []);
});
