/** Unique names that orders hold: what no two orders may have at once. */
import { HOUSE } from '../roles.ts';

/** An operator's place n of 1..limit: makes the work-in-progress limit hard. */
export const slotClaim = (operator: string, slot: number): string => `${slotPrefix(operator)}${slot}`;
export const slotPrefix = (operator: string): string => `${SLOTS}${operator}:`;
/** What the slots of all operators begin with. */
export const SLOTS = 'slot:';
/** The operator whose slot this is. */
export const holderOfSlot = (claim: string): string => claim.slice(SLOTS.length, claim.lastIndexOf(':'));

/** A partner's own number of an order, unique for ever; buyers share a tenant, so theirs is unique per buyer. */
export const referenceClaim = (tenant: string, owner: string, reference: string): string =>
  `ref:${tenant === HOUSE ? owner : tenant}:${reference}`;
