/**
 * Which physical key does what. Whoever presses keys by accident, or speaks to the machine, changes a letter or switches all
 * of them off (WCAG 2.1.4); kept in this browser.
 */
import { signal } from '@preact/signals';

const DEFAULTS = {
  next: 'KeyN',
  capture: 'KeyC',
  start: 'KeyS',
  done: 'KeyD',
  hold: 'KeyP',
  handOver: 'KeyO',
  release: 'KeyR',
} as const;

export type KeyName = keyof typeof DEFAULTS;
export type KeyMap = Readonly<Record<KeyName, string>>;
export const KEY_NAMES = Object.keys(DEFAULTS) as readonly KeyName[];

export interface Keys {
  readonly map: KeyMap;
  /** Keys that write something act; arrows, Enter and Esc always do. */
  readonly on: boolean;
}

const STORED = 'andon.keys';
const LETTER = /^Key[A-Z]$/;

/** What was kept, as far as it makes sense: every name has a letter, no two have the same. Pure. */
export function keysFrom(stored: string | null): Keys {
  let kept: unknown;
  try {
    kept = JSON.parse(stored ?? '{}');
  } catch {
    kept = {};
  }
  const { on, map } = (kept ?? {}) as { on?: unknown; map?: unknown };
  const own: Record<string, unknown> = typeof map === 'object' && map !== null ? { ...map } : {};
  const found: Record<KeyName, string> = { ...DEFAULTS };
  for (const name of KEY_NAMES) {
    const code = own[name];
    if (typeof code === 'string' && LETTER.test(code)) found[name] = code;
  }
  const unique = new Set(Object.values(found)).size === KEY_NAMES.length;
  return { map: unique ? found : DEFAULTS, on: on !== false };
}

/** Another letter; whatever had it gets the former one. Pure. */
export function remapped(map: KeyMap, name: KeyName, code: string): KeyMap {
  if (!LETTER.test(code)) return map;
  const other = KEY_NAMES.find((one) => map[one] === code);
  return { ...map, ...(other === undefined ? {} : { [other]: map[name] }), [name]: code };
}

export const keys = signal<Keys>(keysFrom(read()));

export function keep(next: Keys): void {
  keys.value = next;
  try {
    localStorage.setItem(STORED, JSON.stringify(next));
  } catch {
    // storage may be forbidden: it holds until the page is closed
  }
}

export const asDelivered = (): void => keep({ map: DEFAULTS, on: true });

function read(): string | null {
  try {
    return localStorage.getItem(STORED);
  } catch {
    return null;
  }
}

export const letterOf = (code: string): string => code.replace(/^Key/, '');
/** What stands on the key; undefined: keys are switched off. */
export const hintOf = (name: KeyName): string | undefined =>
  keys.value.on ? letterOf(keys.value.map[name]) : undefined;

export const nameOfKey = (code: string): KeyName | undefined =>
  KEY_NAMES.find((name) => keys.peek().map[name] === code);
