/** The REST surface, all of it, as descriptions; those of commands are made from the command tables. */
import Type from 'typebox';
import { fields } from '../../actors/fields.ts';
import { STATUSES } from '../../actors/order/lifecycle.ts';
import { BoardPage, Sort } from './board.ts';
import { Lane } from './card.ts';
import { Catalog } from './catalog.ts';
import { OPERATOR_COMMANDS, ORDER_COMMANDS, offered } from './commands.ts';
import type { Endpoint } from './endpoint.ts';
import { readFlow } from './flow.ts';
import { JOB_ENDPOINTS } from './jobs.ts';
import { MODEL_TYPE, Model, THUMB_TYPE, UploadedModel } from './model.ts';
import { Operator, OperatorAnswer } from './operator.ts';
import { Order, WaitingFor } from './order.ts';
import { REFUSED } from './problem.ts';
import { LogIn, Session, SignUp } from './session.ts';
import { Done, page } from './shapes.ts';
import { Shared } from './share.ts';
import { Timeline } from './timeline.ts';
import { USER_ENDPOINTS } from './users.ts';

const closed = { additionalProperties: false } as const;
const text = (maxLength: number) => Type.Optional(Type.String({ minLength: 1, maxLength }));
const paging = { limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 200 })), cursor: text(500) };

export const OrdersQuery = Type.Object(
  {
    status: Type.Optional(
      Type.Enum([...STATUSES, 'OPEN'], { description: '`OPEN`: any in which something may still happen' }),
    ),
    site: text(60),
    partner: text(100),
    waiting: Type.Optional(WaitingFor),
    q: text(200),
    buyer: Type.Optional(
      Type.String({
        minLength: 1,
        maxLength: 200,
        description: 'how the name or login of the buyer begins; for the office',
      }),
    ),
    model: Type.Optional(
      Type.String({ minLength: 1, maxLength: 200, description: 'how the name of the model begins; for the office' }),
    ),
    ...paging,
  },
  closed,
);
export const BoardQuery = Type.Object({ lane: Lane, sort: Type.Optional(Sort), ...paging }, closed);
const share = Type.Optional(
  Type.String({ maxLength: 500, description: 'token of a guest link: no session is needed' }),
);
export const OrderQuery = Type.Object({ atLeast: Type.Optional(Type.Integer({ minimum: 0 })), share }, closed);
export const TimelineQuery = Type.Object({ share }, closed);
export const OperatorsQuery = Type.Object({ site: text(60), ...paging }, closed);

const define = <const E extends Endpoint>(endpoint: E): E => endpoint;

