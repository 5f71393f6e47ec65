/**
 * The supervisor's word to the `up -d` that waits for it, over Node's channel between parent and child. When the
 * parent is gone before the word was given, nobody waits any more and the start is given up.
 */
export type Word = { readonly line: string } | { readonly ready: true } | { readonly failed: string };

export interface Parent {
  tell(word: Word): void;
  /** Says goodbye: from now on the parent may go. */
  leave(): void;
}

/** undefined: started by hand, in the foreground. */
export function parentOf(env: Readonly<Record<string, string | undefined>>, onGone: () => void): Parent | undefined {
  if (env['ANDON_DETACHED'] !== '1' || process.send === undefined) return undefined;
  process.once('disconnect', onGone);
  return {
    tell(word) {
      if (process.connected) process.send?.(word);
    },
    leave() {
      process.off('disconnect', onGone);
      if (process.connected) process.disconnect();
    },
  };
}
