import type { followText } from '../follow.ts';
import { number } from '../format.ts';
import { plural } from './plural.ts';

const places = (count: number): string => plural(count, 'место', 'места', 'мест');

export const follow: typeof followText = {
  movedUp: (count, ago) => `на ${places(count)} ближе ${ago} назад`,
  movedUpNow: (count) => `только что на ${places(count)} ближе`,
  before: (count) =>
    count === 0 ? 'Ваш расчёт следующий' : `Перед вашим ${plural(count, 'расчёт', 'расчёта', 'расчётов')}`,
  you: 'вы',
  now: 'сейчас',
  share: (percent) => `Прошло около ${number(percent)} процентов ожидания`,
  keepsPlace: 'Можно менять параметры или закрыть страницу: место сохранится, и цена появится здесь.',
  next: {
    title: 'Дальше',
    since: (time) => `с ${time}`,
    buyerOther: 'Тот, кто заказал',
    who: {
      buyer: 'Вы',
      pricing: 'Идёт расчёт цены',
      storage: 'Хранилище моделей',
      operators: 'Цех: ждёт исполнителя',
      holder: 'Цех: в работе',
      packer: 'Цех: упаковка',
      carrier: 'Везёт перевозчик',
      crm: 'Наш офис',
      partner: 'Партнёр',
    },
  },
  due: {
    title: 'Будет готово к',
    axis: (today, due) => `Сегодня ${today}, должно быть готово к ${due}`,
    earlier: (was, since) => `Срок стал раньше с ${since}, был ${was}.`,
    later: (was, since) => `Срок стал позже с ${since}, был ${was}.`,
    over: 'Работа идёт дольше, чем планировалось. Цех это тоже видит.',
  },
  left: (time) => `осталось ${time}`,
  secondsLeft: (time) => `осталось около ${time}`,
  decideLater: 'Решить позже',
};
