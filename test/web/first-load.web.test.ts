import { gzipSync } from 'node:zlib';
import * as assert from 'uvu/assert';
import { takeShift } from './browser.ts';
import { type Place, webSpec } from './web-spec.ts';

const test = webSpec('the first load of the board', { deadlineMs: 90_000 });

/** Of script, as it goes over the line, bytes. */
const MOST_BYTES = 60_000;

async function light({ product, desks }: Place): Promise<void> {
  const [operator] = await product.addUsers('operator', { site: 'north' });
  const page = await desks.page('board');
  const scripts = new Map<string, Promise<Buffer>>();
  page.on('response', (response) => {
    if (response.request().resourceType() === 'script') scripts.set(response.url(), response.body());
  });
  await takeShift(page, product.url, operator!);
  const loaded = await Promise.all([...scripts].map(async ([url, body]) => ({ url, body: await body })));
  const bytes = loaded.map(({ url, body }) => ({ url, bytes: gzipSync(body, { level: 9 }).length }));
  const sum = bytes.reduce((all, one) => all + one.bytes, 0);
  console.log(`${bytes.length} scripts, ${sum} bytes packed`);
  assert.ok(sum > 10_000, 'scripts were seen at all');
  assert.ok(sum <= MOST_BYTES, `${sum} bytes: ${JSON.stringify(bytes)}`);
  for (const { body, url } of loaded) assert.not.match(body.toString(), /WebGLRenderer/, url);
}

const LIGHT = 'an operator is on shift before more than 60 kB of script have come, and nothing of 3D';
test(LIGHT, light);
