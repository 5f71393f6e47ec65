/** Commands about an operator: one's own shift; shift, slots and materials of others, by a supervisor. */
import type { CommandAck } from '../../gateways/contract/live.ts';
import { problemText } from '../text/common.ts';
import { onFloor, readOperator } from './app.ts';
import { know } from './crew.ts';
import { myId, operator } from './who.ts';

/** `who`: an operator's id, or `me`. Resolves with a text when it did not work. */
export async function tellOperator(
  who: string,
  type: 'start-shift' | 'end-shift' | 'set-limit' | 'set-skills',
  fields: Readonly<Record<string, unknown>> = {},
): Promise<string | undefined> {
  const floor = onFloor();
  if (floor === undefined) return undefined;
  const answer: CommandAck = await floor.commands.send({ target: { operator: who }, type, fields });
  if (!answer.ok) return answer.code === 'wrong_site' ? wrongSite() : problemText(answer.code);
  const told = answer.operator;
  if (told !== undefined) know(told);
  if (told?.id === myId()) operator.value = told;
  else if (who === 'me') await readOperator();
  return undefined;
}

/** Starts or ends my own shift. */
export const changeShift = (on: boolean): Promise<string | undefined> =>
  tellOperator('me', on ? 'start-shift' : 'end-shift');

/** Words of refusals are loaded when there is one. */
const wrongSite = (): Promise<string> =>
  import('../text/refused.ts').then(
    ({ refusedText }) => refusedText.handOver.wrongSite,
    () => problemText('wrong_site'),
  );
