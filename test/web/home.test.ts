import * as assert from 'uvu/assert';
import { ROLES } from '../../actors/roles.ts';
import { type Home, leadsTo } from '../../web/client/home.ts';
import { spec } from '../_kit/spec.ts';

const test = spec('whose page');
const HOME: Readonly<Record<string, Home>> = {
  buyer: '/',
  operator: '/board',
  packer: '/board',
  quality: '/board',
  supervisor: '/board',
  crm: '/console',
  carrier: '/console',
  engineer: '/console',
};
/** Where they may stay besides. */
const ALSO: Readonly<Record<string, readonly Home[]>> = { supervisor: ['/console'] };

test('every role that signs in is led to its page, and stays there', () => {
  for (const role of ROLES.filter((one) => one !== 'partner' && one !== 'system')) {
    const home = HOME[role]!;
    assert.is(leadsTo(home, [role]), undefined, role);
    for (const other of ['/', '/board', '/console'] as const)
      if (other !== home && !ALSO[role]?.includes(other))
        assert.is(leadsTo(other, [role]), home, `${role} at ${other}`);
    for (const also of ALSO[role] ?? []) assert.is(leadsTo(also, [role]), undefined, `${role} at ${also}`);
  }
});

test('who has several roles may stay on each of their pages', () => {
  assert.is(leadsTo('/', ['crm', 'buyer']), undefined);
  assert.is(leadsTo('/console', ['crm', 'buyer']), undefined);
  assert.is(leadsTo('/board', ['crm', 'buyer']), '/');
});

test('who has no page is not sent in circles', () => {
  for (const page of ['/', '/board', '/console'] as const) assert.is(leadsTo(page, ['partner']), undefined);
});
