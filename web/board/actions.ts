/**
 * What somebody may do with a card, by role and by how the card stands: one rule per command. Pure. The server decides;
 * this only keeps from offering what it would refuse, and says what stands in the way where that passes.
 */
import type { Card } from '../../gateways/contract/card.ts';

/** Who looks at the card, and when. */
export interface Looker {
  readonly id: string | undefined;
  readonly roles: readonly string[];
  /** My own shift and skills; undefined = no operator, or not known yet. */
  readonly operator: { readonly onShift: boolean; readonly skills?: readonly string[] } | undefined;
  readonly now: number;
}

/** What must be said along with an action. */
export type Input = 'reason' | 'note' | 'to' | 'carrier' | 'tracking' | 'priority' | 'site';
/** Offered, but cannot be done just now. */
export type Obstacle = 'on-hold' | 'off-shift' | 'wrong-skill' | 'cancel-open';
/** `main`: the step that moves the order on, one button per card; `aside`: beside it; `band`: answers a question. */
type Where = 'main' | 'aside' | 'band' | 'more';

interface Rule {
  readonly roles: readonly string[];
  readonly when: (card: Card, who: Looker) => boolean;
  readonly cannot?: (card: Card, who: Looker) => Obstacle | undefined;
  readonly asks?: (card: Card, who: Looker) => readonly Input[];
  readonly where: (card: Card, who: Looker) => Where;
  /** The command names the capture it is about. */
  readonly epoch?: true;
}

const has = (who: Looker, ...roles: readonly string[]): boolean => roles.some((role) => who.roles.includes(role));
const held = (card: Card): boolean => card.capture !== null;
const mine = (card: Card, who: Looker): boolean => held(card) && card.capture?.operator.id === who.id;
const status = (card: Card, ...among: readonly Card['status'][]): boolean => among.includes(card.status);
const onFloor = (card: Card): boolean => status(card, 'MANUFACTURING_APPROVED', 'MANUFACTURING_STARTED');

/** The offer of this card to somebody, as long as it stands. */
export const standingOffer = (card: Card, now: number): Card['handOver'] =>
  card.handOver !== null && now <= Date.parse(card.handOver.deadline) ? card.handOver : null;

const offeredToMe = (card: Card, who: Looker): boolean =>
  held(card) && !mine(card, who) && onFloor(card) && standingOffer(card, who.now)?.to.id === who.id;

/** Nobody answered in time: now it is for sales to decide. */
export const cancelEscalated = ({ cancellation, waiting }: Card, now: number): boolean =>
  cancellation !== null && (waiting.reason === 'cancel-unanswered' || now > Date.parse(cancellation.deadline));

const onHold = (card: Card): Obstacle | undefined => (card.hold === null ? undefined : 'on-hold');
const unfit = (card: Card, { operator }: Looker): Obstacle | undefined => {
  if (operator === undefined) return undefined;
  if (!operator.onShift) return 'off-shift';
  return operator.skills?.includes(card.material) === false ? 'wrong-skill' : undefined;
};

const main = (): Where => 'main';
const band = (): Where => 'band';
const more = (): Where => 'more';
const reason = (): readonly Input[] => ['reason'];

