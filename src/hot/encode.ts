/**
 * Items as the scripts take them. What a script would refuse is refused here, before it meets the items of others: one
 * bad item fails its own caller, not everybody of the same event-loop tick.
 */
import { AndonError } from '../errors.ts';
import type { ActorItem, FinishItem, LoadRequest, PlaceItem } from './items.ts';
import type { Keys } from './keys.ts';

type Argv = readonly (string | number)[];

const bad = (what: string): AndonError => new AndonError('bad_item', `not for Redis: ${what}`);

function whole(what: string, n: number): number {
  if (!Number.isSafeInteger(n) || n < 0) throw bad(`${what} ${n}`);
  return n;
}

/** Key that routes the call on a cluster, and the item for load.lua. */
export function encodeLoad(keys: Keys, request: LoadRequest): Argv {
  const { kind, actor } = request;
  if (request.type === 'fact') return ['F', keys.state(kind, actor), keys.held(kind, actor)];
  const refusals = request.commandIds.map((id) => keys.refused(kind, actor, id));
  return ['A', keys.lease(kind, actor), keys.state(kind, actor), request.token, refusals.length, ...refusals];
}

function encodeActor(keys: Keys, item: ActorItem): Argv {
  switch (item.type) {
    case 'state':
      return [
        'S',
        keys.state(item.kind, item.actor),
        whole('version', item.version),
        item.commandId,
        item.json,
        item.quarantined === true ? 1 : '',
        keys.live(item.kind, item.actor),
        item.message,
        keys.lease(item.kind, item.actor),
        item.token ?? '',
      ];
    case 'unlock':
      return ['U', keys.lease(item.kind, item.actor), item.token];
    case 'forget':
      return ['F', keys.state(item.kind, item.actor), whole('version', item.version)];
    case 'held':
      return ['H', keys.held(item.kind, item.holder), whole('slot', item.slot), item.actor, item.held ? 1 : 0];
    case 'notice':
      if (item.message === '') throw bad('an empty notice');
      return ['N', keys.you(item.to), item.message];
    case 'refusal':
      return ['R', keys.refused(item.kind, item.actor, item.commandId), item.record];
    case 'quarantine':
      return ['Q', keys.state(item.kind, item.actor), item.quarantined ? 1 : 0];
  }
}

function encodePlace(keys: Keys, item: PlaceItem): Argv {
  const { board, actor, version, lane, recent, urgent, card, load } = item;
  if (actor === '' || actor.includes('|')) throw bad(`order ${actor}`);
  if (!/^[a-z_]*$/.test(lane)) throw bad(`lane ${lane}`);
  if (version < 1) throw bad(`version ${version}`);
  return [keys.board(board), actor, whole('version', version), lane, recent, urgent, card, load === true ? 1 : ''];
}

/** An item ready to be sent, with roughly the bytes that it brings. */
export interface Encoded {
  readonly script: 'place' | 'finish';
  readonly argv: Argv;
  readonly size: number;
}

export function encodeFinish(keys: Keys, item: FinishItem): Encoded {
  if (item.type === 'place') return { script: 'place', argv: encodePlace(keys, item), size: item.card.length };
  const size = (item.type === 'state' ? item.json.length : 0) + ('message' in item ? item.message.length : 0);
  return { script: 'finish', argv: encodeActor(keys, item), size };
}
