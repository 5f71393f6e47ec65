import { readFile } from 'node:fs/promises';
import * as Schema from 'typebox/schema';
import * as assert from 'uvu/assert';
import { asyncapi } from '../../gateways/contract/asyncapi.ts';
import { OPERATOR_COMMANDS, ORDER_COMMANDS, offered } from '../../gateways/contract/commands.ts';
import { COMMAND_MESSAGES, MESSAGE_EXAMPLES } from '../../gateways/contract/examples/messages.ts';
import { detailsExample } from '../../gateways/contract/examples/problems.ts';
import { COMMANDS, MESSAGES, SPACES } from '../../gateways/contract/messages.ts';
import { CODES, nackSchema } from '../../gateways/contract/problems.ts';
import { spec } from '../_kit/spec.ts';
import { everySchema, metaFaults, pointed, references } from './descriptions.ts';
import { faultsOf } from './strict.ts';

const test = spec('asyncapi.json');

interface Ref {
  readonly $ref: string;
}
interface Operation {
  readonly action: string;
  readonly channel: Ref;
  readonly messages: readonly Ref[];
  readonly reply?: { readonly channel: Ref; readonly messages: readonly Ref[] };
}

const document = JSON.parse(JSON.stringify(asyncapi('1.2.3'))) as {
  readonly asyncapi: string;
  readonly channels: Readonly<
    Record<string, { readonly address: string; readonly messages: Readonly<Record<string, Ref>> }>
  >;
  readonly operations: Readonly<Record<string, Operation>>;
  readonly components: { readonly messages: Readonly<Record<string, object>> };
};

test('it is valid by the schema that the AsyncAPI Initiative publishes for 3.0', async () => {
  const meta = JSON.parse(await readFile(new URL('meta/asyncapi-3.0.json', import.meta.url), 'utf8'));
  assert.equal(Schema.Errors({}, meta, document), [true, []]);
  type Spoilt = Record<string, Record<string, Record<string, unknown>>>;
  for (const spoil of [
    (one: Spoilt) => Object.assign(one, { nonsense: 1 }),
    (one: Spoilt) => Object.assign(one['operations']?.['mes.command'] ?? {}, { action: 'do' }),
    (one: Spoilt) => Object.assign(one['channels']?.['mes'] ?? {}, { messages: [] }),
    (one: Spoilt) => Object.assign(one['components']?.['messages']?.['command'] ?? {}, { payload: { type: 'objekt' } }),
  ]) {
    const spoilt = structuredClone(document);
    spoil(spoilt as unknown as Spoilt);
    assert.is(Schema.Errors({}, meta, spoilt)[0], false, 'the check notices a fault');
  }
});

test('every schema in it is valid JSON Schema 2020-12 and every reference leads somewhere', () => {
  assert.is(document.asyncapi, '3.0.0');
  const schemas = [...everySchema(document)];
  assert.ok(schemas.length > 50, `${schemas.length} schemas`);
  for (const [where, schema] of schemas) assert.equal(metaFaults(schema), [], where);
  for (const reference of references(document)) assert.ok(pointed(document, reference) !== undefined, reference);
});

test('names are such as the specification allows, and an operation names messages of its own channel only', () => {
  const NAME = /^[\w.-]+$/;
  for (const name of [document.components.messages, document.operations, document.channels].flatMap(Object.keys))
    assert.match(name, NAME);
  for (const [name, { action, channel, messages, reply }] of Object.entries(document.operations)) {
    assert.ok(action === (name.startsWith('events') ? 'send' : action) && ['send', 'receive'].includes(action), name);
    for (const { $ref } of [...messages, ...(reply?.messages ?? [])])
      assert.ok($ref.startsWith(`${channel.$ref}/messages/`), `${name}: ${$ref}`);
  }
});

test('both namespaces are channels; every message is an operation of each, and what clients send is answered', () => {
  for (const space of SPACES) assert.ok(Object.values(document.channels).some(({ address }) => address === space));
  for (const { event, spaces, from, ack } of MESSAGES) {
    for (const space of spaces) {
      const name = `${space.slice(1)}.${event.replaceAll(':', '.')}`;
      const operation = document.operations[name];
      assert.is(operation?.action, from === 'client' ? 'receive' : 'send', name);
      assert.is(operation?.reply !== undefined, ack !== undefined, name);
    }
    assert.is(ack !== undefined, from === 'client', `${event}: clients are always answered`);
  }
});

test('every command of the floor is a message of its own form', () => {
  const all = [...offered(ORDER_COMMANDS, 'mes'), ...offered(OPERATOR_COMMANDS, 'mes')].map(({ name }) => name);
  assert.equal(Object.keys(COMMANDS), all);
  assert.equal(Object.keys(COMMAND_MESSAGES), all);
  for (const name of all) {
    assert.equal(faultsOf(COMMANDS[name], COMMAND_MESSAGES[name]?.message), [], name);
    assert.ok(faultsOf(COMMANDS[name], { ...COMMAND_MESSAGES[name]?.message, surplus: 1 }).length > 0, name);
  }
});

test('every message shows an example, and each is as its own schema says, without a field more', () => {
  for (const { event, message, ack } of MESSAGES) {
    const examples = MESSAGE_EXAMPLES[event] ?? [];
    assert.ok(examples.length > 0, event);
    for (const example of examples) {
      assert.equal(faultsOf(message, example.message), [], event);
      assert.is(example.ack !== undefined, ack !== undefined, event);
      if (ack) assert.equal(faultsOf(ack, example.ack), [], `${event}: ack`);
    }
  }
});

test('a no of each code is as its schema says', () => {
  for (const code of CODES)
    assert.equal(faultsOf(nackSchema(code), { ok: false, code, ...detailsExample(code) }), [], code);
});
