import { duration } from '../format.ts';
import type { peopleText } from '../people.ts';

export const people: typeof peopleText = {
  title: 'Люди',
  open: 'Люди',
  loading: 'Узнаём, кто на месте',
  nobody: 'В этом цехе нет операторов.',
  present: 'У доски',
  away: (ms) => (ms < 60_000 ? 'Только что нет на месте' : `Нет на месте ${duration(ms)}`),
  absent: 'Нет на месте',
  onShift: (since) => (since === undefined ? 'На смене' : `На смене с ${since}`),
  offShift: 'Не на смене',
  holds: (held, limit) => `Мест занято: ${held} из ${limit}`,
  full: 'мест нет',
  changeShort: 'Изменить',
  change: (name) => `Изменить: ${name}`,
  startShift: 'Начать смену',
  endShift: 'Закончить смену',
  endShiftHint: 'Неначатые заказы снова станут свободны.',
  limit: 'Места',
  setLimit: 'Задать места',
  skills: 'Материалы',
  setSkills: 'Задать материалы',
  allSkills: 'Все материалы',
  noSkills: 'Материалов нет: брать нечего',
  fewSkills: (names) => `Только ${names}`,
  saved: (name) => `Изменено: ${name}.`,
};
