/**
 * Items as the scripts take them. What a script would refuse is refused here, before it meets the items of others: one
 * bad item fails its own caller, not everybody of the same event-loop tick.
 */
import { AndonError } from '../errors.ts';
import type { ActorItem, FinishItem, LoadRequest, PlaceItem } from './items.ts';
import type { Keys } from './keys.ts';
import { stateText } from './state-text.ts';

/** All text: a number would be turned into text on its way, one by one. */
type Argv = string[];

const bad = (what: string): AndonError => new AndonError('bad_item', `not for Redis: ${what}`);

function whole(what: string, n: number): string {
  if (!Number.isSafeInteger(n) || n < 0) throw bad(`${what} ${n}`);
  return String(n);
}

/** For lease.lua, and the keys of what is read behind it: first of each request its state. */
export function encodeLoad(keys: Keys, request: LoadRequest, leases: Argv, texts: Argv): void {
  const { kind, actor } = request;
  texts.push(keys.state(kind, actor));
  if (request.type === 'fact') leases.push('F', keys.held(kind, actor));
  else {
    leases.push('A', keys.lease(kind, actor), request.token);
    for (const id of request.commandIds) texts.push(keys.refused(kind, actor, id));
  }
}

function encodeActor(keys: Keys, item: ActorItem, argv: Argv): void {
  switch (item.type) {
    case 'state': {
      const { kind, actor, version, commandId, json, quarantined = false, message, token } = item;
      whole('version', version);
      if (commandId.includes('|')) throw bad(`command ${commandId}`);
      const [before, after] = message ?? ['', ''];
      argv.push('S', keys.actor(kind, actor), stateText({ version, commandId, json, quarantined }));
      argv.push(before, after, token ?? '');
      break;
    }
    case 'unlock':
      argv.push('U', keys.actor(item.kind, item.actor), item.token);
      break;
    case 'forget':
      argv.push('F', keys.actor(item.kind, item.actor), whole('version', item.version));
      break;
    case 'held':
      argv.push('H', keys.actor(item.kind, item.holder), whole('slot', item.slot), item.actor, item.held ? '1' : '0');
      break;
    case 'notice':
      if (item.message === '') throw bad('an empty notice');
      argv.push('N', keys.you(item.to), item.message);
      break;
    case 'refusal':
      argv.push('R', keys.refused(item.kind, item.actor, item.commandId), item.record);
      break;
    case 'quarantine':
      argv.push('Q', keys.actor(item.kind, item.actor), item.quarantined ? '1' : '0');
      break;
  }
}

function encodePlace(keys: Keys, item: PlaceItem, argv: Argv): void {
  const { board, actor, version, lane, recent, urgent, card, load } = item;
  if (actor === '' || actor.includes('|')) throw bad(`order ${actor}`);
  if (!/^[a-z_]*$/.test(lane)) throw bad(`lane ${lane}`);
  if (version < 1) throw bad(`version ${version}`);
  argv.push(keys.board(board), actor, whole('version', version), lane, recent, urgent, card, load === true ? '1' : '');
}

/** Items of one caller, ready to be sent together. */
export interface Encoded {
  readonly place: Argv;
  readonly finish: Argv;
  /** Of each item, in order: which script answers it. */
  readonly scripts: readonly ('place' | 'finish')[];
  /** Roughly the bytes that they bring. */
  readonly size: number;
}

const sizeOf = (item: FinishItem): number => {
  if (item.type === 'place') return item.card.length;
  return item.type === 'state' ? item.json.length : 0;
};

/** As few groups as keep within both limits; what is too big for them goes alone. */
export function encodeFinish(keys: Keys, items: readonly FinishItem[], most: number, mostSize: number): Encoded[] {
  const groups: Encoded[] = [];
  let scripts: ('place' | 'finish')[] = [];
  let [place, finish]: [Argv, Argv] = [[], []];
  let size = 0;
  for (const item of items) {
    const own = sizeOf(item);
    if (scripts.length > 0 && (scripts.length === most || size + own > mostSize)) {
      groups.push({ place, finish, scripts, size });
      [place, finish, scripts, size] = [[], [], [], 0];
    }
    size += own;
    if (item.type === 'place') encodePlace(keys, item, place);
    else encodeActor(keys, item, finish);
    scripts.push(item.type === 'place' ? 'place' : 'finish');
  }
  if (scripts.length > 0) groups.push({ place, finish, scripts, size });
  return groups;
}
