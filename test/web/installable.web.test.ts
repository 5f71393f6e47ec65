import * as assert from 'uvu/assert';
import { takeShift } from './browser.ts';
import { type Cases, webSpec } from './web-spec.ts';

const test = webSpec('the board as an app', { deadlineMs: 120_000 });

const READY = 'navigator.serviceWorker.ready.then(({ active }) => active.state)';

const cases: Cases = {
  async 'its manifest and icons are there, and the browser would install it'({ product }) {
    const page = await (await fetch(`${product.url}/board`)).text();
    const [, link = ''] = /rel="manifest" href="([^"]+)"/.exec(page) ?? [];
    const answer = await fetch(`${product.url}${link}`);
    assert.match(answer.headers.get('content-type') ?? '', /^application\/manifest\+json/);
    const manifest = (await answer.json()) as { start_url: string; icons: { src: string; sizes: string }[] };
    assert.is(manifest.start_url, '/board');
    for (const { src, sizes } of manifest.icons) {
      const icon = Buffer.from(await (await fetch(`${product.url}${src}`)).arrayBuffer());
      assert.is(`${icon.readUInt32BE(16)}x${icon.readUInt32BE(20)}`, sizes, src);
    }
  },

  async 'without a network the board opens in either language, says so, and is live by itself when there is one again'(
    place,
  ) {
    const { product, desks } = place;
    const [operator] = await product.addUsers('operator', { site: 'north' });
    const page = await desks.page('board');
    await takeShift(page, product.url, operator!);
    assert.ok(['activating', 'activated'].includes(await page.evaluate<string>(READY)));
    await page.context().setOffline(true);
    await page.reload();
    await page.getByText('No server answers').waitFor();
    await desks.shoot(page, 'offline-shell');
    await page.evaluate("localStorage.setItem('andon.language', 'ru')");
    await page.reload();
    await page.getByText('Ни один сервер не отвечает').waitFor();
    await page.evaluate("localStorage.removeItem('andon.language')");
    await page.reload();
    await page.getByText('No server answers').waitFor();
    await page.context().setOffline(false);
    await page.locator('[data-connection="live"]').waitFor();
    await page.getByRole('button', { name: 'End shift' }).waitFor();
  },

  async 'what the server says of orders is never kept'({ product, desks }) {
    const [operator] = await product.addUsers('operator', { site: 'north' });
    const page = await desks.page('board');
    await takeShift(page, product.url, operator!);
    await page.evaluate(READY);
    await page.reload();
    await page.locator('[data-connection="live"]').waitFor();
    const kept = await page.evaluate<string[]>(`caches.keys().then(async (names) => {
    const all = await Promise.all(names.map(async (name) => (await caches.open(name)).keys()));
    return all.flat().map(({ url }) => new URL(url).pathname);
  })`);
    assert.ok(kept.includes('/board'));
    for (const path of kept) assert.match(path, /^\/(board|assets\/[\w.-]+)$/);
    assert.equal(desks.complaints, []);
  },
};

for (const [title, body] of Object.entries(cases)) test(title, body);
