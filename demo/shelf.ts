/** The models of one customer that the product has already: each is sent once. */
import type { UploadedModel } from '../gateways/contract/model.ts';
import { ProblemError } from '../web/client/problem.ts';
import { fileOf, type Model } from './models/catalogue.ts';

const SEND_MS = 30_000;

export class Shelf {
  readonly #ids = new Map<string, string>();
  readonly #to: string;
  readonly #token: () => string | undefined;

  /** `to`: where models are sent. */
  constructor(to: string, token: () => string | undefined) {
    this.#to = to;
    this.#token = token;
  }

  async idOf(model: Model, key: string, stop: AbortSignal): Promise<string> {
    const known = this.#ids.get(model.name);
    if (known !== undefined) return known;
    const { model: id } = await this.#send(model, key, stop);
    this.#ids.set(model.name, id);
    return id;
  }

  /** The product does not know it any more: it was restored, say. */
  forget({ name }: Model): void {
    this.#ids.delete(name);
  }

  async #send(model: Model, key: string, stop: AbortSignal): Promise<UploadedModel> {
    const headers = {
      authorization: `Bearer ${this.#token() ?? ''}`,
      'content-type': 'model/stl',
      'idempotency-key': key,
      'x-filename': encodeURIComponent(model.name),
    };
    const signal = AbortSignal.any([stop, AbortSignal.timeout(SEND_MS)]);
    const init = { method: 'POST', headers, body: fileOf(model), signal };
    const answer = await fetch(this.#to, init).catch((error: unknown) => {
      throw new ProblemError('offline', 0, {}, error);
    });
    const body: unknown = await answer.json().catch(() => undefined);
    if (!answer.ok) throw ProblemError.of(answer.status, body);
    return body as UploadedModel;
  }
}
