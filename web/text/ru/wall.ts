import { duration, number } from '../format.ts';
import type { wallText } from '../wall.ts';
import { plural } from './plural.ts';

export const wall: typeof wallText = {
  title: (site) => `Цех · ${site}`,
  heading: 'Цех',
  calm: 'Всё в срок, всё под присмотром',
  late: (count) => plural(count, 'заказ опаздывает', 'заказа опаздывают', 'заказов опаздывают'),
  alone: (count) => `${number(count)} без присмотра`,
  asked: (count) => plural(count, 'запрос отмены', 'запроса отмены', 'запросов отмены'),
  cut: (since) => `Нет связи с ${since}`,
  cutHint: 'Показано последнее известное состояние.',
  counts: 'Сводка',
  lanes: { new: 'Новые', in_work: 'В работе', made: 'К упаковке' },
  oldest: { new: 'Дольше всех', in_work: 'Дольше всех', made: 'Дольше всех' },
  usual: (ms) => `обычно ${duration(ms)}`,
  nothing: 'здесь пусто',
  more: (count) => `+${number(count)}`,
  first: 'Сначала эти',
  noneFirst: 'Сейчас ничего срочного.',
  nobody: 'никто не взял',
  noSignal: (name) => `${name}, нет связи`,
  entries: { cancel: 'ответить', late: 'опоздание', alone: 'осталось', tight: 'осталось' },
  noDate: 'без срока',
  shift: 'На смене',
  nobodyOnShift: 'На смене никого нет.',
  away: (ms) => (ms < 60_000 ? 'связь только что пропала' : `нет связи ${duration(ms)}`),
  allSkills: 'все материалы',
  skills: (count) => plural(count, 'материал', 'материала', 'материалов'),
  slots: (held, limit) => `занято мест: ${held} из ${limit}`,
  notForYou: 'Для этой учётной записи табло нет',
};
