/** Keeps one `BoardPicture` equal to the site's board over a line that may break: open, resume, open again on a gap. */
import type { Frame, Part, Ready, Resync } from '../../gateways/contract/board.ts';
import type { BoardOpenAck } from '../../gateways/contract/live.ts';
import { BoardPicture } from './board-picture.ts';
import type { ServerClock } from './clock.ts';
import type { Line } from './line.ts';
import { backoff, pause } from './pause.ts';

/** `refused` carries the code: this board is not ours to see. */
export type BoardState = 'opening' | 'live' | 'refused';

export class BoardLive {
  readonly picture = new BoardPicture();
  readonly #line: Line;
  readonly #site: string;
  readonly #clock: ServerClock;
  /** Raised with every opening: what an older one still hears is not for us. */
  #opening = 0;
  onChange: () => void = () => undefined;
  onState: (state: BoardState, code?: string) => void = () => undefined;

  constructor(line: Line, site: string, clock: ServerClock) {
    this.#line = line;
    this.#site = site;
    this.#clock = clock;
    line.on<Frame>('board:frame', (frame) => {
      if (frame.site !== site) return;
      for (const change of frame.changes) clock.observe(change.card?.updatedAt);
      this.#after(this.picture.frame(frame));
    });
    line.on<Part>('board:part', (part, answer) => {
      if (part.site === site) this.picture.part(part);
      answer?.();
      this.onChange();
    });
    line.on<Ready>('board:ready', (ready) => {
      if (ready.site === site) this.#after(this.picture.ready(ready));
    });
    line.on<Resync>('board:resync', (resync) => {
      if (resync.site === site) void this.open();
    });
  }

  /** Called whenever the line has opened; goes on from the known position, else from a snapshot. */
  async open(): Promise<void> {
    const turn = ++this.#opening;
    this.onState('opening');
    for (let attempt = 0; turn === this.#opening && this.#line.state === 'open'; attempt++) {
      const resume = this.picture.position;
      this.picture.opening();
      const answer = await this.#line
        .ask<BoardOpenAck>('board:open', { site: this.#site, ...(resume === undefined ? {} : { resume }) })
        .catch(() => undefined);
      if (turn !== this.#opening) return;
      if (answer?.ok) return this.#opened(answer);
      if (answer?.code === 'forbidden' || answer?.code === 'not_found' || answer?.code === 'invalid')
        return this.onState('refused', answer.code);
      await pause(backoff(attempt));
    }
  }

  #opened(answer: Extract<BoardOpenAck, { ok: true }>): void {
    if (answer.mode === 'frames') {
      this.#after(this.picture.resumed(answer.frames));
      return;
    }
    for (const lane of Object.values(answer.lanes)) for (const card of lane.items) this.#clock.observe(card.updatedAt);
    this.picture.snapshot(answer);
    this.onChange();
  }

  #after(step: 'applied' | 'held' | 'gap'): void {
    if (step === 'gap') return void this.open();
    if (step === 'held') return;
    this.onState('live');
    this.onChange();
  }
}
