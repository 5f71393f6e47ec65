/** The life of a supervisor: lock, end of leftovers, start, watch, stop. Its process is the one that `down` asks to end. */
import { AndonError } from '../errors.ts';
import { checkNotCutOff } from './cut-off.ts';
import type { Fleet } from './fleet.ts';
import { type Parent, parentOf } from './parent.ts';
import { makeFolders, type Place } from './place.ts';
import { endLeftovers, lockSupervisor } from './running.ts';
import { startAndon } from './start.ts';

const ENDINGS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** Aborted when somebody wants it to end; more of the same changes nothing, every step of the end has its time limit. */
function endingSignal(): AbortController {
  const stop = new AbortController();
  for (const signal of ENDINGS) process.on(signal, () => stop.abort());
  return stop;
}

const aborted = (signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (signal.aborted) resolve();
    signal.addEventListener('abort', () => resolve(), { once: true });
  });

/** `busy`: another supervisor has the folder. */
export type End = 'stopped' | 'busy';

/** Resolves when it was asked to stop and nothing runs any more; throws why it could not start. */
export async function supervise(
  place: Place,
  fleet: Fleet,
  env: Readonly<Record<string, string | undefined>>,
  print: (line: string) => void,
  whenReady: () => void,
): Promise<End> {
  makeFolders(place);
  const release = await lockSupervisor(place);
  if (release === undefined) {
    await parentOf(env, () => undefined)?.leave({ busy: true });
    return 'busy';
  }
  const stop = endingSignal();
  const parent: Parent | undefined = parentOf(env, () => stop.abort());
  const begun = performance.now();
  const say = (text: string): void => {
    const line = `[${((performance.now() - begun) / 1_000).toFixed(1).padStart(5)} s] ${text}`;
    print(line);
    parent?.tell({ line });
  };
  try {
    const left = await endLeftovers(place, 5_000);
    if (left > 0) say(`ended ${left} programs of a run that was cut off`);
    checkNotCutOff(place);
    const crew = await startAndon({ place, fleet, env, say, stop: stop.signal });
    say('ready');
    await parent?.leave({ ready: true });
    whenReady();
    await aborted(stop.signal);
    print('stopping ...');
    await crew.stop();
    print('stopped');
    return 'stopped';
  } catch (error) {
    await parent?.leave({ failed: error instanceof AndonError ? error.message : String(error) });
    throw error;
  } finally {
    await release();
  }
}
