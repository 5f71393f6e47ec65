import type { AnyDefinition } from './judge.ts';

/** A state as Redis keeps it: JSON of [state version, state]. */
export const pack = (definition: AnyDefinition, state: unknown): string => packText(definition, JSON.stringify(state));

/** The same of a state that is JSON already. */
export const packText = ({ stateVersion }: AnyDefinition, state: string): string => `[${stateVersion},${state}]`;

/** Undefined: can't be read, which is as good as not being there. */
export function unpack(definition: AnyDefinition, json: string): unknown {
  try {
    const [stateVersion, state] = JSON.parse(json) as [number, unknown];
    return stateVersion === definition.stateVersion ? state : definition.upcast(state, stateVersion);
  } catch {
    return undefined;
  }
}
