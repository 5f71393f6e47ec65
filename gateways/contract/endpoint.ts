/** What an HTTP route promises: the same description checks requests, answers them and becomes `openapi.json`. */
import type { TObject, TSchema } from 'typebox';
import type { Scope } from './scopes.ts';

export interface Endpoint {
  /** Operation id, kebab-case. */
  readonly name: string;
  readonly method: 'GET' | 'POST' | 'DELETE';
  /** `:name` stands for one segment. */
  readonly path: string;
  readonly about: string;
  /**
   * `anyone` needs no session, and none is looked up; `link`: a session, or the token of a guest link as `?share=`;
   * `key`: the key of a partner, and nothing else.
   */
  readonly access: 'anyone' | 'session' | 'link' | 'key';
  /** What the key must be for. */
  readonly scope?: Scope;
  /** Of the signed-in, who may; absent = all. */
  readonly roles?: readonly string[];
  /** JSON body, unknown fields refused. */
  readonly body?: TObject;
  /** The body is bytes, not JSON. */
  readonly raw?: true;
  /** Query parameters, all of them; integers are read from their digits. */
  readonly query?: TObject;
  /** Takes an Idempotency-Key (and, unless `unversioned`, If-Match). */
  readonly key?: 'optional' | 'required';
  /** What can go wrong besides what the rest of this says: codes of `problem.ts`. */
  readonly codes?: readonly string[];
  /** The answer has an ETag; what has a version has one anyway. */
  readonly tagged?: true;
  /** The answer may be older than the present: then it says how old. */
  readonly dated?: true;
  /** What is written has no version. */
  readonly unversioned?: true;
  /** Status of success. */
  readonly status: 200 | 201;
  readonly answer?: TSchema;
  /** The answer is bytes of this media type, ranges honoured. */
  readonly file?: string;
  /** The answer is text of this media type. */
  readonly text?: string;
  /** The answer is a picture of this media type. */
  readonly image?: string;
}
