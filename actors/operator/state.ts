/** An operator as the log holds it. What it holds now is a view of the claims, not part of this. */
export interface OperatorState {
  readonly id: string;
  readonly site: string;
  readonly onShift: boolean;
  readonly shiftSince?: string;
  /** Most orders held at once, 1-1000. */
  readonly limit: number;
  /** Ids of materials the operator may work; absent = all. */
  readonly skills?: readonly string[];
}

export type OperatorEvent =
  | { readonly type: 'hired'; readonly site: string; readonly limit: number; readonly skills?: readonly string[] }
  | { readonly type: 'shift-started' }
  | { readonly type: 'shift-ended' }
  | { readonly type: 'limit-set'; readonly limit: number }
  | { readonly type: 'skills-set'; readonly skills: readonly string[] };

/** What a guard of an order needs to know of an operator. `slots`: numbers of the slots in use. */
export interface OperatorFact {
  readonly state: OperatorState;
  readonly slots: readonly number[];
}
