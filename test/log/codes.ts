import { codeOf } from '../../src/errors.ts';

/** The result of an append, or the code of what it threw. */
export const codeOrResult = (appended: Promise<{ readonly result: string }>): Promise<string> =>
  appended.then(({ result }) => result, codeOf);
