import * as assert from 'uvu/assert';
import { ROLES } from '../../actors/roles.ts';
import { rolesUnder } from '../../actors/staff.ts';
import { STATUSES } from '../../gateways/contract/statuses.ts';
import { rolesToGive } from '../../web/console/roles-to-give.ts';
import { address, ownView, readRoute, SECTIONS, sectionAddress, sectionsFor, shownAt } from '../../web/console/view.ts';
import { countKinds, kindOf } from '../../web/console/work-kinds.ts';
import { consoleText } from '../../web/text/console.ts';
import { spec } from '../_kit/spec.ts';

const test = spec('addresses of the console');

test('an address is read as it was made, with an order and without', () => {
  for (const view of ['waiting', 'open', ...STATUSES] as const) {
    const section = view === 'waiting' ? 'work' : 'orders';
    assert.equal(readRoute(address(view)), { section, view, order: undefined });
    assert.equal(readRoute(address(view, 'an-id')), { section, view, order: 'an-id' });
  }
  for (const section of SECTIONS) assert.is(readRoute(sectionAddress(section)).section, section);
});

test('an address of nothing leads to one’s own list', () => {
  for (const hash of ['', '#', '#/', '#/nonsense', '#/OPEN']) {
    assert.equal(readRoute(hash), { section: undefined, view: undefined, order: undefined }, hash);
    assert.equal(shownAt(readRoute(hash), ['crm']), { section: 'work', view: 'waiting' }, hash);
  }
  assert.is(ownView(['crm', 'carrier']), 'waiting');
  assert.is(ownView(['carrier']), 'SHIPPED');
  assert.is(ownView(['engineer']), 'open');
  assert.is(ownView(['supervisor']), 'open');
});

test('nobody is shown a part that is not theirs', () => {
  for (const role of ROLES)
    for (const section of SECTIONS) {
      const shown = shownAt(readRoute(sectionAddress(section)), [role]).section;
      const mine = sectionsFor([role]);
      if (mine.length > 0) assert.ok(mine.includes(shown), `${role} at ${section} is shown ${shown}`);
      if (mine.includes(section)) assert.is(shown, section);
    }
  assert.equal(sectionsFor(['operator', 'buyer']), []);
  assert.equal(shownAt(readRoute('#/waiting'), ['supervisor']), { section: 'orders', view: 'open' });
  assert.equal(shownAt(readRoute('#orders'), ['crm']), { section: 'orders', view: 'open' });
});

test('every status has a name', () => {
  for (const status of STATUSES) assert.is.not(consoleText.status[status], undefined, status);
});

test('what waits for sales is sorted by what is asked first, and all of it counted', () => {
  const failed = { status: 'PRICE_FAILED' } as const;
  const hold = { reason: 'x', by: {}, since: '' };
  const cancellation = { reason: 'x', by: {}, at: '', deadline: '' };
  assert.is(kindOf(failed), 'price');
  assert.is(kindOf({ ...failed, hold }), 'hold');
  assert.is(kindOf({ ...failed, hold, cancellation }), 'cancel');
  assert.is(kindOf({ status: 'PRICE_CALCULATED' }), 'other');
  assert.equal(countKinds([failed, failed, { ...failed, hold }]), { price: 2, cancel: 0, hold: 1, other: 0 });
});

test('the roles offered for a new account are those that may be given', () => {
  for (const one of ROLES)
    for (const other of ROLES) assert.equal(rolesToGive([one, other]), rolesUnder([one, other]), `${one}, ${other}`);
});
