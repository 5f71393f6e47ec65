/** What an HTTP route promises: the same description checks requests, answers them and becomes `openapi.json`. */
import type { TObject, TSchema } from 'typebox';

export interface Endpoint {
  /** Operation id, kebab-case. */
  readonly name: string;
  readonly method: 'GET' | 'POST' | 'DELETE';
  /** `:name` stands for one segment. */
  readonly path: string;
  readonly about: string;
  /** `anyone` needs no session, and none is looked up. */
  readonly access: 'anyone' | 'session';
  /** Of the signed-in, who may; absent = all. */
  readonly roles?: readonly string[];
  /** JSON body, unknown fields refused. */
  readonly body?: TObject;
  /** The body is bytes, not JSON. */
  readonly raw?: true;
  /** Query parameters, all of them; integers are read from their digits. */
  readonly query?: TObject;
  /** Takes an Idempotency-Key (and If-Match). */
  readonly key?: 'optional' | 'required';
  /** Status of success. */
  readonly status: 200 | 201;
  readonly answer?: TSchema;
}
