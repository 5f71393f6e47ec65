/** A simulated operator: on shift, at the board, with two or three orders in hand. */
import { onYou } from '../../web/client/you.ts';
import type { Role } from '../cast.ts';
import { operatorAct } from '../decide/operator.ts';
import { inBeats, type Stage } from '../stage.ts';
import { cardsOn } from './board.ts';
import { type Person, signIn } from './person.ts';

const BEAT_MS = 500;
/** Who was sent home comes back later, and what was taken from somebody is left to others. */
const HOME_MS = 60_000;
const AVOID_MS = 60_000;

export async function playOperator(stage: Stage, role: Role): Promise<void> {
  const person = await signIn(stage, role);
  if (person === undefined || role.site === null) return;
  const board = person.client.board(role.site);
  const avoided = new Map<string, number>();
  onYou(person.client.line('/mes'), ({ kind, order }) => {
    if (kind === 'released') avoided.set(order, person.now + AVOID_MS / stage.pace);
  });
  const shift = new Shift(person, stage.pace);
  await inBeats(stage, BEAT_MS, async () => {
    await person.isThere();
    if (!(await shift.isOn())) return;
    for (const [order, until] of avoided) if (until < person.now) avoided.delete(order);
    const { people } = board.picture;
    const next = operatorAct({
      me: person.id,
      cards: cardsOn(board, person),
      mates: [...stage.played].filter((id) => id !== person.id && people[id]?.present === true),
      reasons: stage.catalog.reasons,
      avoids: (order) => avoided.has(order),
      now: person.now,
      pace: stage.pace,
    });
    const answer = await person.do(next);
    if (answer?.ok === false && answer.code === 'off_shift') shift.wasEnded();
  });
}

class Shift {
  readonly #person: Person;
  readonly #pace: number;
  #on = false;
  #homeUntil = 0;

  constructor(person: Person, pace: number) {
    this.#person = person;
    this.#pace = pace;
  }

  async isOn(): Promise<boolean> {
    if (this.#on || this.#person.now < this.#homeUntil) return this.#on;
    const { commands } = this.#person.client;
    const answer = await commands.send({ target: { operator: 'me' }, type: 'start-shift', fields: {} });
    // Refused: it is on shift already.
    this.#on = answer.ok || answer.code === 'wrong_status';
    if (!this.#on) this.wasEnded();
    return this.#on;
  }

  /** By a supervisor, say. */
  wasEnded(): void {
    this.#on = false;
    this.#homeUntil = this.#person.now + HOME_MS / this.#pace;
  }
}
