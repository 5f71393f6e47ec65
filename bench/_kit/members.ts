/** Several processes of one contender on the same stand, and what they are asked to do together. */
import { join } from 'node:path';
import { askProcess } from './ask.ts';
import { environmentOf } from './environment.ts';
import { forked } from './process.ts';
import type { Addresses } from './stand.ts';

export type Ask =
  | { readonly do: 'race'; readonly order: string; readonly operators: readonly number[] }
  | {
      readonly do: 'hot';
      readonly order: string;
      readonly clients: number;
      readonly ms: number;
    };

export interface Told {
  readonly winners?: readonly number[];
  readonly accepted?: number;
}

export interface Members {
  readonly pids: readonly number[];
  /** One question to each; resolves when all have answered. */
  ask(of: (member: number) => Ask): Promise<readonly Told[]>;
  stop(): Promise<void>;
}

export const PROCESSES = 3;

export async function openMembers(name: string, at: Addresses, operators: number): Promise<Members> {
  const file = join(import.meta.dirname, 'member.ts');
  const members = await Promise.all(
    Array.from({ length: PROCESSES }, () => forked(file, [name, String(operators)], environmentOf(at))),
  );
  return {
    pids: members.map(({ pid }) => pid),
    ask: (of) => Promise.all(members.map((running, i) => askProcess<Told>(running, of(i)))),
    async stop() {
      await Promise.all(members.map((running) => running.stop()));
    },
  };
}
