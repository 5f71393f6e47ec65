/** Who takes part, by name. */
import { pgCte } from '../peers/pg-cte.ts';
import { pgUpdate } from '../peers/pg-update.ts';
import { redlock } from '../peers/redlock.ts';
import { andon } from './andon.ts';
import type { Contender } from './contender.ts';
import type { Addresses } from './stand.ts';

const OPEN = { andon, 'pg-cte': pgCte, 'pg-update': pgUpdate, redlock } as const satisfies Readonly<
  Record<string, (at: Addresses, operators: number) => Contender | Promise<Contender>>
>;

export type Name = keyof typeof OPEN;
export const NAMES = Object.keys(OPEN) as readonly Name[];

export const openContender = async (name: Name, at: Addresses, operators: number): Promise<Contender> =>
  OPEN[name](at, operators);
