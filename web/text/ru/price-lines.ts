import { number } from '../format.ts';
import type { lineText } from '../price-lines.ts';

export const line: typeof lineText = {
  own: { 'Set-up': 'Подготовка', 'Price set by hand': 'Цена назначена вручную' },
  off: (percent) => `Скидка ${number(percent)} % за количество`,
};
