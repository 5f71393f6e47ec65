import type { leaveText } from '../leave.ts';
import { plural } from './plural.ts';

export const leave: typeof leaveText = {
  title: 'Выйти?',
  lost: (count) =>
    `${plural(count, 'действие ещё не отправлено и пропадёт', 'действия ещё не отправлены и пропадут', 'действий ещё не отправлено и пропадут')}. Дождитесь связи, затем выходите.`,
  sent: 'Всё, что вы сделали, отправлено.',
  stay: 'Остаться',
};
