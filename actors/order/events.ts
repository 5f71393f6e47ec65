import type { Cancellation, HandOver, Hold, Model, ModelFacts, Price, Settings, Shipment } from './state.ts';

/** What happened, in the past tense. Names are the timeline's `type`; outward `order.<type>`. */
export type OrderEvent = CustomerEvent | OfficeEvent | FloorEvent | QuestionEvent;

/** From the order's placing to its approval. */
type CustomerEvent =
  | {
      readonly type: 'created';
      readonly number: string;
      readonly site: string;
      readonly tenant: string;
      readonly owner: string;
      readonly model: Model;
      readonly settings: Settings;
      readonly reference?: string;
      /** Ids of rows in `people` and `notes` (personal data never stands in the log). */
      readonly contact?: string;
      readonly note?: string;
    }
  | { readonly type: 'model-attached'; readonly model: Model; readonly revision: number }
  | { readonly type: 'settings-changed'; readonly settings: Settings; readonly revision: number }
  | { readonly type: 'submitted' }
  /** `storage`: the model can't be read yet; without it said again: it can now. */
  | { readonly type: 'pricing-started'; readonly revision: number; readonly storage?: true }
  | {
      readonly type: 'priced';
      readonly revision: number;
      readonly price: Price;
      readonly facts: ModelFacts;
    }
  | { readonly type: 'pricing-failed'; readonly revision: number; readonly reason: string; readonly facts?: ModelFacts }
  | { readonly type: 'price-expired'; readonly priceVersion: number }
  | { readonly type: 'approved'; readonly priceVersion: number; readonly due: string }
  | { readonly type: 'expired' };

type OfficeEvent =
  | { readonly type: 'price-set'; readonly price: Price; readonly reason: string }
  | { readonly type: 'rejected'; readonly reason: string }
  | ({ readonly type: 'held' } & Hold)
  | { readonly type: 'resumed'; readonly heldMs: number }
  | { readonly type: 'priority-set'; readonly priority: number }
  /** With a `revision` the price is calculated anew, by the new site's tariff. */
  | { readonly type: 'moved'; readonly from: string; readonly site: string; readonly revision?: number };

/** Work on the floor and the way to the customer. */
type FloorEvent =
  | { readonly type: 'captured'; readonly operator: string; readonly slot: number }
  | {
      readonly type: 'released';
      readonly operator: string;
      readonly why: 'asked' | 'forced' | 'absent' | 'let-go';
      readonly reason?: string;
    }
  | ({ readonly type: 'hand-over-offered' } & HandOver)
  | { readonly type: 'hand-over-declined'; readonly to: string }
  | { readonly type: 'hand-over-lapsed'; readonly to: string }
  | { readonly type: 'handed-over'; readonly from: string; readonly operator: string; readonly slot: number }
  | { readonly type: 'manufacturing-started'; readonly operator: string }
  | { readonly type: 'manufacturing-completed'; readonly operator: string }
  | { readonly type: 'reworked'; readonly reason: string; readonly priority: number }
  | { readonly type: 'packed' }
  | ({ readonly type: 'shipped' } & Shipment)
  | { readonly type: 'delivered' }
  | { readonly type: 'closed' };

/** Whether the order shall be cancelled. */
type QuestionEvent =
  | ({ readonly type: 'cancel-requested' } & Cancellation)
  | { readonly type: 'cancel-escalated' }
  | { readonly type: 'cancel-refused'; readonly by: string; readonly reason: string }
  | { readonly type: 'cancelled'; readonly by: string; readonly reason: string };
