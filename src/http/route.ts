/**
 * A route: what it promises (`Endpoint`, as in `gateways/contract`), and how an edge answers. The order of all checks is
 * in serve.ts, so a handler only translates.
 */
import type { TObject, TSchema } from 'typebox';
import type { Fault } from '../errors.ts';
import type { Principal } from '../identity/principal.ts';

/** Structurally the contract's: this folder knows no business. */
export interface EndpointShape {
  readonly name: string;
  readonly method: 'GET' | 'POST' | 'DELETE';
  readonly path: string;
  readonly access: 'anyone' | 'session' | 'link' | 'key';
  readonly scope?: string;
  readonly roles?: readonly string[];
  readonly body?: TObject;
  readonly raw?: true;
  readonly query?: TObject;
  readonly key?: 'optional' | 'required';
  readonly status: 200 | 201;
  readonly answer?: TSchema;
}

export type Fields = Readonly<Record<string, unknown>>;

/** Adds a header to the answer, whatever it will be. */
export type Tell = (header: string, value: string) => void;

/** Before the body and the headers were checked: enough to tell whether the addressed thing exists for the caller. */
export interface Asked {
  readonly params: Readonly<Record<string, string>>;
  /** There for every endpoint that needs a session; where a link is enough, for those who are signed in. */
  readonly principal: Principal | undefined;
}

/** Query parameter of a guest's link. Whether it opens anything is the handler's to say. */
export const LINK = 'share';

/** A request that passed every check. */
export interface Call extends Asked {
  readonly query: Fields;
  readonly body: Fields;
  /** The bytes of a raw endpoint, unread. Leaving them unread does not break the connection. */
  readonly source: AsyncIterable<Uint8Array>;
  readonly key: string | undefined;
  readonly expectedVersion: number | undefined;
  /** W3C traceparent. */
  readonly trace: string;
  /** IP address of the caller, as far as known proxies can be believed. */
  readonly address: string;
  readonly secure: boolean;
  header(name: string): string | undefined;
  readonly tell: Tell;
  /** Told when the caller hangs up; returns how not to be told any more. */
  onGone(act: () => void): () => void;
}

export interface Reply {
  readonly status?: number;
  /** Sent as JSON; a function is only called if the body is wanted (not for 304). */
  readonly body?: unknown | (() => unknown);
  /** Becomes the ETag; with it `If-None-Match` is honoured. */
  readonly version?: number | string;
  /** Cache-Control of what is the same for everybody; else an answer is for its caller alone. */
  readonly shared?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Instead of JSON. */
  readonly text?: { readonly type: string; readonly content: string };
  /** Instead of JSON: a picture. */
  readonly image?: { readonly type: string; readonly content: Uint8Array };
  /** Instead of JSON: to be kept as a file, whole or a range of it. `version` must change with its content. */
  readonly file?: FileContent;
}

export interface FileContent {
  /** Where it stands on the disk; content there never changes. */
  readonly path: string;
  readonly bytes: number;
  readonly type: string;
  /** For the caller's disk. */
  readonly name: string;
}

export interface Route {
  readonly endpoint: EndpointShape;
  /** Beyond the roles: may this caller ask that at all? */
  readonly allowed?: (asked: Asked) => boolean;
  /** Rules on the fields that a schema can't say. */
  readonly faults?: (asked: Asked, body: Fields) => readonly Fault[];
  /** Asked before a 403, 422 or 428 is told: false → the answer is 404 instead. Absent: there is nothing to hide. */
  readonly exists?: (asked: Asked) => Promise<boolean>;
  readonly handle: (call: Call) => Promise<Reply>;
}
