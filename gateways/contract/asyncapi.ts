/** `asyncapi.json`, version 3.0: the sockets, from the descriptions that check what clients send; and the events outside. */
import type { TSchema } from 'typebox';
import { OutwardEvent } from './events.ts';
import { MESSAGE_EXAMPLES } from './examples/messages.ts';
import { AT, EVENT, ID } from './examples/things.ts';
import { type LiveMessage, MESSAGES, SPACES, type Space } from './messages.ts';
import { NACKS, refer, referring, THINGS } from './references.ts';

const to = (...path: readonly string[]) => ({ $ref: `#/${path.join('/')}` });

/** Names in a description have no colons. */
const plain = (event: string): string => event.replaceAll(':', '.');
const channelOf = (space: Space): string => space.slice(1);

const ABOUT: Readonly<Record<Space, string>> = {
  '/mes': 'The floor, for staff: boards, commands, what one must know at once.',
  '/storefront': 'Following orders. Without a token one is a guest, who may follow what a link opens.',
};

/** A *no* of any code. */
const NO = { anyOf: Object.keys(NACKS).map(refer) };

const sent = (event: string, payload: TSchema, about: string, examples: readonly object[]) => ({
  name: event,
  title: event,
  summary: about,
  contentType: 'application/json',
  payload,
  examples: examples.map((example) => ({ payload: example })),
});

function messages(): Record<string, object> {
  const all: Record<string, object> = {};
  for (const { event, about, message, ack } of MESSAGES) {
    const examples = MESSAGE_EXAMPLES[event] ?? [];
    const said = examples.map((example) => example.message);
    const answers = examples.flatMap((example) => example.ack ?? []);
    all[plain(event)] = sent(event, message, about, said);
    if (ack) all[`${plain(event)}.ack`] = sent(`${event} (ack)`, ack, 'Done.', answers);
  }
  return all;
}

const withAck = ({ event, ack }: LiveMessage): string[] =>
  ack ? [plain(event), `${plain(event)}.ack`] : [plain(event)];

const channel = (space: Space) => ({
  address: space,
  title: space,
  description: `${ABOUT[space]} A Socket.IO namespace, transport WebSocket only; \`auth: {token}\`, or the cookie of our own pages.`,
  servers: [to('servers', 'node')],
  messages: Object.fromEntries([
    ...MESSAGES.filter(({ spaces }) => spaces.includes(space))
      .flatMap(withAck)
      .map((name) => [name, to('components', 'messages', name)]),
    ['no', to('components', 'messages', 'no')],
  ]),
});

function operation(space: Space, { event, from, about, ack }: LiveMessage): object {
  const at = to('channels', channelOf(space));
  const message = (name: string) => to('channels', channelOf(space), 'messages', name);
  const reply = { channel: at, messages: [message(`${plain(event)}.ack`), message('no')] };
  return {
    // As the product sees it: what clients send it receives.
    action: from === 'client' ? 'receive' : 'send',
    channel: at,
    summary: about,
    messages: [message(plain(event))],
    ...(ack ? { reply } : {}),
  };
}

const outward = {
  id: EVENT.id,
  kind: 'order',
  actor: ID.order,
  version: 6,
  type: 'order.captured',
  at: AT,
  site: 'north',
  data: { operator: ID.operator, at: AT },
};

export function asyncapi(version: string): object {
  const named = referring({ ...THINGS, ...NACKS });
  const no = { name: 'no', title: 'no', summary: 'A no, in the words of REST.', contentType: 'application/json' };
  return {
    asyncapi: '3.0.0',
    info: {
      title: 'Andon, live',
      version,
      description:
        'Every message of a client carries an acknowledgement callback and gets exactly one answer with `ok`.',
    },
    defaultContentType: 'application/json',
    servers: {
      node: {
        host: '{host}',
        pathname: '/socket.io/',
        protocol: 'ws',
        description: 'Any node; `wss` behind a proxy that ends TLS. Socket.IO 4.',
        variables: { host: { default: 'localhost:8080' } },
        security: [to('components', 'securitySchemes', 'token')],
      },
      broker: { host: '{host}', protocol: 'amqp', variables: { host: { default: 'localhost:5672' } } },
    },
    channels: {
      ...Object.fromEntries(SPACES.map((space) => [channelOf(space), channel(space)])),
      events: {
        address: 'andon.events',
        title: 'Events',
        description: 'Topic exchange: every event of the log, at least once, those of one actor in order.',
        servers: [to('servers', 'broker')],
        messages: { event: to('components', 'messages', 'event') },
      },
    },
    operations: {
      ...Object.fromEntries(
        MESSAGES.flatMap((message) =>
          message.spaces.map((space) => [`${channelOf(space)}.${plain(message.event)}`, operation(space, message)]),
        ),
      ),
      'events.event': {
        action: 'send',
        channel: to('channels', 'events'),
        messages: [to('channels', 'events', 'messages', 'event')],
      },
    },
    components: {
      messages: named.refer({
        ...messages(),
        no: { ...no, payload: NO, examples: [{ payload: { ok: false, code: 'not_found' } }] },
        event: sent('event', OutwardEvent, 'The routing key is its type.', [outward]),
      }),
      schemas: named.schemas,
      securitySchemes: {
        token: { type: 'http', scheme: 'bearer', description: 'The token of a session, as `auth: {token}`.' },
      },
    },
  };
}
