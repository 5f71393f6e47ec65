import type { seekText } from '../seek.ts';

export const seek: typeof seekText = {
  label: 'Поиск или скан',
  hint: 'Скан или номер, модель, имя',
  clear: 'Очистить поиск',
  openShort: 'открыть',
  allKeys: 'Все клавиши',
  open: (number) => `Открыть заказ ${number}`,
};
