import * as assert from 'uvu/assert';
import { CODES } from '../../gateways/contract/problems.ts';
import { documentOf, firstBlock, runDocument, runSteps, sections, shows } from '../_kit/doc-steps.ts';
import { type Product, startProduct } from '../_kit/product.ts';
import { spec } from '../_kit/spec.ts';

const README = 'README.md';
const API = 'docs/api.md';

const test = spec<Product>(
  'the documents',
  async (lend) => {
    const product = await startProduct();
    try {
      await lend(product);
    } finally {
      await product.close();
    }
  },
  { deadlineMs: 120_000, shared: true },
);

test('the first steps lead from a file to a finished part', async (product) => {
  const readme = await documentOf(README);
  assert.match(readme, /^```sh\n\.\/andon up .*\n\.\/andon test .*\n```/, 'it begins with the two commands');
  shows(await runSteps(product, README, 'First steps'), [
    'SUBMITTED',
    'MANUFACTURING_APPROVED',
    'MANUFACTURING_STARTED',
    'MANUFACTURING_COMPLETED',
    'captured',
  ]);
});

test('the partner’s steps lead from a key to an approved order', async (product) => {
  const printed = await runSteps(product, README, 'For partners');
  shows(printed, [
    '201 PO-1 made',
    '201 PO-2 made',
    'PO-2 created',
    'PO-1 submitted',
    'PO-1 priced',
    'MANUFACTURING_APPROVED',
  ]);
});

test('every example of the interface does what is said of it', async (product) => {
  const printed = await runDocument(product, API);
  const said = (headline: string, ...words: readonly string[]) => shows(printed.get(headline), words);
  said('Start here', 'silver-925', 'Andon');
  said('Who you are', '0');
  said('When something is wrong', '/limit', 'not_found', 'method_not_allowed');
  said('From a file to an order', 'to-approve', 'Silver', 'operators', '1 created', 'approved');
  assert.match(printed.get('The same twice') ?? '', /^0\nIdempotent-Replay: true\r?\n304\nversion_changed\n$/);
  assert.match(
    printed.get('Following live') ?? '',
    /^(version \d: .*\n|\d before .*\n)*version \d: PRICE_CALCULATED\n$/,
  );
  said('Guest links', 'MANUFACTURING_APPROVED', ': PRICE_CALCULATED', 'not_found');
  said('Partners', '[ 201, 201 ]', 'A-1 reference_taken', 'A-2 1 created', 'priced PRICE_CALCULATED');
  said('Partners', 'MANUFACTURING_APPROVED', 'RateLimit-Policy', 'RateLimit:');
  assert.is(printed.get('Lists'), '1\n1\n');
  for (const [headline, section] of sections(await documentOf(API)))
    assert.is(printed.has(headline), firstBlock(section, 'sh') !== '', `${headline} was run`);
});

test('the client that is shown is the one that was run, and the table of codes has them all', async () => {
  const text = await documentOf(API);
  assert.is(firstBlock(text, 'js'), await documentOf('docs/examples/follow.js'));
  const seldom = ['upload_aborted', 'login_taken', 'range_not_satisfiable', 'internal'];
  for (const code of CODES) if (!seldom.includes(code)) assert.ok(text.includes(`\`${code}`), code);
});
