/**
 * The way in, for a page as for a program: a session, one line per namespace that is used, and what goes over them. Needs
 * fetch and socket.io-client, nothing of a page.
 */
import type { Space } from '../../gateways/contract/messages.ts';
import { BoardLive } from './board-live.ts';
import { ServerClock } from './clock.ts';
import { Commands, type CommandsOptions } from './commands.ts';
import { Line } from './line.ts';
import { Rest } from './rest.ts';
import { SessionKeeper, type SessionOptions } from './session.ts';
import { Tracking } from './tracking.ts';

export interface ClientOptions extends SessionOptions, Pick<CommandsOptions, 'most' | 'ageMs'> {
  /** Of a node, or of what stands before the nodes; absent: where the page came from. */
  readonly url?: string;
  readonly clock?: ServerClock;
  /** Who was signed in is asked to sign in again: until then actions wait, and end if it is somebody else. */
  readonly asksAgain?: boolean;
}

/** Roles whose every command is offered over `/mes`; what an office does as well is offered over REST alone. */
const FLOOR: readonly string[] = ['operator', 'packer', 'quality', 'supervisor'];

export class Client {
  readonly clock: ServerClock;
  readonly rest: Rest;
  readonly session: SessionKeeper;
  readonly #options: ClientOptions;
  readonly #lines = new Map<Space, Line>();
  readonly #boards = new Set<BoardLive>();
  readonly #orders = new Set<Tracking>();
  #commands: Commands | undefined;
  /** Id of the person whose actions they are. */
  #actor: string | undefined;

  /** Nothing is asked yet. A page then resumes its session; a program takes `connect`. */
  constructor(options: ClientOptions = {}) {
    this.#options = options;
    this.clock = options.clock ?? new ServerClock();
    this.rest = new Rest(this.clock, { ...where(options), token: () => this.session.token });
    this.session = new SessionKeeper(this.rest, this.clock, options);
    // What waits was asked for by somebody who is gone.
    this.session.onEnded = () => {
      if (options.asksAgain !== true || this.session.signedOut) this.#endCommands();
    };
    this.session.onToken = (token, anew) => {
      if (this.session.me?.id !== this.#actor) this.#endCommands();
      // Another log ends all sessions: what was seen in the last one may never have been.
      if (anew) {
        for (const board of this.#boards) board.forget();
        for (const order of this.#orders) order.sessionIsNew();
      }
      for (const line of this.#lines.values()) void line.renew(token);
    };
  }

  /** The line to a namespace, opened when first asked for. */
  line(space: Space): Line {
    const known = this.#lines.get(space);
    if (known !== undefined) return known;
    const { token } = this.session;
    const auth = (): { token?: string } => (this.session.token === undefined ? {} : { token: this.session.token });
    const line = new Line(space, { ...where(this.#options), ...(token === undefined ? {} : { auth }) });
    line.onState((state, why) => {
      if (state === 'refused' && why === 'unauthenticated') void this.session.regain();
    });
    this.#lines.set(space, line);
    line.connect();
    return line;
  }

  /** Staff's. Live until closed. */
  board(site: string): BoardLive {
    const board = new BoardLive(this.line('/mes'), site, this.clock);
    this.#boards.add(board);
    board.onClosed = () => this.#boards.delete(board);
    return board;
  }

  /** `link`: token of a link that somebody shares, which stands for a session. Followed until closed. */
  order(id: string, link?: string): Tracking {
    const order = new Tracking(this.line('/storefront'), id, link);
    this.#orders.add(order);
    order.onClosed = () => this.#orders.delete(order);
    return order;
  }

  /** Of whoever is signed in. */
  get commands(): Commands {
    if (this.#commands !== undefined) return this.#commands;
    const { most, ageMs } = this.#options;
    this.#actor = this.session.me?.id;
    const atBoard = this.session.me?.roles.every((role) => FLOOR.includes(role)) ?? false;
    this.#commands = new Commands({
      rest: this.rest,
      regain: () => this.#regain(),
      ...(atBoard ? { line: this.line('/mes') } : {}),
      ...(most === undefined ? {} : { most }),
      ...(ageMs === undefined ? {} : { ageMs }),
    });
    return this.#commands;
  }

  #endCommands(): void {
    this.#commands?.close();
    this.#commands = undefined;
  }

  /** Is there a session of the same person again? */
  async #regain(): Promise<boolean> {
    if (await this.session.regain()) return true;
    if (this.#options.asksAgain !== true || this.session.signedOut) return false;
    await this.session.begun();
    return this.session.me?.id === this.#actor;
  }

  /** Ends all lines; actions that wait end as `offline` or `unknown`. The session goes on. */
  close(): void {
    this.#commands?.close();
    this.session.close();
    for (const line of this.#lines.values()) line.close();
  }
}

const where = ({ url }: ClientOptions): { url?: string } => (url === undefined ? {} : { url });

/** Signs in, by a token or by credentials, and returns when that is done; a guest with a link gives neither. */
export async function connect(options: ClientOptions): Promise<Client> {
  const client = new Client(options);
  if (options.token !== undefined || options.signIn !== undefined) await client.session.begin();
  return client;
}
