import * as assert from 'uvu/assert';
import { ROLES } from '../../actors/roles.ts';
import { inCharge, rolesUnder } from '../../actors/staff.ts';
import { spec } from '../_kit/spec.ts';

const test = spec('who looks after whom');

test('nobody looks after a role of one’s own, whatever other roles one has beside it', () => {
  for (const one of ROLES)
    for (const other of ROLES) {
      const mine = [one, other];
      assert.equal(
        rolesUnder(mine).filter((role) => mine.includes(role)),
        [],
        `${mine}`,
      );
      assert.not(inCharge({ roles: mine }, { roles: mine }), `${mine}`);
      assert.not(inCharge({ roles: mine }, { roles: [other] }), `${mine}`);
    }
});

test('several roles look after whom any of them does', () => {
  assert.equal([...rolesUnder(['supervisor', 'operator'])].sort(), ['packer', 'quality']);
  assert.equal([...rolesUnder(['supervisor', 'engineer'])].sort(), ['carrier', 'crm', 'operator', 'packer', 'quality']);
  assert.ok(inCharge({ roles: ['engineer', 'crm'] }, { roles: ['supervisor'] }));
  assert.not(inCharge({ roles: ['supervisor'] }, { roles: ['operator', 'crm'] }));
  assert.not(inCharge({ roles: ['supervisor'], site: 'north' }, { roles: ['operator'], site: null }));
});
