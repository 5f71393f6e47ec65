import { plural } from './common.ts';
import { number } from './format.ts';
import { words } from './words.ts';

/** How an order goes on: its place in a queue, who acts next, when it should be ready. */
export const followText = words('follow', {
  movedUp: (places: number, ago: string) => `moved up ${plural(places, 'place', 'places')} ${ago} ago`,
  movedUpNow: (places: number) => `moved up ${plural(places, 'place', 'places')} just now`,
  before: (count: number) =>
    count === 0 ? 'Yours is next' : `${plural(count, 'calculation', 'calculations')} before yours`,
  you: 'you',
  now: 'now',
  share: (percent: number) => `About ${number(percent)} percent of the wait is over`,
  keepsPlace: 'You may change the options or close this page: your place is kept, and the price will stand here.',
  next: {
    title: 'Next',
    since: (time: string) => `since ${time}`,
    /** To a guest. */
    buyerOther: 'Whoever ordered it',
    who: {
      buyer: 'You',
      pricing: 'Calculates by itself',
      storage: 'Waits for the store of models',
      operators: 'The workshop: somebody takes it',
      holder: 'The workshop works on it',
      packer: 'The workshop packs it',
      carrier: 'The carrier brings it',
      crm: 'Our office',
      partner: 'The partner',
    } as Readonly<Record<string, string>>,
  },
  due: {
    title: 'Ready by',
    axis: (today: string, due: string) => `Today is ${today}, it should be ready by ${due}`,
    earlier: (was: string, since: string) => `Earlier since ${since}; it was ${was}.`,
    later: (was: string, since: string) => `Later since ${since}; it was ${was}.`,
    over: 'It takes longer than planned. The workshop sees that too.',
  },
  left: (time: string) => `${time} left`,
  secondsLeft: (time: string) => `about ${time} left`,
  decideLater: 'Decide later',
});
