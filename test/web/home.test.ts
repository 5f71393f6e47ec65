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
  crm: '/crm',
  carrier: '/crm',
  engineer: '/crm',
};

test('every role that signs in is led to its page, and stays there', () => {
  for (const role of ROLES.filter((one) => one !== 'partner' && one !== 'system')) {
    const home = HOME[role]!;
    assert.is(leadsTo(home, [role]), undefined, role);
    for (const other of ['/', '/board', '/crm'] as const)
      if (other !== home) assert.is(leadsTo(other, [role]), home, `${role} at ${other}`);
  }
});

test('who has several roles may stay on each of their pages', () => {
  assert.is(leadsTo('/', ['crm', 'buyer']), undefined);
  assert.is(leadsTo('/crm', ['crm', 'buyer']), undefined);
  assert.is(leadsTo('/board', ['crm', 'buyer']), '/');
});

test('who has no page is not sent in circles', () => {
  for (const page of ['/', '/board', '/crm'] as const) assert.is(leadsTo(page, ['partner']), undefined);
});
