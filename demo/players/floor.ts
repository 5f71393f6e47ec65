/** Packers and quality: they stand at the board and act on what was made. Either tells how full the floor is. */
import type { Card } from '../../gateways/contract/card.ts';
import type { Role } from '../cast.ts';
import type { Act, Moment } from '../decide/act.ts';
import { packerAct, qualityAct } from '../decide/floor.ts';
import { inBeats, type Stage } from '../stage.ts';
import { cardsOn } from './board.ts';
import { signIn } from './person.ts';

const BEAT_MS = 700;

async function playAtBoard(
  stage: Stage,
  role: Role,
  decide: (cards: readonly Card[], moment: Moment) => Act | undefined,
): Promise<void> {
  const person = await signIn(stage, role);
  const { site } = role;
  if (person === undefined || site === null) return;
  const board = person.client.board(site);
  await inBeats(stage, BEAT_MS, async () => {
    await person.isThere();
    const cards = cardsOn(board, person);
    if (board.state === 'live') stage.market.tellCards(site, cards.length);
    await person.do(decide(cards, { now: person.now, pace: stage.pace }));
  });
}

export const playPacker = (stage: Stage, role: Role): Promise<void> => playAtBoard(stage, role, packerAct);

export const playQuality = (stage: Stage, role: Role): Promise<void> =>
  playAtBoard(stage, role, (cards, moment) => qualityAct(cards, stage.catalog.reasons, moment));
