/** Names of the lines of a price: what may be ordered by the catalogue, our own by our words, else as the log has them. */
import { number } from './format.ts';
import { nameInLog } from './names.ts';
import { words } from './words.ts';

export const lineText = words('line', {
  own: { 'Set-up': 'Set-up', 'Price set by hand': 'Price set by hand' } as Readonly<Record<string, string>>,
  off: (percent: number) => `${number(percent)} % off from this quantity`,
});

const OFF = /^(\d+) % off from this quantity$/;

export function lineName(name: string): string {
  const percent = OFF.exec(name)?.[1];
  return percent === undefined ? (nameInLog(name) ?? lineText.own[name] ?? name) : lineText.off(Number(percent));
}
