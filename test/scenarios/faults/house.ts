/** A whole product under traffic that faults may strike: three web nodes behind nginx, two workers, two keepers. */
import { readFileSync } from 'node:fs';
import { Client } from 'pg';
import { type Product, type ProductOptions, type Status, startProduct } from '../../_kit/product.ts';
import type { Fixture, Test } from '../../_kit/spec.ts';
import { until } from '../../_kit/until.ts';
import { EndCheck } from './end.ts';
import { Traffic } from './traffic.ts';

export interface House {
  readonly product: Product;
  readonly traffic: Traffic;
  /** What runs, by name, sorted. */
  readonly fleet: readonly string[];
  readonly end: EndCheck;
  /** A session of the owner of the tables. */
  sight<T>(act: (client: Client) => Promise<T>): Promise<T>;
}

/** Each fault so many times: 20 for the long run. */
export const ROUNDS = Number(process.env['FAULT_ROUNDS'] ?? 1);
/** Opening takes a product and a dozen people; a fault some seconds on an idle machine. */
export const OF_FAULTS = { deadlineMs: 600_000, shared: true };

const ENV = {
  ANDON_PAGES: 'no-pages',
  ANDON_REQUESTS_PER_SECOND: '100000',
  ANDON_PARTNER_REQUESTS_PER_SECOND: '1000',
  ANDON_PARTNER_ORDERS_PER_MINUTE: '10000',
  ANDON_SESSION_MS: '86400000',
  // Faults last longer than these.
  ANDON_JOB_LEASE_MS: '2000',
  ANDON_LEASE_MS: '1500',
  ANDON_CANCEL_MS: '2000',
};

const namesOf = ({ processes, servers }: Status): string[] =>
  [...processes.map(({ type, index }) => `${type} ${index}`), ...servers.map(({ name }) => name)].sort();

/** `database`: where the owner looks in, past whatever harms the product; undefined = its private server. */
export async function openHouse(
  options: Pick<ProductOptions, 'env'>,
  database: string | undefined,
  lend: (house: House) => Promise<void>,
): Promise<void> {
  const product = await startProduct({ nodes: 3, workers: 2, keepers: 2, env: { ...ENV, ...options.env } });
  let traffic: Traffic | undefined;
  try {
    const begun = await product.status();
    const url = database ?? begun.servers.find(({ name }) => name === 'postgres')?.url;
    const sight: House['sight'] = async (act) => {
      const client = new Client(url);
      client.on('error', () => undefined);
      await client.connect();
      try {
        return await act(client);
      } finally {
        await client.end();
      }
    };
    const partnerOf = (name: string): Promise<string> =>
      sight(async (client) => (await client.query('SELECT id FROM partners WHERE name = $1', [name])).rows[0].id);
    traffic = await Traffic.begin(product, partnerOf);
    const house = { product, traffic, fleet: namesOf(begun), sight };
    const whole = { ...house, end: new EndCheck(house) };
    await survive(whole, 'nothing', async () => undefined);
    await lend(whole);
  } finally {
    await traffic?.stop();
    await product.close();
  }
}

export const withHouse =
  (options: Pick<ProductOptions, 'env'>): Fixture<House> =>
  (lend) =>
    openHouse(options, undefined, lend);

/** Strikes in the middle of the traffic; afterwards everybody gets through again, and the end is checked. */
export async function survive(house: House, fault: string, strike: () => Promise<void>): Promise<void> {
  const { traffic, end } = house;
  const before = traffic.book.answered.length;
  const counts = { ...traffic.book.counts };
  const begun = Date.now();
  try {
    await until('the traffic flows', () => traffic.book.answered.length > before + 10, 60_000);
    await strike();
    await traffic.flows(`after ${fault}`);
    await end.run(`after ${fault}`);
  } catch (error) {
    console.log(`${fault}: failed after ${Date.now() - begun} ms: ${(error as Error).message}`);
    throw error;
  }
  const { sent, repeated, unavailable } = traffic.book.counts;
  const figures = [sent - counts.sent, repeated - counts.repeated, unavailable - counts.unavailable];
  console.log(`${fault}: ${Date.now() - begun} ms; sent, repeated, 503: ${figures.join(', ')}`);
}

/** The processes of a type, or a server, as the supervisor knows them now. */
export async function pidsOf({ product }: House, name: string): Promise<number[]> {
  const { processes, servers } = await product.status();
  return [...processes.filter(({ type }) => type === name), ...servers.filter((server) => server.name === name)].map(
    ({ pid }) => pid,
  );
}

export async function serverUrl({ product }: House, name: string): Promise<string> {
  const found = (await product.status()).servers.find((server) => server.name === name);
  if (found === undefined) throw new Error(`${name} does not run`);
  return found.url;
}

/** Whether it has children: a worker that measures. */
export const hasChildren = (pid: number): boolean => {
  try {
    return readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim() !== '';
  } catch {
    return false;
  }
};

/** A test for each fault, as often as is asked for. */
export function rounds<H extends House>(
  test: Test<H>,
  faults: Readonly<Record<string, (house: H) => Promise<void>>>,
): void {
  for (let round = 1; round <= ROUNDS; round++)
    for (const [fault, strike] of Object.entries(faults))
      test(ROUNDS === 1 ? fault : `${fault} (round ${round})`, (house) => survive(house, fault, () => strike(house)));
}
