import type { LogRow, Notice } from './actor.ts';
import type { AnyDefinition } from './judge.ts';
import { pack, packText } from './packed.ts';
import type { FinishItem, NewRow } from './ports.ts';

type TypedRow = LogRow<unknown, { readonly type: string }>;

/** A notice on its channel: `at` and `by` are the row's, so that who did it and who hears late is left in peace. */
export interface ToldNotice extends Omit<Notice, 'to'> {
  readonly actor: string;
  readonly version: number;
  readonly at: string;
  readonly by: string;
}

const packed = (definition: AnyDefinition, row: LogRow | NewRow): string =>
  'afterText' in row && row.afterText !== undefined ? packText(definition, row.afterText) : pack(definition, row.after);

/** A message without the state that goes with it, cut open at its end: `"state"` is that of the row, packed. */
const around = (json: string): [before: string, after: string] => [`${json.slice(0, -1)},"state":`, '}'];

/**
 * What a row changes in Redis, absolute and guarded by its version: twice, late or out of order changes nothing,
 * but that notices are told again.
 */
export function applyItems(definition: AnyDefinition, row: LogRow | NewRow, token: string | null): FinishItem[] {
  const { places, held, message, notices } = definition.project(row as TypedRow);
  const { kind, actor, version } = row;
  const items: FinishItem[] = [
    {
      type: 'state',
      kind,
      actor,
      token,
      version,
      commandId: row.commandId,
      json: packed(definition, row),
      message: message === null ? null : around(JSON.stringify(message)),
    },
  ];
  for (const { board, lane, recent, urgent, card } of places) {
    const json = card === null ? '' : JSON.stringify(card);
    items.push({ type: 'place', board, actor, version, lane: lane ?? '', recent, urgent, card: json });
  }
  for (const { kind: of, holder, slot, held: is } of held) {
    items.push({ type: 'held', kind: of, holder, slot, actor, held: is });
  }
  for (const { to, ...notice } of notices) {
    const told: ToldNotice = { actor, version, at: row.at, by: row.issuer.id, ...notice };
    items.push({ type: 'notice', to, message: JSON.stringify(told) });
  }
  return items;
}
