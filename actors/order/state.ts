import type { Status } from './lifecycle.ts';

/** Integer minor units (cents) of an ISO 4217 currency. */
export interface Money {
  readonly amount: number;
  readonly currency: string;
}

export interface Settings {
  readonly material: string;
  readonly finish: string;
  readonly quantity: number;
  readonly urgency: string;
}

/** What only parsing the mesh shows. */
export interface ModelFacts {
  readonly volumeMm3: number;
  readonly areaMm2: number;
  readonly sizeMm: readonly [number, number, number];
  readonly triangles: number;
  readonly shells: number;
  readonly closed: boolean;
}

export interface Model {
  readonly id: string;
  readonly name: string;
  readonly bytes: number;
  readonly facts?: ModelFacts;
}

export interface PriceLine {
  readonly name: string;
  readonly amount: number;
}

/** `lines` add up to `amount`. `tariff` = hash of the tariff it was calculated with, or that stood when a person set it. */
export interface Price extends Money {
  readonly version: number;
  readonly lines: readonly PriceLine[];
  readonly validUntil: string;
  readonly tariff: string;
  /** Its time is over, and the order has been told. */
  readonly expired?: true;
}

/** `slot` = number of the work-in-progress claim `slot:<operator>:<slot>`. */
export interface Capture {
  readonly operator: string;
  readonly since: string;
  readonly slot: number;
}

/** `role` = under which it was put on hold: tells who is to lift it. `note` = id of a row in `notes`. */
export interface Hold {
  readonly reason: string;
  readonly by: string;
  readonly role: string;
  readonly since: string;
  readonly note?: string;
}

/** The holder's offer to another operator; it keeps the order until the other accepts. */
export interface HandOver {
  readonly to: string;
  readonly by: string;
  readonly at: string;
  readonly deadline: string;
  /** Of the row that made the offer. */
  readonly version: number;
}

/** A question to holder and CRM. */
export interface Cancellation {
  readonly by: string;
  readonly role: string;
  readonly reason: string;
  readonly at: string;
  readonly deadline: string;
  /** Of the row that asked. */
  readonly version: number;
  /** Nobody answered in time: it is CRM's question now. */
  readonly escalated?: true;
}

export interface Shipment {
  readonly carrier: string;
  readonly tracking: string;
  readonly at: string;
}

/** The order as the log holds it in `after`: ids of persons, never their names. */
export interface OrderState {
  readonly id: string;
  /** Of the row that led to this state: the next row's is one more, so a decision can name it. */
  readonly version: number;
  readonly number: string;
  readonly reference?: string;
  readonly site: string;
  /** Who placed it: tenant and person (buyer) or partner. */
  readonly tenant: string;
  readonly owner: string;
  readonly status: Status;
  /** When the status was reached. */
  readonly statusSince: string;
  /** How long it was on hold in this status, in holds that are over, milliseconds; absent = not at all. */
  readonly heldMs?: number;
  /** When it was first submitted, until its making begins; absent = is not on that way. */
  readonly submittedAt?: string;
  /** Raised by every change of model or settings: a result for an older revision is obsolete. */
  readonly revision: number;
  readonly priority: number;
  readonly due?: string;
  readonly settings: Settings;
  readonly model: Model;
  readonly price?: Price;
  /** Version of the last price given, also of one that is void by now; 0 = none yet. A number is never used twice. */
  readonly priceVersion: number;
  /** Why pricing failed (id of a reason); present in PRICE_FAILED. */
  readonly priceFailure?: string;
  /** In PRICING: the model can't be read yet. */
  readonly awaitsStorage?: true;
  readonly capture: Capture | null;
  /** Number of the capture: raised by every capture, release, hand-over and rework. */
  readonly epoch: number;
  readonly handOver?: HandOver;
  readonly hold?: Hold;
  /** Version of the row that last started the clock of expiry or closing; absent = none but the first has run. */
  readonly clock?: number;
  readonly cancellation?: Cancellation;
  readonly shipment?: Shipment;
  /** Since when the order waits for whom it waits now (`waiting.ts`). */
  readonly waitingSince: string;
  /** Has been on a board: from then on every row says where it is, or that it is not there. */
  readonly boarded: boolean;
  readonly createdAt: string;
  readonly updatedAt: string;
}
