import type { LogRow, Notice } from './actor.ts';
import type { AnyDefinition } from './judge.ts';
import { pack } from './packed.ts';
import type { FinishItem, NewRow } from './ports.ts';

type TypedRow = LogRow<unknown, { readonly type: string }>;

/** A notice on its channel: `at` and `by` are the row's, so that who did it and who hears late is left in peace. */
export interface ToldNotice extends Omit<Notice, 'to'> {
  readonly actor: string;
  readonly version: number;
  readonly at: string;
  readonly by: string;
}

/**
 * What a row changes in Redis, absolute and guarded by its version: twice, late or out of order changes nothing,
 * but that notices are told again.
 */
export function applyItems(definition: AnyDefinition, row: LogRow | NewRow, token: string | null): FinishItem[] {
  const { places, held, message, notices } = definition.project(row as TypedRow);
  const { kind, actor, version } = row;
  return [
    {
      type: 'state',
      kind,
      actor,
      token,
      version,
      commandId: row.commandId,
      json: pack(definition, row.after),
      message: message === null ? '' : JSON.stringify(message),
    },
    ...places.map(
      (place): FinishItem => ({
        type: 'place',
        board: place.board,
        actor,
        version,
        lane: place.lane ?? '',
        recent: place.recent,
        urgent: place.urgent,
        card: place.card === null ? '' : JSON.stringify(place.card),
      }),
    ),
    ...held.map(
      (hint): FinishItem => ({
        type: 'held',
        kind: hint.kind,
        holder: hint.holder,
        slot: hint.slot,
        actor,
        held: hint.held,
      }),
    ),
    ...notices.map(
      ({ to, ...notice }): FinishItem => ({
        type: 'notice',
        to,
        message: JSON.stringify({ actor, version, at: row.at, by: row.issuer.id, ...notice } satisfies ToldNotice),
      }),
    ),
  ];
}
