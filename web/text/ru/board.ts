import type { boardText } from '../board.ts';
import { lowerFirst } from '../common.ts';
import { duration, number } from '../format.ts';
import { plural } from './plural.ts';

export const board: typeof boardText = {
  title: 'Доска',
  pageTitle: (site) => `Доска · ${site}`,
  skip: 'К заказам',
  lanes: { new: 'Новые', in_work: 'В работе', made: 'Готовы' },
  parts: {
    offered: 'Предлагают вам',
    mine: 'Мои',
    free: 'Начаты, без исполнителя',
    alone: 'Без присмотра',
    others: 'Другие',
  },
  oldest: (ms) => `дольше всех ${duration(ms)}`,
  empty: {
    new: 'Все заказы взяты.',
    in_work: 'Сейчас никто ни над чем не работает.',
    made: 'Упаковывать нечего.',
  },
  newAbove: (count) => plural(count, 'новый сверху', 'новых сверху', 'новых сверху'),

  towerCalm: 'Опозданий нет, всё под присмотром',
  tower: (late, alone, asked) =>
    [
      late > 0 ? plural(late, 'опаздывает', 'опаздывают', 'опаздывают') : '',
      alone > 0 ? `${number(alone)} без присмотра` : '',
      asked > 0 ? plural(asked, 'запрос отмены', 'запроса отмены', 'запросов отмены') : '',
    ]
      .filter((part) => part !== '')
      .join(' · '),

  shift: {
    start: 'Начать смену',
    end: 'Закончить смену',
    starting: 'Начинаем',
    ending: 'Заканчиваем',
    off: 'Не на смене',
  },
  slots: {
    label: 'мои места',
    group: (held, limit) => `Мои места: занято ${held} из ${limit}`,
    order: (number) => `${number.slice(-3)}, заказ ${number}`,
    free: 'место',
    more: (count) => plural(count, 'место', 'места', 'мест'),
  },

  dismiss: 'Убрать',

  card: {
    priority: ['', 'Повышенная', 'Высокая', 'Срочно'],
    material: (name, finish) => `${name}, ${lowerFirst(finish)}`,
    onHold: 'Приостановлен',
    late: (ms) => `опоздание ${duration(ms)}`,
    left: (ms) => `осталось ${duration(ms)}`,
    inTime: (ms) => `через ${duration(ms)}`,
    noDue: 'без срока',
    free: (ms) => (ms < 60_000 ? 'Только что поступил' : `Свободен ${duration(ms)}`),
    nobody: (ms) => `Никто не берёт ${duration(ms)}`,
    dropped: (ms) => `Начат, отпущен ${duration(ms)} назад`,
    mineCaptured: (ms) => (ms < 60_000 ? 'Взят только что, не начат' : `Взят ${duration(ms)} назад, не начат`),
    mineStarted: (ms) => `В работе ${duration(ms)}`,
    otherCaptured: (name, ms) => (ms < 60_000 ? `${name}, взят только что` : `${name}, взят ${duration(ms)} назад`),
    otherStarted: (name, ms) => `${name}, в работе ${duration(ms)}`,
    alone: (name, ms) => `${name}: нет связи ${duration(ms)}`,
    held: (reason, ms) => `${reason}, стоит ${duration(ms)}`,
    made: (ms) => (ms < 60_000 ? 'Готов только что' : `Готов ${duration(ms)} назад`),
    packing: (ms) => `Упаковывается ${duration(ms)}`,
    away: (what, ms) => `${what}; нет на месте ${duration(ms)}`,
  },

  lost: {
    title: (name, ms) => {
      if (ms < 100) return `Взят меньше чем на 0,1 с раньше: ${name}`;
      if (ms < 10_000) return `Взят на ${number(ms / 1_000)} с раньше: ${name}`;
      return ms < 60_000 ? `Взят на ${duration(ms)} раньше: ${name}` : `Взят ${duration(ms)} назад: ${name}`;
    },
    taken: (name) => `Уже взят: ${name}`,
    gone: 'Этого заказа больше нет на доске',
    made: 'Он уже готов',
    free: 'Он снова свободен',
    show: 'Показать',
    showFor: (number) => `Показать заказ ${number}`,
    slots: 'Ваши места не изменились',
    similar: (digits) => `Похожий: ${digits}`,
    similarFor: (digits, number) => `Похожий: ${digits}, свободный заказ ${number}`,
  },

  keys: {
    card: 'карточка',
    lane: 'колонка',
    actions: 'к кнопкам',
    capture: 'взять',
    start: 'начать',
    done: 'готово',
    hold: 'приостановить или продолжить',
    handOver: 'передать',
    release: 'отпустить',
    next: 'что дальше',
    alarm: 'к тревоге',
  },
  notForYou: {
    title: 'Для этой учётной записи доски нет',
    text: 'Доска для тех, кто работает в этом цехе.',
    shop: 'В магазин',
  },
};
