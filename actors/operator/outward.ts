import type { LogRow } from '../../src/runtime/actor.ts';
import type { OperatorEvent, OperatorState } from './state.ts';

/** What the world outside learns of a row. */
export const outward = ({ events, after }: LogRow<OperatorState, OperatorEvent>) =>
  events.map(({ type, ...data }) => ({ type: `operator.${type}`, site: after.site, data }));
