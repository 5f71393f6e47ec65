/**
 * The client of a page. Its session is a cookie that scripts cannot read; what the page keeps is a note of who it was
 * (nothing secret). Another window that signs in somebody else changes the cookie for all: this page then starts anew. A page
 * that asks its user to sign in again stays as it is when another window signs out, or signs the same person in.
 */
import { Client } from '../client/client.ts';
import { startAnew } from './leaving.ts';
import { clock } from './ticking.ts';

const NOTE = 'andon.me';

export function pageClient({ asksAgain = false } = {}): Client {
  let last: string | undefined;
  const note = {
    read,
    write: (id: string | undefined): void => {
      last = id ?? last;
      write(id);
    },
  };
  const client = new Client({ clock, asksAgain, note });
  addEventListener('storage', (event) => {
    if (event.key !== NOTE || read() === client.session.me?.id) return;
    if (asksAgain && last !== undefined && (read() ?? last) === last) void client.session.renew();
    else startAnew();
  });
  return client;
}

function read(): string | undefined {
  try {
    return localStorage.getItem(NOTE) ?? undefined;
  } catch {
    return undefined;
  }
}

function write(id: string | undefined): void {
  try {
    if (id === undefined) localStorage.removeItem(NOTE);
    else localStorage.setItem(NOTE, id);
  } catch {
    // storage may be forbidden: then a reload asks to sign in again
  }
}
