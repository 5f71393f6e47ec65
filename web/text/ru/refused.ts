import type { refusedText } from '../refused.ts';
import { plural } from './plural.ts';

export const refused: typeof refusedText = {
  stale: (holder, since, action) => `Исполнитель с ${since}: ${holder}; ваше «${action}» не применено`,
  staleFree: (action) => `Заказ тем временем изменили; ваше «${action}» не применено`,
  look: 'На карточке видно, как сейчас',
  askHolder: (holder) => `Попросите передать. Исполнитель: ${holder}`,
  notHolder: 'Этот заказ больше не у вас',
  wipLimit: (limit) =>
    limit === 1
      ? 'Ваше единственное место занято'
      : plural(limit, 'ваше место занято', 'ваших места заняты', 'ваших мест заняты'),
  oldest: (digits) => `Дольше всех: ${digits}`,
  oldestFor: (digits, number) => `Дольше всех: ${digits}, заказ ${number}, самый давний у вас`,
  finishOne: 'Сначала закончите или отпустите один',
  offShift: 'Вы не на смене',
  offShiftWay: 'Сначала начните смену',
  wrongSkill: 'Этого материала нет среди ваших навыков',
  wrongSite: 'Этот заказ делают в другом цехе',
  onHold: 'Этот заказ приостановлен',
  onHoldWay: 'Работать можно, когда его возобновят',
  wrongStatus: 'Этот заказ ушёл дальше',
  cancelPending: 'Решается отмена',
  cancelPendingWay: 'Посылка ждёт ответа',
  quarantined: 'Заказ заблокирован до проверки инженером',
  quarantinedWay: 'Дежурный инженер тоже это видит',
  gone: 'Этого заказа больше нет на доске',
  captured: (holder) => `Теперь исполнитель: ${holder}`,
  capturedWay: 'Для этого он должен быть свободен',
  handOver: {
    offShift: 'Этот человек уже не на смене',
    wrongSkill: 'Этому человеку нельзя работать с этим материалом',
    wrongSite: 'Этот человек теперь в другом цехе',
    holdsIt: 'Заказ уже у этого человека',
    way: 'Выберите кого-то другого',
  },
  nothing: {
    'hand-over': 'Это предложение больше не действует',
    cancellation: 'На запрос отмены уже ответили',
    hold: 'Он больше не приостановлен',
    capture: 'У него больше нет исполнителя',
  },
  nothingElse: 'Это уже сделано',
  invalid: {
    '/site': 'В том цехе этого не делают',
    '/reason': 'В этом цехе такой причины нет',
    '/to': 'Этот человек здесь не оператор',
  },
};
