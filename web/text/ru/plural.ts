import { number } from '../format.ts';

const rules = new Intl.PluralRules('ru');

/** 1 заказ, 2 заказа, 5 заказов. */
export function plural(count: number, one: string, few: string, many: string): string {
  const form = rules.select(count);
  return `${number(count)} ${form === 'one' ? one : form === 'few' ? few : many}`;
}
