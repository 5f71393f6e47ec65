/** Questions to the bench's own processes over IPC, one at a time to each, answered when what they ask for is done. */
import type { Serializable } from 'node:child_process';
import type { Running } from './process.ts';

/** Rejects when the process has ended instead. */
export const askProcess = <T>({ child }: Running, question: Serializable): Promise<T> =>
  new Promise((resolve, reject) => {
    const gone = (): void => reject(new Error('a process of the bench has ended'));
    if (child.exitCode !== null || child.signalCode !== null) gone();
    child.once('exit', gone);
    child.once('message', (answer: T) => {
      child.off('exit', gone);
      resolve(answer);
    });
    child.send(question);
  });

/** The other side. What goes wrong ends the process, and so the question. */
export function answerParent<Q>(
  answer: (question: Q) => Promise<Serializable | undefined>,
  close: () => unknown = () => undefined,
): void {
  process.on('message', (question: Q) => {
    answer(question).then(
      (told) => process.send?.(told ?? null),
      (error: unknown) => {
        console.error(error);
        process.exit(1);
      },
    );
  });
  process.on('SIGTERM', () => void Promise.resolve(close()).finally(() => process.exit(0)));
  process.send?.('ready');
}
