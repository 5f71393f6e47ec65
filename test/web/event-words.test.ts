import * as assert from 'uvu/assert';
import { catalogue } from '../../actors/pricing/catalogue.ts';
import type { Catalog } from '../../gateways/contract/catalog.ts';
import { lowerFirst } from '../../web/text/common.ts';
import { eventText } from '../../web/text/events.ts';
import { reasonOfEvent } from '../../web/text/reasons.ts';
import { spec } from '../_kit/spec.ts';
import { EVERY_EVENT } from '../actors/every-event.ts';
import { BOOK } from '../actors/world.ts';

const test = spec('words for what happens');
const { quantity, ...lists } = catalogue(BOOK);
const catalog: Catalog = { ...(lists as Omit<Catalog, 'limits'>), limits: { quantity, uploadBytes: 1 } };

test('every event has words for its customer and for the staff, and no words are left over', () => {
  assert.equal([...eventText.known].toSorted(), EVERY_EVENT);
  for (const type of eventText.known) {
    assert.is.not(eventText.forCustomer(type), type);
    assert.is.not(eventText.forStaff(type), type);
  }
});

test('a reason is named by the list it was chosen from, or in our own words', () => {
  assert.is(reasonOfEvent(catalog, 'held', 'payment'), 'Payment');
  assert.is(reasonOfEvent(catalog, 'cancel-requested', 'changed-mind'), 'Changed my mind');
  assert.is(reasonOfEvent(catalog, 'cancelled', 'changed-mind'), 'Changed my mind');
  assert.is(reasonOfEvent(catalog, 'cancel-refused', 'nearly-done'), 'Nearly done');
  assert.is(reasonOfEvent(catalog, 'cancel-refused', 'shipped'), 'It is on its way already');
  assert.is(reasonOfEvent(catalog, 'released', 'absent'), 'Its holder was away for too long');
  assert.is(
    reasonOfEvent(catalog, 'pricing-failed', 'not-closed'),
    'The surface has holes: its volume cannot be told.',
  );
  assert.is(reasonOfEvent(undefined, 'held', 'payment'), 'payment');
});

test('inside a sentence a name begins small, a short word too, and an abbreviation keeps its capitals', () => {
  assert.equal(['Satin', 'В поверхности есть дыры', 'PA 12'].map(lowerFirst), [
    'satin',
    'в поверхности есть дыры',
    'PA 12',
  ]);
});
