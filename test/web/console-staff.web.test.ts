/** The parts of the console beside the orders: people of the site, their accounts, failed jobs. */
import type { Page } from 'playwright-core';
import * as assert from 'uvu/assert';
import { Api, signIn } from '../_kit/api.ts';
import { binaryStl, ring } from '../_kit/solids.ts';
import { until } from '../_kit/until.ts';
import { fits, overflow, signInAtBoard } from './browser.ts';
import { type Cases, type Place, webSpec } from './web-spec.ts';

const test = webSpec('the console of who looks after others', { deadlineMs: 120_000, shared: true });

async function comeIn({ product, desks }: Place, role: string, section: string, dark = false): Promise<Page> {
  const page = await desks.page(role, { dark });
  const [user] = await product.addUsers(role, role === 'supervisor' ? { site: 'north' } : {});
  await page.goto(`${product.url}/console#${section}`);
  await page.getByLabel('Login').fill(user!.login);
  await page.getByLabel('Password').fill(user!.password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.locator('[data-connection="live"]').waitFor();
  return page;
}

/** An order that this operator has in hand. */
async function takenBy({ product }: Place, operator: Api): Promise<{ id: string; number: string }> {
  const [login] = await product.addUsers('buyer');
  const buyer = await signIn(product.url, login!);
  const { model } = (await buyer.upload(binaryStl(ring()), 'ring.stl')).body;
  const settings = { material: 'silver-925', finish: 'polished', quantity: 1, urgency: 'standard' };
  const { body } = await buyer.post('/api/orders', { model, settings, site: 'north' }, { key: 'order' });
  await buyer.order(body.id, 'submit');
  const approved = async () => (await buyer.order(body.id, 'approve', { priceVersion: 1 })).status === 200;
  await until('it is priced and approved', approved, 20_000);
  assert.is((await operator.order(body.id, 'capture', { epoch: 0 })).status, 200);
  return body;
}

const cases: Cases = {
  async 'a supervisor adds an operator, who signs in at the board, and is out when disabled'(place) {
    const { product, desks } = place;
    const boss = await comeIn(place, 'supervisor', 'users');
    await boss.getByRole('button', { name: 'Add a user' }).click();
    const form = boss.getByRole('form', { name: 'Add a user' });
    await form.getByLabel('Name').fill('Olga Orlova');
    await form.getByLabel('Login').fill('olga');
    assert.equal(await form.getByLabel('Role').locator('option').allTextContents(), ['Operator', 'Packing', 'Quality']);
    await fits(desks, boss, 'console-new-user');
    await form.getByRole('button', { name: 'Add', exact: true }).click();
    const told = boss.locator('[data-given="olga"]');
    const password = (await told.locator('code').textContent()) ?? '';
    await fits(desks, boss, 'console-password');
    await told.getByRole('button', { name: 'Put away' }).click();
    await told.waitFor({ state: 'detached' });

    const olga = await desks.page('olga');
    await signInAtBoard(olga, product.url, { url: product.url, role: 'operator', login: 'olga', password });
    await olga.getByRole('button', { name: 'Start shift' }).waitFor();

    const entry = boss.locator('[data-user="olga"]');
    await entry.getByRole('button', { name: 'Change Olga Orlova' }).click();
    await entry.getByRole('button', { name: 'Disable' }).click();
    await fits(desks, boss, 'console-user-disable');
    await entry.locator('[data-sure]').click();
    await entry.getByText('Disabled').waitFor();
    await olga.getByRole('button', { name: 'Sign in' }).waitFor();
    await olga.getByLabel('Login').fill('olga');
    await olga.getByLabel('Password').fill(password);
    await olga.getByRole('button', { name: 'Sign in' }).click();
    await olga.getByText('Login or password is wrong.').waitFor();

    await entry.getByRole('button', { name: 'Enable' }).click();
    await entry.getByText('Disabled').waitFor({ state: 'detached' });
    await olga.getByRole('button', { name: 'Sign in' }).click();
    await olga.locator('[data-connection="live"]').waitFor();
    const heard = desks.complaints.splice(0);
    assert.ok(
      heard.every((one) => /401/.test(one)),
      `the browser itself complains of the refused sign-in: ${heard.join('\n')}`,
    );
  },

  async 'a supervisor changes slots and materials, ends a shift, and takes an order back'(place) {
    const { product, desks } = place;
    const [login] = await product.addUsers('operator', { site: 'north' });
    const operator = await signIn(product.url, login!);
    await operator.post('/api/operators/me/start-shift', {}, { key: 'on' });
    const { id, number } = await takenBy(place, operator);
    const boss = await comeIn(place, 'supervisor', 'people', true);
    const entry = boss.locator(`[data-person="${operator.id}"]`);
    await entry.getByText('On shift').waitFor();
    await entry.getByRole('button', { name: /^Change/ }).click();
    await entry.getByText('1 of 5 slots').waitFor();
    await fits(desks, boss, 'console-held-dark');
    await entry.getByRole('button', { name: `Release ${number}` }).click();
    await entry.getByText('Holds nothing.').waitFor();
    const freed = (await operator.get(`/api/orders/${id}`)).body;
    assert.equal([freed.capture, freed.epoch], [null, 2]);
    await entry.getByLabel('Slots', { exact: true }).fill('3');
    await entry.getByRole('button', { name: 'Set slots' }).click();
    await entry.getByText('0 of 3 slots').waitFor();
    const first = entry.locator('[name="skill"]').first();
    await first.uncheck();
    await entry.getByRole('button', { name: 'Set materials' }).click();
    await entry.getByText(/^Only /).waitFor();
    await fits(desks, boss, 'console-people-dark');
    await entry.getByRole('button', { name: 'End shift' }).click();
    await entry.getByText('Off shift').waitFor();
    const { body } = await operator.get('/api/operators');
    const me = body.items.find(({ id }: { id: string }) => id === operator.id);
    assert.equal([me.limit, me.onShift], [3, false]);
    await boss.getByRole('link', { name: 'Board' }).click();
    await boss.getByRole('button', { name: 'People' }).click();
    await boss.getByRole('link', { name: 'Console' }).click();
    await boss.locator(`[data-person="${operator.id}"]`).waitFor();
    assert.equal(desks.complaints, []);
  },

  async 'an order of a partner is found by its reference, and shown to who only looks'(place) {
    const { product, desks } = place;
    const { apiKey } = JSON.parse(await product.andon('keys', 'add', '--partner', 'Acme', '--json')) as {
      apiKey: string;
    };
    const partner = new Api(product.url, { token: apiKey, id: '', name: '' });
    const uploaded = await partner.call('POST', '/v1/models', binaryStl(ring()), {
      key: 'model',
      headers: { 'x-filename': 'signet.stl' },
    });
    const settings = { material: 'silver-925', finish: 'polished', quantity: 2, urgency: 'standard' };
    const order = { reference: 'SO-7719', model: uploaded.body.model, site: 'north', settings };
    const { body } = await partner.post('/v1/orders', order, { key: 'order' });
    const boss = await comeIn(place, 'supervisor', 'people');
    await boss.getByRole('link', { name: 'Users' }).focus();
    await boss.keyboard.press('/');
    await boss.keyboard.type('SO-77');
    const found = boss.getByRole('list', { name: 'By number or reference' }).getByRole('link');
    await found.waitFor();
    assert.equal([await found.count(), (await found.locator('.no').textContent())?.trim()], [1, body.number]);
    await found.focus();
    await boss.keyboard.press('Enter');
    await boss.locator('.hero').getByText('The partner').waitFor();
    await boss.locator('.facts').getByText('SO-7719').waitFor();
    await boss.locator('.timeline').getByText('Order saved').waitFor();
    assert.is(await boss.locator('[data-act]').count(), 0);
    await fits(desks, boss, 'console-found-order');
    assert.equal(desks.complaints, []);
  },

  async 'an engineer looks after supervisors, too, and finds no failed jobs'(place) {
    const { desks } = place;
    const engineer = await comeIn(place, 'engineer', 'jobs');
    await engineer.getByText('No job has failed for good.').waitFor();
    await fits(desks, engineer, 'console-jobs');
    await engineer.getByRole('link', { name: 'Users' }).click();
    await engineer.getByRole('button', { name: 'Add a user' }).click();
    const form = engineer.getByRole('form', { name: 'Add a user' });
    await form.getByLabel('Role').selectOption('supervisor');
    await form.getByLabel('Site').selectOption('south');
    await form.getByLabel('Name').fill('Sam South');
    await form.getByLabel('Login').fill('sam');
    await form.getByRole('button', { name: 'Add', exact: true }).click();
    const told = engineer.locator('[data-given="sam"]');
    await told.waitFor();
    await engineer.locator('[data-user="sam"]').getByRole('button', { name: 'Change Sam South' }).waitFor();
    await engineer.getByRole('button', { name: 'Add a user' }).click();
    await form.getByLabel('Role').selectOption('packer');
    await form.getByLabel('Name').fill('Eve Early');
    await form.getByLabel('Login').fill('eve');
    await form.getByRole('button', { name: 'Add', exact: true }).click();
    await engineer.locator('[data-given="eve"]').waitFor();
    await engineer.keyboard.press('/');
    await engineer.keyboard.type('nobody');
    await engineer.getByText('Nothing here.').waitFor();
    await engineer.getByRole('link', { name: 'Users' }).click();
    await told.locator('code').waitFor();
    let asked = 0;
    engineer.once('dialog', (dialog) => {
      asked += 1;
      void dialog.dismiss();
    });
    await engineer.getByRole('button', { name: 'Русский' }).click();
    await until('the browser asks before a password is lost', () => asked === 1);
    for (const login of ['sam', 'eve'])
      await engineer.locator(`[data-given="${login}"]`).getByRole('button', { name: 'Put away' }).click();
    await told.waitFor({ state: 'detached' });
    await engineer.getByLabel('Name or login').fill('sam s');
    await engineer.getByLabel('Name or login').press('Enter');
    const entries = engineer.getByRole('list', { name: 'Users' }).getByRole('listitem');
    await until('only Sam is found', async () => (await entries.count()) === 1);
    await engineer.getByRole('button', { name: 'Русский' }).click();
    await engineer.getByRole('heading', { name: 'Учётные записи' }).waitFor();
    await fits(desks, engineer, 'console-users-ru');
    for (const part of ['orders', 'users', 'jobs'])
      for (const width of [320, 1024, 1920]) {
        await engineer.setViewportSize({ width, height: 900 });
        await engineer.goto(`${place.product.url}/console#${part}`);
        await engineer.locator('main h2').first().waitFor();
        assert.is(await overflow(engineer), 0, `${part} at ${width} is not wider than the window`);
      }
    assert.equal(desks.complaints, []);
  },
};

for (const [title, body] of Object.entries(cases)) test(title, body);
