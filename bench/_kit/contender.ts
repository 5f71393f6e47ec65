/** What is compared: the same orders, the same operators, the same steps, each durable when it is answered. */
export type Step = 'capture' | 'start' | 'complete';

export const STEPS_IN_ORDER: readonly Step[] = ['capture', 'start', 'complete'];

export interface Contender {
  readonly name: string;
  /** Once on each stand, before anything else, by one process. */
  begin(): Promise<void>;
  /** `count` fresh orders that operators may capture; resolves with their ids. */
  prepare(count: number): Promise<readonly string[]>;
  /** true = accepted, false = refused (somebody else holds it). `operator` counts from 0. */
  step(step: Step, order: string, operator: number): Promise<boolean>;
  /** An order at version 1 that takes any number of changes. */
  draft(): Promise<string>;
  /** One change of a draft, always accepted and never the same. */
  touch(order: string): Promise<boolean>;
  versionOf(order: string): Promise<number>;
  close(): Promise<void>;
}
