import { figures, number } from '../format.ts';
import type { offerText } from '../offer.ts';

export const offer: typeof offerText = {
  grams: (grams) => `${figures(grams)} г за штуку`,
  about: (grams) => `около ${figures(grams)} г за штуку`,
  from: (count, percent) => `От ${number(count)} шт. — на ${number(percent)} % дешевле каждая`,
  now: (percent) => `каждая на ${number(percent)} % дешевле`,
  nowAndFrom: (now, count, percent) =>
    `каждая на ${number(now)} % дешевле; от ${number(count)} шт. — на ${number(percent)} %`,
  included: 'включено',
  more: (percent) => `+${number(percent)} %`,
  less: (percent) => `−${number(percent)} %`,
  ready: (day) => `готово к ${day}`,
  counted: 'Срок считается с вашего утверждения.',
  ifNow: (day) => `Готово к ${day}`,
  ifNowWhy: 'если утвердить сегодня',
};
