/** How many connections each address has at this node, whoever they say they are; those of this machine are not counted. */
import type { Duplex } from 'node:stream';
import { isLoopback, networkOf } from '../http/address.ts';

export class Crowd {
  readonly #most: number;
  readonly #of = new Map<string, number>();

  constructor(most: number) {
    this.#most = most;
  }

  /** false = too many. Counted until the connection closes. */
  take(address: string, socket: Duplex): boolean {
    if (isLoopback(address)) return true;
    const network = networkOf(address);
    const count = this.#of.get(network) ?? 0;
    if (count >= this.#most) return false;
    this.#of.set(network, count + 1);
    socket.once('close', () => {
      const left = (this.#of.get(network) ?? 1) - 1;
      if (left > 0) this.#of.set(network, left);
      else this.#of.delete(network);
    });
    return true;
  }
}
