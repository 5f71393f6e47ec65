import { words } from './words.ts';

/** The story of an order, with how long each step took. */
export const timelineText = words('timeline', {
  title: 'Timeline',
  you: 'You',
  usual: '95 % of orders are faster',
  held: 'held',
  soFar: (time: string) => `${time} so far`,
  heldFor: (time: string) => `${time} of it on hold`,
  over: (usual: string) => `longer than usual: 95 % take at most ${usual}`,
  within: (usual: string) => `usually at most ${usual}`,
});
