import { signal, useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import type { Shared } from '../../gateways/contract/share.ts';
import { newKey } from '../client/key.ts';
import { codeOf } from '../client/problem.ts';
import { problemText } from '../text/common.ts';
import { shopText } from '../text/shop.ts';
import { say } from '../ui/announce.tsx';
import { Fault } from '../ui/form.tsx';
import { rest } from './app.ts';

const text = shopText.share;

/** Links given out from this page, by order; the server keeps only what tells a link apart. */
const links = signal<ReadonlyMap<string, string>>(new Map());

/** A link for somebody without an account: to look at this one order, until it is taken back. */
export function Share({ order }: { order: string }): JSX.Element {
  const busy = useSignal(false);
  const stopped = useSignal(false);
  const fault = useSignal<string | undefined>(undefined);
  const link = links.value.get(order);
  const ask = async (method: 'POST' | 'DELETE'): Promise<void> => {
    if (busy.value) return;
    busy.value = true;
    fault.value = undefined;
    try {
      const path = `/api/orders/${order}/share`;
      const body = method === 'POST' ? {} : undefined;
      const answer = await rest.write<Shared | undefined>(path, body, { key: newKey() }, method);
      const next = new Map(links.peek());
      if (method === 'POST' && answer.body !== undefined) next.set(order, answer.body.url);
      else next.delete(order);
      links.value = next;
      stopped.value = method === 'DELETE';
    } catch (error) {
      fault.value = codeOf(error);
    }
    busy.value = false;
  };
  return (
    <section class="panel stack share" aria-label={text.title}>
      <p class="dim" role="status">
        {link !== undefined ? text.given : stopped.value ? text.stopped : text.what}
      </p>
      {link === undefined ? null : <Link link={link} />}
      {fault.value === undefined ? null : <Fault code={fault.value} text={problemText(fault.value)} />}
      <div class="row wrap">
        {link === undefined ? (
          <button type="button" class="btn" aria-busy={busy.value || undefined} onClick={() => void ask('POST')}>
            {busy.value ? text.busy : text.go}
          </button>
        ) : null}
        <button type="button" class="btn quiet" onClick={() => void ask('DELETE')}>
          {text.stop}
        </button>
      </div>
    </section>
  );
}

/** Copying needs a secure page; where it is not, the link is selected to be copied by hand. */
function Link({ link }: { link: string }): JSX.Element {
  const field = useRef<HTMLInputElement>(null);
  const copied = useSignal(false);
  useEffect(() => field.current?.select(), [link]);
  const copy = async (): Promise<void> => {
    field.current?.select();
    try {
      await navigator.clipboard.writeText(link);
      copied.value = true;
      say(text.copied);
    } catch {
      copied.value = false;
    }
  };
  return (
    <div class="row share-link">
      <input ref={field} class="field" type="text" readOnly value={link} aria-label={text.link} />
      <button type="button" class="btn" onClick={() => void copy()}>
        {copied.value ? text.copied : text.copy}
      </button>
    </div>
  );
}
