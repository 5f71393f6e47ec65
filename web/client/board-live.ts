/**
 * Keeps one `BoardPicture` equal to the site's board over a line that may break: opens whenever the line does, goes on
 * from where it was, opens again on a gap.
 */
import type { BoardPage, Frame, Resync, Sort } from '../../gateways/contract/board.ts';
import type { Lane } from '../../gateways/contract/card.ts';
import type { BoardOpenAck } from '../../gateways/contract/live.ts';
import { BoardPicture, type Step } from './board-picture.ts';
import { ServerClock } from './clock.ts';
import type { Line } from './line.ts';
import { backoff, pause, withinMs } from './pause.ts';
import { ProblemError } from './problem.ts';

/**
 * `opening`: what it shows is the last that was known. `stale`: it may be `picture.behind.stale` seconds old, a server is
 * away. `refused` carries the code: this board is not ours to see.
 */
export type BoardState = 'opening' | 'live' | 'stale' | 'refused';

const REFUSED: readonly string[] = ['forbidden', 'not_found', 'invalid'];
/** These are told to all watchers of a node at once; they come back over half a second. */
const TOLD_TO_ALL: readonly string[] = ['rebuilt', 'redis_back', 'live'];
const SPREAD_MS = 500;
/** How often both sides are compared, should the board move on meanwhile; and how often they must differ. */
const COMPARISONS = 10;
const DIFFERENCES = 3;
const COMPARE_AGAIN_MS = 500;

export class BoardLive {
  readonly site: string;
  readonly #line: Pick<Line, 'on' | 'onState' | 'ask' | 'state'>;
  readonly #clock: ServerClock;
  readonly #stop: readonly (() => void)[];
  #picture = new BoardPicture();
  #state: BoardState = 'opening';
  /** Raised with every opening: what an older one still hears is not for us. */
  #opening = 0;
  onChange: () => void = () => undefined;
  onState: (state: BoardState, code?: string) => void = () => undefined;
  onClosed: () => void = () => undefined;

  constructor(line: Pick<Line, 'on' | 'onState' | 'ask' | 'state'>, site: string, clock = new ServerClock()) {
    this.#line = line;
    this.site = site;
    this.#clock = clock;
    this.#stop = [
      line.onState((state) => void (state === 'open' ? this.open() : this.#tell('opening'))),
      line.on('board:frame', (frame) => {
        if (frame.site === site) this.#frame(frame);
      }),
      line.on('board:part', (part, answer) => {
        if (part.site === site) this.#picture.part(part);
        answer?.();
        this.onChange();
      }),
      line.on('board:ready', (ready) => {
        if (ready.site === site) this.#after(this.#picture.ready(ready));
      }),
      line.on('board:resync', (resync) => {
        if (resync.site === site) void this.#openAgain(resync);
      }),
    ];
    if (line.state === 'open') void this.open();
  }

  get picture(): BoardPicture {
    return this.#picture;
  }

  get state(): BoardState {
    return this.#state;
  }

  /** Goes on from the known position, else from a snapshot. Done by itself; by hand after a refusal. */
  async open(): Promise<void> {
    const turn = ++this.#opening;
    this.#tell('opening');
    for (let attempt = 0; turn === this.#opening && this.#line.state === 'open'; attempt++) {
      const resume = this.#picture.position;
      this.#picture.opening();
      const message = { site: this.site, ...(resume === undefined ? {} : { resume }) };
      // A large board on a slow line takes its time, and asking twice would take twice as long.
      const options = { withinMs: Number.POSITIVE_INFINITY, heard: (ack: BoardOpenAck) => this.#opened(turn, ack) };
      const answer = await this.#line.ask('board:open', message, options).catch(() => undefined);
      if (turn !== this.#opening || answer?.ok) return;
      if (answer !== undefined && REFUSED.includes(answer.code)) return this.#tell('refused', answer.code);
      await pause(backoff(attempt));
    }
  }

  /** One page of a lane, 200 cards, for boards of more than 10,000 cards, whose snapshots end without the rest. */
  async page(lane: Lane, sort: Sort = 'recent', cursor?: string): Promise<BoardPage> {
    const message = { site: this.site, lane, sort, ...(cursor === undefined ? {} : { cursor }) };
    const answer = await this.#line.ask('board:page', message);
    if (!answer.ok) throw new ProblemError(answer.code, 0, answer);
    return answer;
  }

  /**
   * Is what we have what the server has, at the same position? undefined: not to be told, as the board is not live or not
   * whole, or moves on too fast. Rejects as `page` does.
   */
  async digest(): Promise<boolean | undefined> {
    // Few compare, and what it takes is a page's first kilobyte to save.
    const { digestOf } = await import('./board-digest.ts');
    for (let left = COMPARISONS, different = 0; left > 0; left--) {
      const theirs = await this.#line.ask('board:digest', { site: this.site });
      if (!theirs.ok) throw new ProblemError(theirs.code, 0, theirs);
      const { position, isWhole } = this.#picture;
      const marked = theirs.stale !== undefined || theirs.rebuilding === true;
      if (marked || this.#state !== 'live' || !isWhole) return undefined;
      if (position?.epoch === theirs.epoch && position.at === theirs.at) {
        if (digestOf(this.#picture.places) === theirs.digest) return true;
        // An answer or a part brought an order's next version before its frame: that passes.
        if (++different === DIFFERENCES) return false;
      }
      await pause(COMPARE_AGAIN_MS);
    }
    return undefined;
  }

  /** Nothing known is true any more: versions may begin again. */
  forget(): void {
    this.#picture = new BoardPicture();
    if (this.#line.state === 'open') void this.open();
    else this.#opening++; // what is on its way is of the former
  }

  close(): void {
    this.onClosed();
    this.#opening++;
    for (const stop of this.#stop) stop();
    if (this.#line.state === 'open') void this.#line.ask('board:close', { site: this.site }).catch(() => undefined);
  }

  async #openAgain({ reason }: Resync): Promise<void> {
    const turn = ++this.#opening;
    this.#tell('opening');
    if (TOLD_TO_ALL.includes(reason)) await pause(withinMs(SPREAD_MS));
    if (turn === this.#opening) await this.open();
  }

  #opened(turn: number, answer: BoardOpenAck): void {
    if (turn !== this.#opening || !answer.ok) return;
    if (answer.mode === 'frames') {
      this.#after(this.#picture.resumed(answer.frames));
      return;
    }
    for (const lane of Object.values(answer.lanes)) for (const card of lane.items) this.#clock.observe(card.updatedAt);
    this.#picture.snapshot(answer);
    this.onChange();
  }

  #frame(frame: Frame): void {
    for (const change of frame.changes) this.#clock.observe(change.card?.updatedAt);
    this.#after(this.#picture.frame(frame));
  }

  #after(step: Step): void {
    if (step === 'gap') return void this.open();
    if (step === 'held') return;
    this.#tell(this.#picture.isLive ? 'live' : 'stale');
    this.onChange();
  }

  #tell(state: BoardState, code?: string): void {
    if (state === this.#state && code === undefined) return;
    this.#state = state;
    this.onState(state, code);
  }
}
