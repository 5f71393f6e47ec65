/** A row of the view `orders`, flat and absolute; what stands in it is decided in `actors/order/row.ts`. */
export interface OrderRow {
  readonly id: string;
  readonly number: string;
  readonly reference: string | null;
  readonly site: string;
  readonly status: string;
  /** null = on no board. */
  readonly lane: string | null;
  readonly tenant: string;
  readonly owner: string;
  readonly version: number;
  readonly waiting_for: string;
  /** RFC 3339, like all times here. */
  readonly due: string | null;
  readonly priority: number;
  /** Keys that sort as text by bytes, of fixed width. */
  readonly recent: string;
  readonly urgent: string;
  /** Id of the model it is made of. */
  readonly model: string;
  /** null when the lane is. */
  readonly card: unknown;
  readonly created_at: string;
  readonly updated_at: string;
}
