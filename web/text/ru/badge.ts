import type { badgeText } from '../badge.ts';

export const badge: typeof badgeText = {
  hint: 'Или отсканируйте бейдж: заказ будет предложен сразу.',
  cannot: (name) => `${name} не может взять заказ: не на смене, уже держит его или не работает с этим материалом.`,
  gone: 'больше не может взять заказ',
};
