/**
 * Where content stands for good, under its SHA-256. The only implementation is a folder (`DirectoryStore`); another must
 * keep the same promises: what `put` has answered is durable, and `file` gives whole content or throws.
 */
export interface ObjectStore {
  /**
   * Keeps the content of this file, which stays where it is. Content that is there already is written again: an upload
   * heals what was damaged. Throws `unavailable` when the store is away; then nothing stands under the hash that was not
   * there before.
   */
  put(sha256: string, from: string): Promise<void>;
  /** Throws `unavailable` when the store is away: that is not the same as "no". */
  has(sha256: string): Promise<boolean>;
  /** Where this machine may read the content; undefined = it is not in the store. Throws `unavailable`. */
  file(sha256: string): Promise<string | undefined>;
}
