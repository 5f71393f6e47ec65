import { plural } from './common.ts';
import { figures, number } from './format.ts';
import { words } from './words.ts';

/** What to expect of what is chosen, before there is a price. */
export const offerText = words('offer', {
  grams: (grams: number) => `${figures(grams)} g each`,
  about: (grams: number) => `about ${figures(grams)} g each`,
  from: (count: number, percent: number) =>
    `From ${plural(count, 'piece', 'pieces')} on ${number(percent)} % less each`,
  now: (percent: number) => `${number(percent)} % less each`,
  nowAndFrom: (now: number, count: number, percent: number) =>
    `${number(now)} % less each; from ${number(count)} on ${number(percent)} %`,
  included: 'included',
  more: (percent: number) => `+${number(percent)} %`,
  less: (percent: number) => `−${number(percent)} %`,
  ready: (day: string) => `ready by ${day}`,
  counted: 'Days are counted from your approval.',
  ifNow: (day: string) => `Ready by ${day}`,
  ifNowWhy: 'if you approve today',
});