/** In the order in which they are offered: of several main steps the first that can be done is *the* step. */
const RULES = {
  'accept-hand-over': { roles: ['operator'], when: offeredToMe, cannot: unfit, where: band, epoch: true },
  'decline-hand-over': { roles: ['operator'], when: offeredToMe, where: band, epoch: true },
  'accept-cancel': {
    roles: ['operator', 'crm'],
    when: (card, who) => card.cancellation !== null && (mine(card, who) || has(who, 'crm')),
    where: band,
  },
  'refuse-cancel': {
    roles: ['operator', 'crm'],
    when: (card, who) => card.cancellation !== null && (mine(card, who) || has(who, 'crm')),
    asks: reason,
    where: band,
  },
  resume: {
    roles: ['operator', 'supervisor', 'crm'],
    when: (card, who) => card.hold !== null && (mine(card, who) || has(who, 'supervisor', 'crm')),
    where: main,
  },
  capture: {
    roles: ['operator'],
    when: (card) => onFloor(card) && !held(card),
    cannot: (card, who) => onHold(card) ?? unfit(card, who),
    where: main,
    epoch: true,
  },
  start: {
    roles: ['operator'],
    when: (card, who) => mine(card, who) && status(card, 'MANUFACTURING_APPROVED'),
    cannot: onHold,
    where: main,
    epoch: true,
  },
  complete: {
    roles: ['operator'],
    when: (card, who) => mine(card, who) && status(card, 'MANUFACTURING_STARTED'),
    cannot: onHold,
    where: main,
    epoch: true,
  },
  pack: {
    roles: ['packer'],
    when: (card) => status(card, 'MANUFACTURING_COMPLETED'),
    cannot: onHold,
    where: main,
  },
  ship: {
    roles: ['packer'],
    when: (card) => status(card, 'PACKAGING'),
    cannot: (card, who) =>
      onHold(card) ?? (card.cancellation !== null && !cancelEscalated(card, who.now) ? 'cancel-open' : undefined),
    asks: () => ['carrier', 'tracking'],
    where: main,
  },
  rework: {
    roles: ['quality', 'supervisor'],
    when: (card) => status(card, 'MANUFACTURING_COMPLETED', 'PACKAGING'),
    asks: reason,
    where: (_, who) => (has(who, 'quality') ? 'main' : 'more'),
  },
  release: {
    roles: ['operator', 'supervisor'],
    when: (card, who) => held(card) && onFloor(card) && (mine(card, who) || has(who, 'supervisor')),
    asks: (card, who) => (mine(card, who) ? [] : ['reason']),
    where: (card, who) => (mine(card, who) ? 'aside' : 'more'),
    epoch: true,
  },
  'hand-over': {
    roles: ['operator', 'supervisor'],
    when: (card, who) => held(card) && onFloor(card) && (mine(card, who) || has(who, 'supervisor')),
    asks: () => ['to'],
    where: more,
    epoch: true,
  },
  hold: {
    roles: ['operator', 'supervisor', 'crm'],
    when: (card, who) => card.hold === null && (mine(card, who) || has(who, 'supervisor', 'crm')),
    asks: () => ['reason', 'note'],
    where: more,
  },
  'set-priority': { roles: ['supervisor'], when: () => true, asks: () => ['priority'], where: more },
  move: { roles: ['supervisor'], when: (card) => !held(card), asks: () => ['site'], where: more },
} as const satisfies Readonly<Record<string, Rule>>;

export type ActionType = keyof typeof RULES;
const TYPES = Object.keys(RULES) as ActionType[];

export interface Offer {
  readonly type: ActionType;
  readonly where: Where;
  readonly asks: readonly Input[];
  readonly why?: Obstacle;
}

export function offers(card: Card, who: Looker): Offer[] {
  return TYPES.flatMap((type): Offer[] => {
    const rule: Rule = RULES[type];
    if (!has(who, ...rule.roles) || !rule.when(card, who)) return [];
    const why = rule.cannot?.(card, who);
    const offer = { type, where: rule.where(card, who), asks: rule.asks?.(card, who) ?? [] };
    return [why === undefined ? offer : { ...offer, why }];
  });
}

export const namesEpoch = (type: ActionType): boolean => (RULES[type] as Rule).epoch === true;

export interface Arrangement {
  readonly main: Offer | undefined;
  readonly aside: readonly Offer[];
  readonly band: readonly Offer[];
  readonly more: readonly Offer[];
}

/** Which of them are buttons of the card itself. A main step that cannot be done is shown only where there is no other. */
export function arrangeOffers(all: readonly Offer[]): Arrangement {
  const steps = all.filter((offer) => offer.where === 'main');
  const step = steps.find((offer) => offer.why === undefined) ?? steps[0];
  const rest = steps.filter((offer) => offer !== step && offer.why === undefined);
  return {
    main: step,
    aside: all.filter((offer) => offer.where === 'aside'),
    band: all.filter((offer) => offer.where === 'band'),
    more: [...rest, ...all.filter((offer) => offer.where === 'more')],
  };
}
