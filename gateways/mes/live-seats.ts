/** Which boards a line watches. A board opened again takes the place of the former opening, also of one on its way. */
import type { Line } from '../../src/live/line.ts';
import type { Seat } from '../../src/live/watcher.ts';

export interface Turn {
  /** false: closed, opened again, or the line is gone. */
  readonly current: () => boolean;
  sit(seat: Seat): void;
  end(): void;
}

interface Held {
  seat: Seat | undefined;
}

export class Seats {
  readonly #of = new WeakMap<Line, Map<string, Held>>();

  /** The former opening ends here: its frames would only come between. */
  begin(line: Line, site: string): Turn {
    const sites = this.#of.get(line) ?? new Map<string, Held>();
    this.#of.set(line, sites);
    const held: Held = { seat: undefined };
    const former = sites.get(site);
    sites.set(site, held);
    former?.seat?.leave();
    const current = (): boolean => sites.get(site) === held && line.open;
    return {
      current,
      sit: (seat) => {
        if (current()) held.seat = seat;
        else seat.leave();
      },
      end: () => {
        if (current()) this.end(line, site);
      },
    };
  }

  end(line: Line, site: string): void {
    const sites = this.#of.get(line);
    const held = sites?.get(site);
    sites?.delete(site);
    held?.seat?.leave();
  }

  endAll(line: Line): void {
    for (const site of [...(this.#of.get(line)?.keys() ?? [])]) this.end(line, site);
  }
}
