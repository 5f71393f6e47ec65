/** Which contents are anybody's: the rows of models say so, not the folders. */
import { type Queryable, statement } from '../log/statement.ts';

const PAGE = 1_000;

const page = statement<{ readonly sha256: string }>(import.meta.url, 'sql/contents-page');
const named = statement<{ readonly sha256: string }>(import.meta.url, 'sql/contents-named');

/** Each once, in order. */
export async function* allNamed(on: Queryable): AsyncGenerator<string> {
  for (let after = ''; ; ) {
    const found = await page.run(on, [after, PAGE]);
    yield* found.map(({ sha256 }) => sha256);
    const last = found.at(-1);
    if (last === undefined || found.length < PAGE) return;
    after = last.sha256;
  }
}

/** Those of `contents` that a model names. */
export async function whichAreNamed(on: Queryable, contents: readonly string[]): Promise<ReadonlySet<string>> {
  return new Set((await named.run(on, [contents])).map(({ sha256 }) => sha256));
}
