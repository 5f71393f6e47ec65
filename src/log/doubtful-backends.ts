/**
 * Old sessions of ours whose last statements may still commit. As long as one is left, a row that was sent on it can
 * only be said to stand in the log, never not to: its late statement could still bring it there.
 */
import { type Backend, endBackends } from './backend.ts';
import type { Access } from './connect.ts';

export class DoubtfulBackends {
  readonly #access: Access;
  #left: readonly Backend[] = [];
  #ending: Promise<void> | undefined;

  constructor(access: Access) {
    this.#access = access;
  }

  get none(): boolean {
    return this.#left.length === 0;
  }

  add(backend: Backend): void {
    if (!this.#left.includes(backend)) this.#left = [...this.#left, backend];
  }

  /** Ends those that it can. Throws what connecting throws. */
  end(): Promise<void> {
    this.#ending ??= this.#end().finally(() => {
      this.#ending = undefined;
    });
    return this.#ending;
  }

  async #end(): Promise<void> {
    const asked = this.#left;
    if (asked.length === 0) return;
    const left = await endBackends(this.#access, asked);
    this.#left = this.#left.filter((backend) => !asked.includes(backend) || left.includes(backend));
  }
}
