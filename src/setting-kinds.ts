/** Kinds of settings: how the text of a variable is read, and what is said of one that can't be. */
export interface Setting<T> {
  readonly env: string;
  /** What it is for, with its unit. */
  readonly about: string;
  readonly fallback: string | undefined;
  parse(text: string): T;
}

export const text = (env: string, fallback: string | undefined, about: string): Setting<string> => ({
  env,
  about,
  fallback,
  parse: (t) => t,
});

export const whole = (
  env: string,
  fallback: number,
  about: string,
  least = 0,
  most = 2 ** 31 - 1,
): Setting<number> => ({
  env,
  about,
  fallback: String(fallback),
  parse(t) {
    const n = Number(t);
    if (!/^\d+$/.test(t) || n < least || n > most) throw new Error(`a whole number from ${least} to ${most}`);
    return n;
  },
});

export const factor = (env: string, fallback: number, about: string, least: number, most: number): Setting<number> => ({
  env,
  about,
  fallback: String(fallback),
  parse(t) {
    const n = Number(t);
    if (!/^\d+(\.\d+)?$/.test(t) || n < least || n > most) throw new Error(`a number from ${least} to ${most}`);
    return n;
  },
});

export const flag = (env: string, fallback: boolean, about: string): Setting<boolean> => ({
  env,
  about,
  fallback: fallback ? '1' : '0',
  parse(t) {
    if (t !== '0' && t !== '1') throw new Error('0 or 1');
    return t === '1';
  },
});

export const list = (env: string, fallback: string, about: string): Setting<readonly string[]> => ({
  env,
  about,
  fallback,
  parse: (t) =>
    t
      .split(',')
      .map((s) => s.trim())
      .filter((s) => s !== ''),
});

export const url = (
  env: string,
  protocols: readonly string[],
  fallback: string | undefined,
  about: string,
): Setting<string> => ({
  env,
  about,
  fallback,
  parse(t) {
    if (!URL.canParse(t) || !protocols.includes(new URL(t).protocol))
      throw new Error(`a URL with ${protocols.join(' or ')}`);
    return t;
  },
});

/** May be left out: '' = there is none. */
export const optionalUrl = (env: string, protocols: readonly string[], about: string): Setting<string> => {
  const { parse } = url(env, protocols, '', about);
  return { env, about, fallback: '', parse: (t) => (t === '' || t === 'none' ? '' : parse(t)) };
};

/** '' is allowed where it is the fallback. */
export const matching = (
  env: string,
  fallback: string,
  pattern: RegExp,
  expected: string,
  about: string,
): Setting<string> => ({
  env,
  about,
  fallback,
  parse(t) {
    if (t !== fallback && !pattern.test(t)) throw new Error(expected);
    return t;
  },
});

export const oneOf = <const T extends string>(
  env: string,
  known: readonly T[],
  fallback: T,
  about: string,
): Setting<T> => ({
  env,
  about,
  fallback,
  parse(t) {
    const found = known.find((one) => one === t);
    if (found === undefined) throw new Error(known.join(' or '));
    return found;
  },
});

const WEIGHT = /^([^=,\s]+)=([1-9]\d{0,2})$/;

/** `name=weight` by comma. */
export const weights = (env: string, fallback: string, about: string): Setting<Readonly<Record<string, number>>> => ({
  env,
  about,
  fallback,
  parse(t) {
    const parts = t
      .split(',')
      .map((part) => part.trim())
      .filter((part) => part !== '');
    const pairs = parts.map((part) => {
      const [, name, weight] = WEIGHT.exec(part) ?? [];
      if (name === undefined) throw new Error('name=weight pairs by comma, each weight a whole number from 1 to 999');
      return [name, Number(weight)] as const;
    });
    return Object.freeze(Object.fromEntries(pairs));
  },
});
