/**
 * The tariffs as they are now: every process looks at their folder, and a changed file counts from the next look on. What
 * can't be taken is told once, and as long as it stands the process calls itself degraded.
 */
import type { TariffBook } from '../../actors/pricing/book.ts';
import { readTariffs, rereadTariffs } from './tariffs.ts';

/** All processes have a change within two seconds, the second one for the look itself. */
const EVERY_MS = 1_000;

export interface TariffWatchOptions {
  readonly everyMs?: number;
  taken(sites: readonly string[]): void;
  refused(faults: readonly string[]): void;
}

export class TariffWatch {
  readonly #dir: string;
  readonly #options: TariffWatchOptions;
  readonly #timer: NodeJS.Timeout;
  #book: TariffBook;
  #faults: readonly string[] = [];
  #looking = false;

  /** Throws `bad_files`: nothing starts with tariffs that can't be taken. */
  static async open(dir: string, options: TariffWatchOptions): Promise<TariffWatch> {
    return new TariffWatch(dir, await readTariffs(dir), options);
  }

  private constructor(dir: string, book: TariffBook, options: TariffWatchOptions) {
    this.#dir = dir;
    this.#book = book;
    this.#options = options;
    this.#timer = setInterval(() => void this.#look(), options.everyMs ?? EVERY_MS).unref();
  }

  get book(): TariffBook {
    return this.#book;
  }

  /** A tariff of the folder is not the one in use. */
  get stale(): boolean {
    return this.#faults.length > 0;
  }

  close(): void {
    clearInterval(this.#timer);
  }

  async #look(): Promise<void> {
    if (this.#looking) return;
    this.#looking = true;
    try {
      const { book, faults } = await rereadTariffs(this.#dir, this.#book);
      const former = this.#book;
      this.#book = book;
      const taken = book.filter(({ version }, n) => former[n]?.version !== version).map(({ site }) => site);
      if (taken.length > 0) this.#options.taken(taken);
      const news = faults.join('\n') !== this.#faults.join('\n');
      this.#faults = faults;
      if (news && faults.length > 0) this.#options.refused(faults);
    } finally {
      this.#looking = false;
    }
  }
}
