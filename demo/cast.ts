/** Who the demo plays, as the launcher left word of it: read anew at every log-in, for passwords may change. */
import { existsSync, readFileSync } from 'node:fs';

export interface Role {
  readonly role: string;
  readonly site: string | null;
  readonly login: string;
  readonly password: string;
  readonly apiKey?: string;
}

const isPlayed = (value: unknown): value is Role =>
  typeof value === 'object' && value !== null && 'demo' in value && value.demo === 'played' && 'login' in value;

export function playedIn(text: string): Role[] {
  const found: unknown = JSON.parse(text);
  return Array.isArray(found) ? found.filter(isPlayed) : [];
}

export class Cast {
  readonly #file: string;

  constructor(file: string) {
    this.#file = file;
  }

  /** None while there is no such file: people may delete it. */
  all(): Role[] {
    return existsSync(this.#file) ? playedIn(readFileSync(this.#file, 'utf8')) : [];
  }

  credentials(login: string): { login: string; password: string } {
    const password = this.all().find((one) => one.login === login)?.password ?? '';
    return { login, password };
  }
}
