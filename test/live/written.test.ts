import fc from 'fast-check';
import { Encoder, PacketType } from 'socket.io-parser';
import * as assert from 'uvu/assert';
import { parser, Written } from '../../src/live/written.ts';
import { spec } from '../_kit/spec.ts';

const test = spec('written once');

const [ours, theirs] = [new parser.Encoder(), new Encoder()];

const anyPacket = fc.record({
  type: fc.constantFrom(PacketType.EVENT, PacketType.ACK),
  nsp: fc.constantFrom('/', '/mes'),
  id: fc.option(fc.nat(), { nil: undefined as never }),
  values: fc.array(fc.jsonValue(), { minLength: 1, maxLength: 3 }),
});

test('a packet with something written is, bit by bit, the packet with the thing itself', async () => {
  fc.assert(
    fc.property(anyPacket, fc.dictionary(fc.string(), fc.jsonValue()), ({ values, ...packet }, thing) => {
      const plain = theirs.encode({ ...packet, data: [...values, thing] });
      assert.equal(ours.encode({ ...packet, data: [...values, new Written(thing)] }), plain);
      assert.equal(ours.encode({ ...packet, data: values }), theirs.encode({ ...packet, data: values }));
    }),
  );
});

test('it is written when it is first wanted, and once', async () => {
  let times = 0;
  const written = new Written({
    toJSON: () => {
      times += 1;
      return { a: 1 };
    },
  });
  assert.is(times, 0);
  const packet = { type: PacketType.ACK, nsp: '/mes', id: 7, data: [written] };
  assert.equal([ours.encode(packet), ours.encode({ ...packet, id: 8 })], [['3/mes,7[{"a":1}]'], ['3/mes,8[{"a":1}]']]);
  assert.is(times, 1);
});

test('what goes out without a name or number is left as it is', async () => {
  const packet = { type: PacketType.CONNECT, nsp: '/mes', data: { sid: 'x' } };
  assert.equal(ours.encode(packet), theirs.encode(packet));
});
