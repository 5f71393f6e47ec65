/** Pages of a real browser for one test: each in a context of its own, as if at another desk. */
import { join } from 'node:path';
import { type Browser, chromium, type Page } from 'playwright-core';
import * as assert from 'uvu/assert';
import { chromium as executable } from '../../src/launcher/chromium.ts';
import type { Login } from '../_kit/product.ts';

export const BROWSER = executable();
export const DESK = { width: 1440, height: 900 };
export const PHONE = { width: 390, height: 844 };

export class Desks {
  readonly #browser: Browser;
  /** What the pages complained of on their consoles. */
  readonly complaints: string[] = [];

  constructor(browser: Browser) {
    this.#browser = browser;
  }

  static async open(): Promise<Desks> {
    const browser = await chromium.launch({
      ...(BROWSER === undefined ? {} : { executablePath: BROWSER }),
      args: ['--no-sandbox', '--disable-dev-shm-usage'],
    });
    return new Desks(browser);
  }

  async page(
    name: string,
    options: { size?: typeof DESK; dark?: boolean; touch?: boolean; locale?: string } = {},
  ): Promise<Page> {
    const context = await this.#browser.newContext({
      viewport: options.size ?? DESK,
      colorScheme: options.dark ? 'dark' : 'light',
      hasTouch: options.touch ?? false,
      ...(options.locale === undefined ? {} : { locale: options.locale }),
    });
    const page = await context.newPage();
    page.setDefaultTimeout(30_000);
    page.on('console', (message) => {
      if (message.type() === 'error' || message.type() === 'warning')
        this.complaints.push(`${name}: ${message.text()} (${message.location().url})`);
    });
    page.on('pageerror', (error) => this.complaints.push(`${name}: ${error.stack ?? error.message}`));
    return page;
  }

  /** Kept for people to look at where ANDON_SCREENSHOTS names a folder; that it can be taken is checked anyway. */
  async shoot(page: Page, name: string): Promise<void> {
    const folder = process.env['ANDON_SCREENSHOTS'];
    await page.screenshot(folder === undefined ? {} : { path: join(folder, `${name}.png`) });
  }

  async close(): Promise<void> {
    await this.#browser.close();
  }
}

/** Signs somebody of the floor in at the board of one node. */
export async function signInAtBoard(page: Page, url: string, { login, password }: Login): Promise<void> {
  await page.goto(`${url}/board`);
  await page.getByLabel('Login').fill(login);
  await page.getByLabel('Password').fill(password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.locator('[data-connection="live"]').waitFor();
}

/** Signs an operator in at the board of one node, on shift. */
export async function takeShift(page: Page, url: string, login: Login): Promise<void> {
  await signInAtBoard(page, url, login);
  await page.getByRole('button', { name: 'Start shift' }).click();
  await page.getByRole('button', { name: 'End shift' }).waitFor();
}

/** A new buyer at the shop. */
export async function signUp(page: Page, url: string, name: string): Promise<void> {
  await page.goto(url);
  const form = page.getByRole('form', { name: 'New here' });
  await form.getByLabel('Your name').fill(name);
  await form.getByLabel('E-mail or telephone').fill(`${name.toLowerCase()}@example.org`);
  await form.getByLabel('Login').fill(`${name.toLowerCase()}-${Date.now().toString(36)}`);
  await form.getByLabel('Password').fill('a long enough password');
  await form.getByRole('button', { name: 'Create my account' }).click();
  await page.getByText('Drop an STL file here').waitFor();
}

/** Sends a model and asks for its price; resolves with the page at the order. */
export async function orderModel(page: Page, stl: Buffer, name: string): Promise<void> {
  await page.locator('input[type=file]').setInputFiles({ name, mimeType: 'model/stl', buffer: stl });
  await page.getByText('stored safely').waitFor();
  const before = page.url();
  await page.getByRole('button', { name: 'Get my price' }).click();
  await page.waitForURL((url) => url.href !== before); // created and submitted: the order's own page
}

/** As the page's own switch does it: an open page keeps its colours whatever becomes of the system's. */
export const inDark = (page: Page): Promise<unknown> =>
  page.evaluate(`document.documentElement.dataset.theme = 'dark'`);

/** How far the page is wider than its window, CSS pixels. */
export const overflow = (page: Page): Promise<number> =>
  page.evaluate<number>('document.documentElement.scrollWidth - document.documentElement.clientWidth');

/** Everything visible that can be pressed and is smaller than 44 px in one direction. */
export const smallTargets = (page: Page): Promise<string[]> =>
  page.evaluate<string[]>(`[...document.querySelectorAll('button, a[href], select, input:not([type=file])')]
    .map((one) => ({ one, box: (one.closest('label') ?? one).getBoundingClientRect() }))
    .filter(({ box }) => box.width > 1 && box.bottom > 0 && (Math.round(box.width) < 44 || Math.round(box.height) < 44))
    .map(({ one, box }) => \`\${one.outerHTML.slice(0, 120)} \${box.width} × \${box.height}\`)`);

/** On a telephone and at a desk: not wider than the window, and everything large enough to be pressed. */
export async function fits(desks: Desks, page: Page, what: string): Promise<void> {
  for (const size of [PHONE, DESK]) {
    await page.setViewportSize(size);
    assert.is(await overflow(page), 0, `${what} at ${size.width} is not wider than the window`);
    assert.equal(await smallTargets(page), [], `${what} at ${size.width}`);
    await desks.shoot(page, `${what.replaceAll(/\W+/g, '-')}-${size.width}`);
  }
}

/** A line that can be cut: its sockets break, and no new one opens until it is mended. */
export class Cable {
  /** What becomes of what the server says. */
  rewrite: (text: string) => string = (text) => text;
  #cut = false;
  readonly #ends = new Set<() => Promise<void>>();

  /** Before the page is opened. */
  static async through(page: Page): Promise<Cable> {
    const cable = new Cable();
    await page.routeWebSocket(/socket\.io/, async (socket) => {
      if (cable.#cut) return socket.close();
      const server = socket.connectToServer();
      server.onMessage((said) => socket.send(typeof said === 'string' ? cable.rewrite(said) : said));
      cable.#ends.add(async () => {
        await server.close();
        await socket.close();
      });
    });
    return cable;
  }

  async cut(): Promise<void> {
    this.#cut = true;
    await Promise.all([...this.#ends].map((end) => end()));
    this.#ends.clear();
  }

  mend(): void {
    this.#cut = false;
  }
}
