/** A product at which something is tried that is refused, and whether it was refused without a trace. */
import pg from 'pg';
import * as assert from 'uvu/assert';
import type { Api, Reply } from '../_kit/api.ts';
import { type Product, startProduct } from '../_kit/product.ts';
import type { Fixture } from '../_kit/spec.ts';
import { newBuyer } from '../_kit/story.ts';

export interface World {
  readonly product: Product;
  readonly buyer: Api;
  readonly other: Api;
  readonly db: pg.Client;
}

export const withOutsiders: Fixture<World> = async (lend) => {
  const product = await startProduct({
    env: { ANDON_UPLOAD_BYTES: '100000', ANDON_SIGNUPS_PER_MINUTE: '1000' },
  });
  const owner = (await product.status()).servers.find(({ name }) => name === 'postgres');
  const db = new pg.Client(owner?.url);
  try {
    await db.connect();
    await lend({ product, buyer: await newBuyer(product.url), other: await newBuyer(product.url), db });
  } finally {
    await db.end();
    await product.close();
  }
};

/** How many rows there are of everything that a request could store. */
async function stored(db: pg.Client): Promise<string> {
  const { rows } = await db.query(
    `SELECT (SELECT count(*) FROM actor_log) AS log, (SELECT count(*) FROM models) AS models, (SELECT count(*) FROM claims) AS claims,
            (SELECT count(*) FROM jobs) AS jobs, (SELECT count(*) FROM people) AS people, (SELECT count(*) FROM notes) AS notes`,
  );
  return JSON.stringify(rows[0]);
}

export async function refused(
  db: pg.Client,
  title: string,
  sent: () => Promise<Reply>,
  status: number,
  code: string,
  path?: string,
): Promise<Reply> {
  const before = await stored(db);
  const reply = await sent();
  assert.is(`${reply.status} ${reply.body.code}`, `${status} ${code}`, title);
  assert.is(reply.headers.get('content-type'), 'application/problem+json', title);
  if (path !== undefined) {
    const paths = reply.body.errors.map((e: { path: string }) => e.path);
    assert.ok(paths.includes(path), `${title}: ${path} in ${paths}`);
    assert.ok(
      reply.body.errors.every((e: { rule: string }) => e.rule !== ''),
      title,
    );
  }
  assert.is(await stored(db), before, `${title}: nothing is stored`);
  return reply;
}
