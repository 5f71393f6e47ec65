/** `rebuild`: makes views of the Andon that is up anew from its log, while it is up. */
import { askAdmin } from './admin.ts';
import type { WantedRebuild } from './arguments.ts';
import type { Place } from './place.ts';
import { reach } from './reach.ts';
import type { Env } from './settings.ts';

export async function rebuild(
  place: Place,
  { view, site }: WantedRebuild,
  env: Env,
  print: (line: string) => void,
): Promise<number> {
  const run = reach(place, env);
  const request = { do: 'rebuild', view, ...(site === undefined ? {} : { site }) } as const;
  const isAnswer = (answer: unknown) => (typeof answer === 'object' && answer !== null ? answer : undefined);
  await askAdmin(place, run.settings, env, request, isAnswer, undefined, print);
  return 0;
}
