/** What may be ordered: public, the same for everybody. */
import { createHash } from 'node:crypto';
import type { TariffBook } from '../../actors/pricing/book.ts';
import { catalogue } from '../../actors/pricing/catalogue.ts';
import type { Reply, Route } from '../../src/http/route.ts';
import * as rest from '../contract/rest.ts';
import type { StorefrontDeps } from './deps.ts';

const SHARED = 'public, max-age=15, stale-while-revalidate=30';

export function catalogRoutes({ tariffs, uploadBytes }: Pick<StorefrontDeps, 'tariffs' | 'uploadBytes'>): Route[] {
  let rendered: { readonly of: TariffBook; readonly reply: Reply } | undefined;
  const render = (book: TariffBook): Reply => {
    const { quantity, ...lists } = catalogue(book);
    const content = JSON.stringify({ ...lists, limits: { quantity, uploadBytes } });
    const version = createHash('sha256').update(content).digest('base64url').slice(0, 22);
    return { version, shared: SHARED, text: { type: 'application/json', content } };
  };
  return [
    {
      endpoint: rest.readCatalog,
      handle: async () => {
        const book = tariffs();
        if (rendered?.of !== book) rendered = { of: book, reply: render(book) };
        return rendered.reply;
      },
    },
  ];
}
