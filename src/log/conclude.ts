/**
 * Why a row was not taken, from what stands in the log now. The order matters: the command id first (it may be our own
 * row), then the version, then the claims.
 */
import type { LookUpLine } from './pipeline.ts';
import type { Waiting } from './row-queue.ts';
import type { Appended } from './rows.ts';

/** `again`: nothing stands in its way (any more): the same row is to be sent once more. */
export function conclude({ row, doubted }: Waiting, found: LookUpLine): Exclude<Appended, { result: 'won' }> | 'again' {
  if (found.mine_version !== null && found.mine_hash !== null && found.mine_state_version !== null) {
    const same =
      found.mine_version === row.version &&
      found.mine_hash === row.hash &&
      found.mine_at?.getTime() === Date.parse(row.at);
    return {
      result: 'mine',
      version: found.mine_version,
      hash: found.mine_hash,
      after: found.mine_after,
      stateVersion: found.mine_state_version,
      own: doubted && same,
    };
  }
  if ((found.head ?? 0) !== row.version - 1 || found.head_command !== row.base) return { result: 'lost' };
  if (found.held !== null) return { result: 'claim', held: new Map(Object.entries(found.held)) };
  return 'again';
}

/** The parameter of sql/look-up.sql. */
export const encodeLookUp = (rows: readonly Waiting[]): string =>
  JSON.stringify(
    rows.map(({ row }, i) => ({
      i,
      kind: row.kind,
      actor_id: row.actor,
      command_id: row.commandId,
      takes: row.takes,
    })),
  );