export const openSession = define({
  name: 'open-session',
  method: 'POST',
  path: '/api/session',
  about: 'Signs in; also sets the cookie `andon`.',
  access: 'anyone',
  codes: ['unauthenticated'],
  body: LogIn,
  status: 200,
  answer: Session,
});
export const renewSession = define({
  name: 'renew-session',
  method: 'POST',
  path: '/api/session/renew',
  about: 'A new token of the same session.',
  access: 'session',
  status: 200,
  answer: Session,
});
export const closeSession = define({
  name: 'close-session',
  method: 'DELETE',
  path: '/api/session',
  about: 'Signs out: no token of the session is taken any more.',
  access: 'session',
  status: 200,
  answer: Done,
});
export const signUp = define({
  name: 'sign-up',
  method: 'POST',
  path: '/api/buyers',
  about: 'A new buyer, signed in.',
  access: 'anyone',
  codes: ['forbidden', 'login_taken'],
  body: SignUp,
  status: 200,
  answer: Session,
});
export const readCatalog = define({
  name: 'catalog',
  method: 'GET',
  path: '/api/catalog',
  about: 'Sites, materials, urgencies, reasons, limits.',
  access: 'anyone',
  tagged: true,
  status: 200,
  answer: Catalog,
});
export const uploadModel = define({
  name: 'upload-model',
  method: 'POST',
  path: '/api/models',
  about: 'A model file; its name percent-encoded in X-Filename.',
  access: 'session',
  roles: ['buyer', 'partner'],
  raw: true,
  key: 'optional',
  unversioned: true,
  status: 201,
  answer: UploadedModel,
});
export const readModel = define({
  name: 'model',
  method: 'GET',
  path: '/api/models/:id',
  about: 'A model of one’s own, or for staff of an order of its site; facts once it was parsed.',
  access: 'session',
  status: 200,
  answer: Model,
});
export const readModelFile = define({
  name: 'model-file',
  method: 'GET',
  path: '/api/models/:id/file',
  about: 'The file of a model, for whoever may read the model.',
  access: 'session',
  tagged: true,
  codes: ['range_not_satisfiable'],
  status: 200,
  file: MODEL_TYPE,
});
export const readModelThumb = define({
  name: 'model-thumb',
  method: 'GET',
  path: '/api/models/:id/thumb',
  about: 'A small picture of a model, for whoever may read the model; 404 until it was measured.',
  access: 'session',
  tagged: true,
  status: 200,
  image: THUMB_TYPE,
});
export const readOrder = define({
  name: 'order',
  method: 'GET',
  path: '/api/orders/:id',
  about: 'One order; `atLeast` waits up to a second for that version.',
  access: 'link',
  tagged: true,
  dated: true,
  query: OrderQuery,
  status: 200,
  answer: Order,
});
export const listOrders = define({
  name: 'orders',
  method: 'GET',
  path: '/api/orders',
  about:
    'Orders one may see, newest change first; at most a second behind. With `q` staff get them by number and reference, ' +
    'in pages that may be short: only `next: null` is the end. One of `q`, `buyer` and `model` at a time.',
  access: 'session',
  tagged: true,
  codes: ['forbidden'],
  query: OrdersQuery,
  status: 200,
  answer: page(Order),
});
export const readTimeline = define({
  name: 'timeline',
  method: 'GET',
  path: '/api/orders/:id/timeline',
  about: 'What happened to an order, from the log.',
  access: 'link',
  query: TimelineQuery,
  status: 200,
  answer: Timeline,
});
export const shareOrder = define({
  name: 'share-order',
  method: 'POST',
  path: '/api/orders/:id/share',
  about: 'A link with which anybody may read this order of one’s own.',
  access: 'session',
  roles: ['buyer', 'partner'],
  body: fields({}),
  key: 'optional',
  unversioned: true,
  status: 200,
  answer: Shared,
});
export const unshareOrder = define({
  name: 'unshare-order',
  method: 'DELETE',
  path: '/api/orders/:id/share',
  about: 'Ends all links of an order of one’s own.',
  access: 'session',
  roles: ['buyer', 'partner'],
  status: 200,
  answer: Done,
});
export const listOperators = define({
  name: 'operators',
  method: 'GET',
  path: '/api/operators',
  about: 'Operators of a site.',
  access: 'session',
  roles: ['operator', 'supervisor'],
  query: OperatorsQuery,
  status: 200,
  answer: page(Operator),
});
export const readBoard = define({
  name: 'board',
  method: 'GET',
  path: '/api/boards/:site',
  about: 'One page of one lane of a board.',
  access: 'session',
  roles: ['operator', 'packer', 'quality', 'supervisor'],
  query: BoardQuery,
  dated: true,
  status: 200,
  answer: BoardPage,
});

/** One per command of an order: `POST /api/orders` creates, the others name the order. */
export const orderCommands: readonly (Endpoint & { readonly command: string })[] = offered(ORDER_COMMANDS, 'api').map(
  ({ name, spec }) => ({
    command: name,
    name: `${name}-order`,
    method: 'POST',
    path: spec.creates ? '/api/orders' : `/api/orders/:id/${name}`,
    about: spec.about,
    access: 'session',
    roles: spec.roles,
    body: spec.fields,
    key: spec.keyRequired ? 'required' : 'optional',
    codes: REFUSED,
    status: spec.creates ? 201 : 200,
    answer: Order,
  }),
);

/** `:id` is an operator's id or `me`. */
export const operatorCommands: readonly (Endpoint & { readonly command: string })[] = offered(
  OPERATOR_COMMANDS,
  'api',
).map(({ name, spec }) => ({
  command: name,
  name,
  method: 'POST',
  path: `/api/operators/:id/${name}`,
  about: spec.about,
  access: 'session',
  roles: spec.roles,
  body: spec.fields,
  key: spec.keyRequired ? 'required' : 'optional',
  codes: ['wrong_site', 'quarantined', 'overloaded'],
  status: 200,
  answer: OperatorAnswer,
}));

export const ENDPOINTS: readonly Endpoint[] = [
  openSession,
  renewSession,
  closeSession,
  signUp,
  readCatalog,
  uploadModel,
  readModel,
  readModelFile,
  readModelThumb,
  readOrder,
  listOrders,
  readTimeline,
  shareOrder,
  unshareOrder,
  ...orderCommands,
  listOperators,
  ...operatorCommands,
  readBoard,
  readFlow,
  ...JOB_ENDPOINTS,
  ...USER_ENDPOINTS,
];
