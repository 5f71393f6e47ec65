import { words } from './words.ts';

/** The session is over, and what was begun waits. */
export const againText = words('again', {
  title: 'Sign in again',
  why: (name: string) =>
    `${name}, your session is over. Nothing you typed is lost, and what waits to be sent goes out once you are back.`,
  other: 'If you are somebody else, sign in as yourself: this page then starts anew.',
});
