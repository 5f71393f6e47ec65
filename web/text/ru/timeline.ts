import type { timelineText } from '../timeline.ts';

export const timeline: typeof timelineText = {
  title: 'История заказа',
  you: 'Вы',
  usual: '95 % заказов быстрее',
  held: 'приостановлен',
  soFar: (time) => `уже ${time}`,
  heldFor: (time) => `из них приостановлен ${time}`,
  over: (usual) => `дольше обычного: у 95 % не больше ${usual}`,
  within: (usual) => `обычно не больше ${usual}`,
};
