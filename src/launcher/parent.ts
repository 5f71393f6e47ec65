/**
 * The supervisor's word to the `up -d` that waits for it, over Node's channel between parent and child. When the
 * parent is gone before the word was given, nobody waits any more and the start is given up.
 */
export type Word =
  | { readonly line: string }
  | { readonly ready: true }
  /** Another supervisor has the folder. */
  | { readonly busy: true }
  | { readonly failed: string };

export interface Parent {
  tell(word: Word): void;
  /** The last word; resolves when it is on its way. From now on the parent may go. */
  leave(word: Word): Promise<void>;
}

const send = (word: Word): Promise<void> =>
  new Promise((done) => {
    if (process.send === undefined || !process.connected) return done();
    process.send(word, undefined, undefined, () => done());
  });

/** undefined: started by hand, in the foreground. */
export function parentOf(env: Readonly<Record<string, string | undefined>>, onGone: () => void): Parent | undefined {
  if (env['ANDON_DETACHED'] !== '1' || process.send === undefined) return undefined;
  process.once('disconnect', onGone);
  return {
    tell: (word) => void send(word),
    async leave(word) {
      process.off('disconnect', onGone);
      await send(word);
      if (process.connected) process.disconnect();
    },
  };
}
