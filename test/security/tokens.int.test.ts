/** What is no session of ours opens nothing: over REST, by cookie, at the sockets and in a renewal. */
import { createPrivateKey } from 'node:crypto';
import { SignJWT } from 'jose';
import * as assert from 'uvu/assert';
import { Api } from '../_kit/api.ts';
import { spec } from '../_kit/spec.ts';
import { until } from '../_kit/until.ts';
import { type ConnectOptions, type Live, withLive } from '../gateways/open-live.ts';
import { partnerOf } from '../gateways/open-partners.ts';
import { OWN } from '../gateways/wire-rest.ts';
import { KEY } from '../identity/open-identity.ts';
import { forgedTokens } from './forged-tokens.ts';

const test = spec<Live>('tokens at every door', withLive({ env: { ANDON_SOCKETS_PER_USER: '1000' } }), {
  shared: true,
  deadlineMs: 60_000,
});

const bearer = (token: string) => ({ headers: { authorization: `Bearer ${token}` } });

const atSocket = (live: Live, namespace: string, who: Api | ConnectOptions): Promise<string> =>
  live.connect(namespace, who).then(
    ({ socket }) => {
      socket.close();
      return 'taken';
    },
    (data: { code?: string }) => data.code ?? String(data),
  );

/** How each door answers, in one line. */
async function doors(live: Live, token: string): Promise<string> {
  const nobody = new Api(live.url);
  const codes = [
    await nobody.get('/api/orders', bearer(token)),
    await nobody.get('/api/orders', { headers: { cookie: `andon=${encodeURI(token)}` } }),
    await nobody.post('/api/session/renew', {}, bearer(token)),
  ].map(({ status, body }) => `${status} ${body.code ?? 'seen'}`);
  const cookie = `andon=${encodeURI(token)}`;
  const sockets = [
    await atSocket(live, '/mes', { token }),
    await atSocket(live, '/storefront', { token }),
    await atSocket(live, '/mes', { cookie, origin: OWN }),
  ];
  return [...codes, ...sockets].join(', ');
}

const SHUT = [...Array(3).fill('401 unauthenticated'), ...Array(3).fill('unauthenticated')].join(', ');

test('nothing forged is taken at any door', async (live) => {
  const [operator, boss] = [await live.as('operator', { site: 'north' }), await live.as('supervisor')];
  const good = { token: operator.token!, key: KEY, other: boss.id };
  const forged = await forgedTokens(good);
  assert.ok(forged.size >= 50, `${forged.size}`);
  const wrong: string[] = [];
  for (const [name, token] of forged) {
    const told = await doors(live, token);
    if (told !== SHUT) wrong.push(`${name}: ${told}`);
  }
  assert.equal(wrong, []);
  const { ask } = await live.connect('/mes', operator);
  for (const [name, token] of forged) assert.is((await ask('session:renew', { token })).ok, false, name);
  assert.is((await operator.get('/api/orders')).status, 200, 'the one they were made from is still good');
});

test('rights that a token claims are nobody’s, even where we had signed them', async (live) => {
  const buyer = await live.as('buyer');
  const [head, body] = buyer.token!.split('.').map((part) => Buffer.from(part, 'base64url').toString());
  const token = await new SignJWT({
    ...JSON.parse(body!),
    roles: ['supervisor'],
    scope: '*',
    site: 'north',
    tenant: 'x',
  })
    .setProtectedHeader(JSON.parse(head!))
    .sign(createPrivateKey(KEY));
  const claimed = new Api(live.url, { token, id: buyer.id, name: '' });
  assert.equal(
    [(await claimed.get('/api/operators')).body.code, (await claimed.get('/api/jobs')).body.code],
    ['forbidden', 'forbidden'],
  );
  assert.is(await atSocket(live, '/mes', { token }), 'forbidden');
});

test('a session that ended, or whose user was disabled, takes its tokens along, renewed or not', async (live) => {
  for (const end of ['logout', 'disabled']) {
    const operator = await live.as('operator', { site: 'north' });
    const renewed = (await operator.post('/api/session/renew')).body.token as string;
    assert.is((await operator.get('/api/orders')).status, 200, 'until its own end the older one is good');
    if (end === 'logout') assert.is((await operator.call('DELETE', '/api/session')).status, 200);
    else await live.core.pool.query('update users set disabled_at = now() where id = $1', [operator.id]);
    for (const token of [operator.token!, renewed])
      await until(`${end}: refused`, async () => (await doors(live, token)) === SHUT);
  }
});

test('each kind of credential opens its own door only', async (live) => {
  const company = await partnerOf(live);
  const operator = await live.as('operator', { site: 'north' });
  const buyer = await live.as('buyer');
  const { id } = await live.orderOf(buyer);
  const share = (await buyer.post(`/api/orders/${id}/share`)).body.token as string;
  assert.is((await new Api(live.url).get(`/api/orders/${id}?share=${share}`)).status, 200);
  const apiKey = company.api.token!;
  assert.is((await company.api.get('/v1/orders')).status, 200);
  for (const [name, token] of [
    ['a partner’s key', apiKey],
    ['a guest’s link', share],
  ] as const)
    assert.is(await doors(live, token), SHUT, name);
  const nobody = new Api(live.url);
  for (const token of [operator.token!, share]) {
    const told = [await nobody.get('/v1/orders', bearer(token)), await nobody.get('/v1/events', bearer(token))];
    assert.equal(
      told.map(({ body }) => body.code),
      ['unauthenticated', 'unauthenticated'],
    );
  }
  const asCookie = await nobody.get('/v1/orders', { headers: { cookie: `andon=${apiKey}`, origin: OWN } });
  assert.is(asCookie.body.code, 'unauthenticated');
});

test('neither a key nor a token is looked for in the address', async (live) => {
  const operator = await live.as('operator', { site: 'north' });
  for (const name of ['token', 'access_token', 'api_key', 'andon'])
    assert.is((await new Api(live.url).get(`/api/orders?${name}=${operator.token}`)).status, 401, name);
});
