/** What those see who look after others: supervisors, sales, engineers; and the wall. */
import type { Job, JobsPage } from '../../gateways/contract/jobs.ts';
import type { Login } from '../_kit/product.ts';
import { signIn, type Walk } from './walk.ts';

export async function supervisorStates(walk: Walk, url: string, boss: Login): Promise<void> {
  await walk.open('supervisor');
  await walk.state('board, people', async (page) => {
    await page.goto(`${url}/board`);
    await signIn(page, boss);
    await page.locator('article[data-list="others"]').first().waitFor();
    await page.locator('.people-open').click();
    await page.locator('.person-entry').nth(2).waitFor();
  });
  await walk.state('wall', async (page) => {
    await page.goto(`${url}/wall`);
    await page.locator('[data-lane="new"] .big').waitFor();
  });
  await walk.silently(async (page) => {
    await page.goto(`${url}/board`);
    await page.locator('.people-open').click();
  });
  await walk.state('board, changing a person', (page) => page.locator('.person-entry [aria-expanded]').first().click());
  await desk(walk, url);
}

export async function salesStates(walk: Walk, url: string, crm: Login): Promise<void> {
  await walk.open('sales');
  await walk.state('console, what waits', async (page) => {
    await page.goto(`${url}/console`);
    await signIn(page, crm);
    await page.locator('.order-line').first().waitFor();
  });
  await walk.state('console, order', async (page) => {
    await page.locator('.order-line').first().click();
    await page.locator('.one .acts').waitFor();
  });
  await walk.state('console, form', async (page) => {
    await page.locator('.acts [data-act][aria-expanded]').first().click();
    await page.locator('.act-form').waitFor();
  });
  await walk.state('console, orders', (page) =>
    page.goto(`${url}/console#orders`).then(() => page.locator('.order-line').nth(3).waitFor()),
  );
  await walk.state('console, nothing found', async (page) => {
    await page.keyboard.press('Slash');
    await page.keyboard.type('9-70001');
    await page.locator('.orders > p.dim').waitFor();
  });
}

/** As jobs end whose work fails again and again: no test waits for that. */
const job = (n: number, kind: string, outcome: string | null, message?: string): Job => ({
  id: `00000000-0000-4000-8000-00000000000${n}`,
  kind,
  order: n === 1 ? '00000000-0000-4000-8000-0000000000ff' : null,
  state: 'dead',
  attempt: 5,
  drive: 1,
  due: '2026-01-05T12:00:00.000Z',
  share: null,
  outcome,
  ...(message === undefined ? {} : { message }),
  createdAt: '2026-01-05T11:00:00.000Z',
});
const DEAD: JobsPage = {
  items: [
    job(1, 'price', 'timeout'),
    job(
      2,
      'ingest',
      'unavailable',
      'connect ECONNREFUSED 127.0.0.1:9000 /models/0a1b2c3d4e5f60718293a4b5c6d7e8f90a1b2c3d4e5f',
    ),
    job(3, 'end-shift', null),
  ],
  next: null,
  counts: { due: 0, running: 0, done: 9, obsolete: 0, dead: 3 },
};

export async function engineerStates(walk: Walk, url: string, engineer: Login): Promise<void> {
  await walk.open('engineer', (page) => page.route('**/api/jobs?*', (route) => route.fulfill({ json: DEAD })));
  await walk.state('console, failed jobs', async (page) => {
    await page.goto(`${url}/console#jobs`);
    await signIn(page, engineer);
    await page.locator('[data-job]').nth(2).waitFor();
  });
}

/** What a supervisor looks after besides the board. */
async function desk(walk: Walk, url: string): Promise<void> {
  await walk.state('console, people', async (page) => {
    await page.goto(`${url}/console#people`);
    await page.locator('[data-person]').nth(2).waitFor();
  });
  await walk.state('console, changing a person', (page) =>
    page.locator('[data-person] [aria-expanded]').first().click(),
  );
  await walk.state('console, accounts', async (page) => {
    await page.goto(`${url}/console#users`);
    await page.locator('[data-user]').first().waitFor();
    await page.locator('main button[aria-expanded]').first().click();
  });
}
