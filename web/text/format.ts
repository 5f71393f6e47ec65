/** Numbers, money and times as the reader's language writes them. Times of day are the reader's own. */
import { language, locale } from './language.ts';

const UNITS = {
  en: { second: 's', minute: 'min', hour: 'h', day: 'd', byte: ['B', 'kB', 'MB'], size: ['mm³', 'cm³', 'cm²'] },
  ru: { second: 'с', minute: 'мин', hour: 'ч', day: 'д', byte: ['Б', 'кБ', 'МБ'], size: ['мм³', 'см³', 'см²'] },
} as const;
const units = UNITS[language];

const clockTime = new Intl.DateTimeFormat(locale, { hour: '2-digit', minute: '2-digit' });
const dayAndTime = new Intl.DateTimeFormat(locale, { weekday: 'short', hour: '2-digit', minute: '2-digit' });
const date = new Intl.DateTimeFormat(locale, { weekday: 'short', day: 'numeric', month: 'short' });
const dateAndTime = new Intl.DateTimeFormat(locale, {
  weekday: 'short',
  day: 'numeric',
  month: 'short',
  hour: '2-digit',
  minute: '2-digit',
});
const figure = new Intl.NumberFormat(locale, { maximumFractionDigits: 1 });
const precise = new Intl.NumberFormat(locale, { maximumSignificantDigits: 3 });

export const number = (value: number): string => figure.format(value);
export const figures = (value: number): string => precise.format(value);

/** `amount` in minor units of the currency. */
export function money(amount: number, currency: string): string {
  const format = new Intl.NumberFormat(locale, { style: 'currency', currency });
  return format.format(amount / 10 ** (format.resolvedOptions().maximumFractionDigits ?? 2));
}

export const timeOfDay = (at: string | number): string => clockTime.format(new Date(at));
export const when = (at: string | number): string => dateAndTime.format(new Date(at));

/** Weekday and date. */
export const day = (at: string | number): string => date.format(new Date(at));

/** Day of the month alone, under an axis. */
export const monthDay = (at: number): string => String(new Date(at).getDate());

/** Short, for cards and lists. Today: the time; within six days: weekday and time; else the day. */
export function moment(at: string | number, now: number): string {
  const moment = new Date(at);
  if (moment.toDateString() === new Date(now).toDateString()) return clockTime.format(moment);
  return Math.abs(moment.getTime() - now) < 6 * 86_400_000 ? dayAndTime.format(moment) : date.format(moment);
}

export function bytes(count: number): string {
  const [one, thousand, million] = units.byte;
  if (count < 1_000) return `${count} ${one}`;
  if (count < 1_000_000) return `${figure.format(count / 1_000)} ${thousand}`;
  return `${figure.format(count / 1_000_000)} ${million}`;
}

export function volume(mm3: number): string {
  const [small, large] = units.size;
  return mm3 < 1_000 ? `${figures(mm3)} ${small}` : `${figures(mm3 / 1_000)} ${large}`;
}
export const area = (mm2: number): string => `${figures(mm2 / 100)} ${units.size[2]}`;

/** 40 s · 12 min · 1 h 05 min · 3 d 2 h */
export function duration(ms: number): string {
  const { second, minute, hour, day: days } = units;
  const seconds = Math.max(0, Math.round(ms / 1_000));
  if (seconds < 60) return `${seconds} ${second}`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes} ${minute}`;
  const hours = Math.floor(minutes / 60);
  const rest = minutes % 60 === 0 ? '' : ` ${String(minutes % 60).padStart(2, '0')} ${minute}`;
  if (hours < 24) return `${hours} ${hour}${rest}`;
  return `${Math.floor(hours / 24)} ${days}${hours % 24 === 0 ? '' : ` ${hours % 24} ${hour}`}`;
}
