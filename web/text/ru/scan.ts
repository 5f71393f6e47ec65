import type { scanText } from '../scan.ts';
import { plural } from './plural.ts';

export const scan: typeof scanText = {
  label: 'Сканирование',
  state: {
    INITIATED: 'ещё не отправлен на расчёт',
    SUBMITTED: 'ждёт цены',
    PRICING: 'ждёт цены',
    PRICE_CALCULATED: 'ждёт согласия клиента',
    PRICE_FAILED: 'у отдела продаж, цены нет',
    MANUFACTURING_APPROVED: 'новый',
    MANUFACTURING_STARTED: 'в работе',
    MANUFACTURING_COMPLETED: 'готов',
    PACKAGING: 'упаковывается',
    SHIPPED: 'отправлен',
    DELIVERED: 'доставлен',
    CLOSED: 'доставлен и закрыт',
    EXPIRED: 'истёк, не был отправлен',
    REJECTED: 'отклонён',
    CANCELLED: 'отменён',
  },
  asking: (text) => `Ищем ${text}`,
  none: (text) => `${text}: в этом цехе такого заказа нет.`,
  several: (text) => `С ${text} начинается несколько номеров. Отсканируйте или введите номер целиком.`,
  away: (text) => `${text} нет на этой доске, а где он, никто не ответил. Попробуйте ещё раз через минуту.`,
  elsewhere: (number, state) => `${number} нет на этой доске: ${state}.`,
  atSite: (number, site, state) => `${number}: ${site}, ${state}.`,
  burst: (all, here) => `${plural(all, 'скан', 'скана', 'сканов')}, на этой доске ${here}`,
  last: (number) => `Последний: ${number}`,
  more: (count) => `и ещё ${count}`,
  open: 'Открыть',
  openFor: (number) => `Открыть заказ ${number}`,
};
