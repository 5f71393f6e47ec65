/** Who asks. */
export interface Principal {
  readonly id: string;
  readonly name: string;
  readonly roles: readonly string[];
  readonly site?: string;
  /** Key space: `house` for our own users, the partner's id for partners. */
  readonly tenant: string;
  /** The session, and when the token shown ends (milliseconds since 1970). */
  readonly sid: string;
  readonly expiresAt: number;
  /** What a partner's key is for; a session has none, its roles say it all. */
  readonly scopes?: readonly string[];
}

/** A user as sessions carry it. */
export type Person = Omit<Principal, 'sid' | 'expiresAt' | 'scopes'>;
