import fc from 'fast-check';
import { Compile } from 'typebox/compile';
import * as assert from 'uvu/assert';
import { told } from '../../actors/order/change.ts';
import { PartnerEvent, renderEvents } from '../../gateways/contract/partner-event.ts';
import { spec } from '../_kit/spec.ts';
import { anyStory, OPERATORS, play } from '../actors/stories.ts';
import { BOSS, CARLA, CRM, PIA, QUINN } from '../actors/world.ts';

const test = spec('what partners are told', undefined, { deadlineMs: 30_000 });

const shape = Compile(PartnerEvent);
const STAFF = [...OPERATORS, BOSS, CARLA, CRM, PIA, QUINN].map(({ id }) => id);

test('every event of any story is told, in shape, with its status, and no member of staff is named', () => {
  fc.assert(
    fc.property(anyStory, (story) => {
      for (const row of play(story).rows) {
        const events = renderEvents(told(row), (n) => `${row.version}/${n}`);
        assert.equal(
          events.map(({ id, version, type, status }) => [id, version, type, status]),
          row.events.map(({ type }, n) => [`${row.version}/${n}`, row.version, type, row.after.status]),
        );
        for (const event of events) assert.ok(shape.Check(event), JSON.stringify([event, shape.Errors(event)]));
        const text = JSON.stringify(events);
        for (const id of STAFF) assert.not(text.includes(id), `${id} in ${text}`);
        assert.not(text.includes('"owner"'));
      }
    }),
    { numRuns: 60 },
  );
});
