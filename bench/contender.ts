/** What is compared: the same orders, the same operators, the same three steps, each durable when it is answered. */
export type Step = 'capture' | 'start' | 'complete';

export interface Contender {
  readonly name: string;
  /** `count` fresh orders that operators may capture; resolves with their ids. */
  prepare(count: number): Promise<readonly string[]>;
  /** true = accepted, false = refused (somebody else holds it). `operator` counts from 0. */
  step(step: Step, order: string, operator: number): Promise<boolean>;
  close(): Promise<void>;
}
