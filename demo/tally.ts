/** What was done and what was refused, told once a minute. */
import type { Log } from './log.ts';

export class Tally {
  #done: Record<string, number> = {};
  #refused: Record<string, number> = {};

  did(what: string): void {
    this.#done[what] = (this.#done[what] ?? 0) + 1;
  }

  /** Lost races, ended shifts and the like: that is how it goes. */
  refused(code: string): void {
    this.#refused[code] = (this.#refused[code] ?? 0) + 1;
  }

  tell(log: Log, cards: Readonly<Record<string, number>>): void {
    const rss = Math.round(process.memoryUsage.rss() / 2 ** 20);
    log.info({ event_type: 'minute', done: this.#done, refused: this.#refused, cards, rss_mb: rss }, 'a minute');
    this.#done = {};
    this.#refused = {};
  }
}
