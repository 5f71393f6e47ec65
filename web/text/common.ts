/** English texts of both pages. A language is one module of the same shape; nothing is glued together elsewhere. */
import { number } from './format.ts';
import { words } from './words.ts';

export const plural = (count: number, one: string, many: string): string =>
  `${number(count)} ${count === 1 ? one : many}`;

/** For a name inside a sentence; abbreviations keep their capitals. */
export const lowerFirst = (name: string): string =>
  /^\p{Lu}[\p{Ll} ]/u.test(name) ? name.charAt(0).toLowerCase() + name.slice(1) : name;

export const commonText = words('common', {
  product: 'Andon',
  theme: 'Light or dark theme',
  signOut: 'Sign out',
  signIn: {
    title: 'Sign in',
    login: 'Login',
    password: 'Password',
    go: 'Sign in',
    busy: 'Signing in',
  },
  signUp: {
    title: 'New here',
    name: 'Your name',
    contact: 'E-mail or telephone',
    contactHint: 'Only for questions about your orders.',
    passwordHint: 'At least 8 characters.',
    go: 'Create my account',
    busy: 'Creating',
  },
  close: 'Close',
  /** Of a page, loaded when it is needed. */
  part: { missing: 'This part of the page could not be loaded.', again: 'Try again' },
  connection: {
    live: 'Live',
    connecting: 'Connecting',
    nobody: 'No server answers. This page opens by itself as soon as one does.',
    catchingUp: 'Catching up',
    behind: (seconds: number) => `Up to ${number(seconds)} s old`,
    behindWhy: 'A server is away. You can go on working; what you do is kept.',
    offline: (since: string) => `Offline since ${since}`,
    offlineBanner: (since: string) => `No connection since ${since}.`,
    back: 'The connection is back.',
    lost: 'The connection is lost.',
    waiting: (count: number) =>
      count === 0
        ? 'You see the last known state.'
        : `${plural(count, 'action waits and is', 'actions wait and are')} sent as soon as it is back.`,
  },
  model: {
    volume: 'Volume',
    area: 'Area',
    size: 'Size',
    mesh: 'Mesh',
    facets: 'Facets',
    closed: 'closed',
    open: 'not closed',
    weight: 'Weight of one',
    grams: (weight: string) => `${weight} g`,
    millimetres: (size: string) => `${size} mm`,
  },
  materials: { unknown: 'Material' },
  /** Problems that any page may meet, by code. */
  problems: {
    unknown: 'Nobody answered. It may have been done all the same: look before you do it again.',
    offline: 'No answer from the server. Check the connection and try again.',
    unavailable: 'The server cannot answer just now. Try again in a moment.',
    overloaded: 'Too much is going on just now. Try again in a moment.',
    unauthenticated: 'Please sign in again.',
    forbidden: 'This account may not do that.',
    bad_origin: 'This page was opened from a foreign address. Open it from its own address.',
    not_found: 'This does not exist, or it is not yours.',
    too_many: 'That was too often. Wait a minute and try again.',
    too_large: 'This file is too large.',
    invalid: 'Something in the form is not right.',
    malformed: 'The server did not understand this page. Reload it.',
    idempotency_key_reused: 'This was already sent with other content. Reload the page.',
  } as Readonly<Record<string, string>>,
  otherProblem: (code: string) => `That did not work (${code}).`,
  wrongLogin: 'Login or password is wrong.',
  signUpProblems: {
    login_taken: 'This login is taken. Choose another.',
    forbidden: 'New accounts are made by us just now. Please ask.',
    not_found: 'New accounts are made by us just now. Please ask.',
  } as Readonly<Record<string, string>>,
});

/** What a problem's code means to a person. */
export const problemText = (code: string): string => commonText.problems[code] ?? commonText.otherProblem(code);
