/** A site's board as our own client library keeps it, by way of a line that is cut from outside. */
import type { BoardLive } from '../../../web/client/board-live.ts';
import { Client } from '../../../web/client/client.ts';
import type { Api } from '../../_kit/api.ts';
import { digestOf, linesOf } from './board-lines.ts';
import type { Book } from './book.ts';

export class LibraryBoard {
  readonly site: string;
  readonly #client: Client;
  readonly #board: BoardLive;
  /** Order → the newest version that was shown. */
  readonly #shown = new Map<string, number>();

  private constructor(client: Client, site: string, fault: (text: string) => void) {
    this.site = site;
    this.#client = client;
    this.#board = client.board(site);
    this.#board.onChange = () => this.#look(fault);
  }

  static async open(book: Book, who: Api, site: string, url: string): Promise<LibraryBoard> {
    const { token } = who;
    if (token === undefined) throw new Error(`${who.name} has no token`);
    const client = new Client({ url, token });
    await client.session.begin();
    return new LibraryBoard(client, site, (text) => book.fault(`${who.name}, by the library: ${text}`));
  }

  get live(): boolean {
    return this.#board.state === 'live';
  }

  get seen(): LibraryBoard {
    return this;
  }

  lines(): string[] {
    return linesOf(this.#board.picture.places);
  }

  digest(): string {
    return digestOf(this.lines());
  }

  /** What the library itself says of it and the server's. */
  equalsServer(): Promise<boolean | undefined> {
    return this.#board.digest();
  }

  close(): void {
    this.#client.close();
  }

  #look(fault: (text: string) => void): void {
    for (const [order, { version }] of this.#board.picture.places) {
      const before = this.#shown.get(order) ?? 0;
      if (version < before) fault(`${order} went from version ${before} back to ${version}`);
      this.#shown.set(order, version);
    }
  }
}
