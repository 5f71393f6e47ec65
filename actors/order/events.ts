import type { Cancellation, Model, ModelFacts, Price, Settings } from './state.ts';

/** What happened, in the past tense. Names are the timeline's `type`; outward `order.<type>`. */
export type OrderEvent =
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
  | { readonly type: 'submitted' }
  | { readonly type: 'pricing-started'; readonly revision: number }
  | {
      readonly type: 'priced';
      readonly revision: number;
      readonly price: Price;
      readonly facts: ModelFacts;
    }
  | { readonly type: 'pricing-failed'; readonly revision: number; readonly reason: string; readonly facts?: ModelFacts }
  | { readonly type: 'approved'; readonly priceVersion: number; readonly due: string }
  | { readonly type: 'captured'; readonly operator: string; readonly slot: number }
  | {
      readonly type: 'released';
      readonly operator: string;
      readonly why: 'asked' | 'forced' | 'absent' | 'let-go';
      readonly reason?: string;
    }
  | { readonly type: 'manufacturing-started'; readonly operator: string }
  | { readonly type: 'manufacturing-completed'; readonly operator: string }
  | ({ readonly type: 'cancel-requested' } & Cancellation)
  | { readonly type: 'cancelled'; readonly by: string; readonly reason: string };
