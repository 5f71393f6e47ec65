import { plural } from './common.ts';
import { words } from './words.ts';

/** Somebody signs out while something waits to be sent. */
export const leaveText = words('leave', {
  title: 'Sign out?',
  lost: (count: number) =>
    `${plural(count, 'action has', 'actions have')} not been sent yet and would be lost. Stay until the connection is back, then sign out.`,
  sent: 'Everything you did has been sent.',
  stay: 'Stay',
});
