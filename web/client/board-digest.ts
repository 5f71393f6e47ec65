/** Proof that a picture is the server's board: one number of which orders it has, where, at which versions. Pure. */
import { LANES, type Place } from './board-picture.ts';
import { sha256 } from './sha256.ts';

/** Lower-case hex SHA-256 over lines `<lane> <order> <version>\n`: lane after lane, orders ascending by id. */
export function digestOf(places: ReadonlyMap<string, Place>): string {
  const orders = [...places].sort(([a], [b]) => (a < b ? -1 : 1));
  const lines = LANES.flatMap((lane) =>
    orders.flatMap(([order, place]) => (place.lane === lane ? [`${lane} ${order} ${place.version}\n`] : [])),
  );
  return sha256(lines.join(''));
}
