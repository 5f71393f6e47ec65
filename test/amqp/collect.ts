/** What a consumer has that drops repeats: the first copy of each event, in the order of their coming. */
import * as assert from 'uvu/assert';
import type { OutwardEvent } from '../../gateways/contract/events.ts';
import type { Heard } from './open-broker.ts';

export interface Wanted {
  readonly actor: string;
  readonly version: number;
  /** Events of that version, in order. */
  readonly types: readonly string[];
}

export function firstCopies(heard: readonly Heard[]): OutwardEvent[] {
  const seen = new Map<string, OutwardEvent>();
  for (const { id, key, body } of heard) {
    const event = JSON.parse(body) as OutwardEvent;
    assert.is(event.id, id);
    assert.is(event.type, key);
    if (!seen.has(id)) seen.set(id, event);
  }
  return [...seen.values()];
}

/** Every event of the log once, those of each actor in order, and nothing else. */
export function assertComplete(heard: readonly Heard[], log: readonly Wanted[]): void {
  const of = new Map<string, string[]>();
  for (const { actor, version, type } of firstCopies(heard))
    of.set(actor, [...(of.get(actor) ?? []), `${version} ${type}`]);
  const wanted = new Map<string, string[]>();
  for (const { actor, version, types } of log)
    wanted.set(actor, [...(wanted.get(actor) ?? []), ...types.map((type) => `${version} ${type}`)]);
  for (const [actor, events] of wanted) assert.equal(of.get(actor), events, actor);
  assert.is(of.size, wanted.size);
}
