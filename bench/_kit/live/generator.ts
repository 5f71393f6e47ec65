/** The clients, all in one process beside what is measured: `node generator.ts`, told over IPC what to do. */
import { answerParent } from '../ask.ts';
import { type ChurnOptions, churn } from './churning.ts';
import type { Commit } from './commits.ts';
import { Crowd } from './crowd.ts';
import { type Talker, Talkers } from './talkers.ts';
import type { Watching } from './watcher.ts';
import type { WayName } from './ways.ts';

export type GeneratorAsk =
  | { readonly do: 'gather'; readonly way: WayName; readonly watching: readonly Watching[] }
  | { readonly do: 'open'; readonly urls: readonly string[] }
  | { readonly do: 'begin' }
  | {
      readonly do: 'figures';
      readonly commits: readonly Commit[];
      readonly sites?: Readonly<Record<string, string>>;
    }
  | { readonly do: 'come back'; readonly urls: readonly string[]; readonly jitterMs: number }
  | ({ readonly do: 'churn' } & ChurnOptions)
  | { readonly do: 'talkers'; readonly url: string; readonly talkers: readonly Talker[] }
  | { readonly do: 'talk'; readonly perSecond: number; readonly ms: number }
  | { readonly do: 'close' };

let crowd = new Crowd('plain board', []);
let talkers: Talkers | undefined;

async function answer(ask: GeneratorAsk): Promise<object | undefined> {
  switch (ask.do) {
    case 'gather':
      crowd = new Crowd(ask.way, ask.watching);
      return undefined;
    case 'open':
      await crowd.open(ask.urls);
      return undefined;
    case 'begin':
      crowd.begin();
      return undefined;
    case 'figures':
      return crowd.figures(ask.commits, ask.sites);
    case 'come back':
      return crowd.comeBack(ask.urls, ask.jitterMs);
    case 'churn':
      return churn(crowd, ask);
    case 'talkers':
      talkers = await Talkers.open(ask.url, ask.talkers);
      return undefined;
    case 'talk':
      return talkers?.talk(ask.perSecond, ask.ms);
    case 'close':
      crowd.close();
      talkers?.close();
      return undefined;
  }
}

answerParent<GeneratorAsk>(answer);
