import * as assert from 'uvu/assert';
import { STATUSES as ALL } from '../../actors/order/lifecycle.ts';
import { address, ownView, readRoute } from '../../web/crm/view.ts';
import { crmText, STATUSES } from '../../web/text/crm.ts';
import { spec } from '../_kit/spec.ts';

const test = spec('addresses of the page of sales');

test('an address is read as it was made, with an order and without', () => {
  for (const view of ['waiting', 'open', ...STATUSES] as const) {
    assert.equal(readRoute(address(view)), { view, order: undefined });
    assert.equal(readRoute(address(view, 'an-id')), { view, order: 'an-id' });
  }
});

test('an address of nothing leads to one’s own list', () => {
  for (const hash of ['', '#', '#/', '#/nonsense', '#/OPEN'])
    assert.equal(readRoute(hash), { view: undefined, order: undefined }, hash);
  assert.is(ownView(['crm', 'carrier']), 'waiting');
  assert.is(ownView(['carrier']), 'SHIPPED');
  assert.is(ownView(['engineer']), 'open');
});

test('every status can be listed and has a name', () => {
  assert.equal([...STATUSES], [...ALL]);
  for (const status of ALL) assert.is.not(crmText.status[status], undefined, status);
});
