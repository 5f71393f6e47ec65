import type { filtersText } from '../filters.ts';
import { number } from '../format.ts';
import { plural } from './plural.ts';

export const filters: typeof filtersText = {
  label: 'Фильтры',
  all: 'Все',
  skills: 'Мои навыки',
  late: 'Опаздывают',
  rush: 'Срочные',
  alone: 'Без присмотра',
  hold: 'Приостановлены',
  sort: 'Порядок',
  sorts: { urgency: 'По срочности', due: 'По сроку', recent: 'Сначала новые', waiting: 'Дольше всех ждут' },
  of: (shown, all) => `${number(shown)} из ${number(all)}`,
  noneHere: (hidden) => `Здесь такого нет. ${plural(hidden, 'заказ скрыт', 'заказа скрыто', 'заказов скрыто')}.`,
  showAll: 'Показать все',
  shown: (shown, all) =>
    shown === all
      ? `Показаны все заказы: ${number(all)}.`
      : `Показано ${plural(shown, 'заказ', 'заказа', 'заказов')} из ${number(all)}.`,
  mineHidden: (count) =>
    count === 1
      ? 'Скрыт ваш заказ, который требует внимания'
      : `Скрыто ${plural(count, 'ваш заказ', 'ваших заказа', 'ваших заказов')}, которые требуют внимания`,
  cleared: 'Фильтры сняты, чтобы показать заказ, к которому вы перешли.',
};
