import * as assert from 'uvu/assert';
import { OPERATOR_COMMANDS, offered } from '../../gateways/contract/commands.ts';
import { COMMAND_MESSAGES } from '../../gateways/contract/examples/messages.ts';
import { CommandDone } from '../../gateways/contract/live.ts';
import { partnerCommands } from '../../gateways/contract/partners.ts';
import { operatorCommands, orderCommands } from '../../gateways/contract/rest.ts';
import { spec } from '../_kit/spec.ts';
import { BEFORE, byOnTheFloor, real, sendExample, storyOf, type World, withWorld } from './contract-world.ts';
import { faultsOf } from './strict.ts';

const test = spec<World>('the examples of commands, really sent', withWorld, { deadlineMs: 60_000, shared: true });

const ofOperators = offered(OPERATOR_COMMANDS, 'mes').map(({ name }) => name);

for (const { command } of orderCommands) {
  test(`${command} over REST`, async (world) => {
    const story = await storyOf(world, 'buyer', BEFORE[command] ?? []);
    const { body, headers } = await story.send(command);
    assert.is(headers.get('etag'), `"${body.version}"`);
  });
}

for (const { command } of partnerCommands) {
  test(`${command} by a partner`, async (world) => {
    const story = await storyOf(world, 'partner', BEFORE[command] ?? []);
    const { body } = await story.send(command);
    assert.is(body.capture?.operator, undefined, 'a partner is told of no operator');
  });
}

for (const endpoint of operatorCommands) {
  test(`${endpoint.command} over REST`, async ({ people }) => {
    await sendExample(people.supervisor, endpoint, { operator: people.colleague.id });
    await people.colleague.post('/api/operators/me/start-shift');
  });
}

for (const [command, { message }] of Object.entries(COMMAND_MESSAGES)) {
  test(`${command} over a socket`, async (world) => {
    const { sockets, people } = world;
    const own = ofOperators.includes(command);
    const { ids } = own
      ? { ids: { operator: people.operator.id } }
      : await storyOf(world, 'buyer', BEFORE[command] ?? []);
    const by = own ? 'supervisor' : byOnTheFloor(command);
    const ack = await sockets[by].ask('command', real(message, ids));
    assert.equal(faultsOf(CommandDone, ack), [], JSON.stringify(ack));
    if (own) await people.operator.post('/api/operators/me/start-shift');
  });
}
