/**
 * The environment, read once into one frozen object. All faults are reported together, each with the variable's name
 * and what was expected. `docs/settings.md` is made from the same table.
 */
import { AndonError } from './errors.ts';
import {
  factor,
  flag,
  list,
  matching,
  oneOf,
  optionalUrl,
  type Setting,
  text,
  url,
  weights,
  whole,
} from './setting-kinds.ts';

export const SETTINGS = {
  port: whole('ANDON_PORT', 8080, 'Port of this web node; with several nodes, of nginx before them.', 1, 65_535),
  host: text('ANDON_HOST', '127.0.0.1', 'Address that a web node binds.'),
  origins: list(
    'ANDON_ORIGINS',
    '',
    'Origins of our own pages, comma-separated; empty = http://localhost and http://127.0.0.1 at ANDON_PORT and at this node’s port.',
  ),
  proxies: list('ANDON_PROXIES', '127.0.0.1', 'Addresses of proxies whose X-Forwarded-For is believed.'),
  databaseUrl: url(
    'DATABASE_URL',
    ['postgres:', 'postgresql:'],
    'postgres://localhost:5432/andon',
    'Postgres, as the application.',
  ),
  databaseAdminUrl: text(
    'DATABASE_ADMIN_URL',
    '',
    'Postgres, as the owner of the tables (migrations only); empty = DATABASE_URL, and the application does SET ROLE.',
  ),
  redisUrl: url('REDIS_URL', ['redis:', 'rediss:'], 'redis://localhost:6379/0', 'Redis.'),
  amqpUrl: optionalUrl(
    'AMQP_URL',
    ['amqp:', 'amqps:'],
    'RabbitMQ, for wake-ups of workers and for events; empty or `none` = no broker: work is found by looking, no events go out.',
  ),
  queues: oneOf(
    'ANDON_QUEUES',
    ['classic', 'quorum'],
    'classic',
    'Kind of the queues in RabbitMQ: classic, or quorum on a cluster. To change it, delete the old queues or change ANDON_PREFIX.',
  ),
  prefix: text('ANDON_PREFIX', 'andon', 'Prefix of every Redis key and channel, of every queue and exchange.'),
  dataDir: text('ANDON_DATA', '.andon', 'Folder of private servers, secrets, logs and files.'),
  filesDir: text('ANDON_FILES', '.andon/files', 'Folder of the object store; shared by all nodes.'),
  spoolDir: text(
    'ANDON_SPOOL',
    '.andon/spool',
    'Folder where uploads land first, and wait while the object store is away. Best on another disk than ANDON_FILES.',
  ),
  spoolNode: matching(
    'ANDON_SPOOL_NODE',
    '',
    /^[a-z0-9][a-z0-9.-]{0,62}$/,
    'a name of lower-case letters, digits, dots and hyphens',
    'Name of the node whose own ANDON_SPOOL is: only workers with the same name empty it. Empty = all nodes share the folder.',
  ),
  spooledBytes: whole(
    'ANDON_SPOOLED_BYTES',
    268_435_456,
    'Most bytes of one owner that wait in the spool while the object store is away.',
    84,
  ),
  tariffsDir: text('ANDON_TARIFFS', 'tariffs', 'Folder of the tariffs, one JSON file per site.'),
  secret: text(
    'ANDON_SECRET',
    undefined,
    'At least 32 characters; keys the hash of commands and signs what nodes hand out. The same on all nodes.',
  ),
  tokenKey: text(
    'ANDON_TOKEN_KEY',
    undefined,
    'Ed25519 private key (PKCS #8 PEM, line breaks as \\n) that signs session tokens. The same on all nodes.',
  ),
  tokenTrust: text(
    'ANDON_TOKEN_TRUST',
    '',
    'Other keys whose session tokens are taken: public keys, Ed25519 or P-256 (PEM, one after the other, line breaks as \\n). For a change of ANDON_TOKEN_KEY.',
  ),
  signup: flag('ANDON_SIGNUP', true, 'Buyers may sign up by themselves.'),
  logInTries: whole('ANDON_LOGIN_TRIES', 5, 'Wrong log-ins per minute, for one login from one address.', 1),
  signUpsPerMinute: whole(
    'ANDON_SIGNUPS_PER_MINUTE',
    20,
    'Sign-ups per minute and address; none is counted on loopback.',
    1,
  ),
  leaseMs: whole('ANDON_LEASE_MS', 3_000, 'Lease of an actor during one turn, milliseconds.', 100),
  leaseWaitMs: whole(
    'ANDON_LEASE_WAIT_MS',
    250,
    'Longest wait for a busy lease before going ahead without, milliseconds.',
  ),
  redisTimeoutMs: whole(
    'ANDON_REDIS_TIMEOUT_MS',
    60,
    'A Redis command slower than this counts as failed, milliseconds.',
    5,
  ),
  dutyLeaseMs: whole(
    'ANDON_DUTY_LEASE_MS',
    2_000,
    'Lease of a duty: after this time another keeper takes over from one that died, milliseconds.',
    300,
  ),
  stateTtlMs: whole(
    'ANDON_STATE_TTL_MS',
    86_400_000,
    'Life of a state in Redis after its last change, milliseconds.',
    1_000,
  ),
  refusalTtlMs: whole('ANDON_REFUSAL_TTL_MS', 600_000, 'How long a refusal is remembered, milliseconds.', 1_000),
  mailboxLimit: whole('ANDON_MAILBOX_LIMIT', 1_000, 'Most commands waiting for one actor in one process.', 1),
  commandMs: whole('ANDON_COMMAND_MS', 10_000, 'Longest time for one command, milliseconds.', 100),
  appendQueue: whole('ANDON_APPEND_QUEUE', 10_000, 'Most rows waiting for the log in one process.', 32),
  streamKeep: whole('ANDON_STREAM_KEEP', 10_000, 'Entries kept in the stream of a board.', 100),
  frameMs: whole('ANDON_FRAME_MS', 50, 'Shortest time between two frames of a busy board, milliseconds.', 1),
  sessionMs: whole('ANDON_SESSION_MS', 900_000, 'Life of a session token, milliseconds.', 1_000),
  priceValidMs: whole('ANDON_PRICE_VALID_MS', 7 * 86_400_000, 'How long a price holds, milliseconds.', 100),
  expireMs: whole('ANDON_EXPIRE_MS', 7 * 86_400_000, 'An order not submitted for so long expires, milliseconds.', 100),
  cancelMs: whole('ANDON_CANCEL_MS', 1_800_000, 'Time to answer a cancellation request, milliseconds.', 100),
  handOverMs: whole('ANDON_HAND_OVER_MS', 900_000, 'How long an offer of hand-over stands, milliseconds.', 100),
  graceMs: whole(
    'ANDON_GRACE_MS',
    120_000,
    'An operator at no board for so long loses the orders captured and not begun, milliseconds.',
    1_000,
  ),
  closeMs: whole('ANDON_CLOSE_MS', 14 * 86_400_000, 'From its delivery until an order is closed, milliseconds.', 100),
  uploadBytes: whole('ANDON_UPLOAD_BYTES', 64 * 1024 * 1024, 'Largest model, bytes.', 84),
  ownerBytes: whole('ANDON_OWNER_BYTES', 2_000_000_000, 'Most bytes of models of one owner.', 84),
  jobPollMs: whole('ANDON_JOB_POLL_MS', 1_000, 'A worker looks for due jobs this often, milliseconds.', 10),
  relayMs: whole(
    'ANDON_RELAY_MS',
    100,
    'A keeper looks for due jobs to tell the workers of this often, milliseconds.',
    10,
  ),
  jobLeaseMs: whole('ANDON_JOB_LEASE_MS', 30_000, 'Lease of a job, renewed every third of it, milliseconds.', 100),
  jobSlots: whole('ANDON_JOB_SLOTS', 2, 'Jobs that one worker runs at once.', 1, 64),
  jobAttempts: whole(
    'ANDON_JOB_ATTEMPTS',
    5,
    'After so many attempts a job is dead, until it is driven again.',
    1,
    100,
  ),
  jobBackoffMs: whole(
    'ANDON_JOB_BACKOFF_MS',
    1_000,
    'Wait after the first failed attempt at a job, milliseconds; after each further one four times as long, at most sixty times.',
    1,
    3_600_000,
  ),
  shares: weights(
    'ANDON_SHARES',
    '',
    'Parts of the workers, as `house=2,<partner’s id>=3`: who is not named has 1, and the house never less than half of all partners who wait.',
  ),
  priceMemoryMb: whole('ANDON_PRICE_MEMORY_MB', 512, 'Memory limit of the child that reads a model, MiB.', 64),
  priceTimeMs: whole(
    'ANDON_PRICE_TIME_MS',
    1_800_000,
    'Time limit of the child that reads a model, milliseconds.',
    100,
  ),
  requestsPerSecond: whole(
    'ANDON_REQUESTS_PER_SECOND',
    200,
    'Requests and messages of sockets per second and user; a dear message counts as several.',
    1,
  ),
  partnerRequestsPerSecond: whole(
    'ANDON_PARTNER_REQUESTS_PER_SECOND',
    50,
    'Requests per second and partner, on all nodes together; as many again as a burst within ten seconds.',
    1,
  ),
  partnerOrdersPerMinute: whole(
    'ANDON_PARTNER_ORDERS_PER_MINUTE',
    1_000,
    'Orders that one partner may send in a minute, each of a batch counted; a batch of 100 must fit.',
    100,
  ),
  socketsPerUser: whole('ANDON_SOCKETS_PER_USER', 50, 'Sockets per user and node.', 1),
  socketsPerAddress: whole(
    'ANDON_SOCKETS_PER_ADDRESS',
    1_000,
    'Sockets per address and node, whoever they are of; none is counted on loopback.',
    1,
  ),
  drainMs: whole(
    'ANDON_DRAIN_MS',
    5_000,
    'Time that a node gives to what runs when it is asked to stop, milliseconds.',
  ),
  drainSpreadMs: whole(
    'ANDON_DRAIN_SPREAD_MS',
    30_000,
    'A web node that is to stop (SIGTERM) asks its clients to come back to others spread over so long, milliseconds; it stops as soon as all have left.',
    0,
    600_000,
  ),
  opsPort: whole(
    'ANDON_OPS_PORT',
    0,
    'Port of this process for /livez, /readyz and /metrics; 0 = none. Each process has one of its own; web nodes answer all three on ANDON_PORT too.',
    0,
    65_535,
  ),
  opsHost: text(
    'ANDON_OPS_HOST',
    '127.0.0.1',
    'Address that ANDON_OPS_PORT binds; whoever reaches it reads the figures.',
  ),
  demoPace: factor('ANDON_DEMO_PACE', 1, 'How fast the people of `up --demo` are; 2 = twice as fast.', 0.1, 20),
  pagesDir: text('ANDON_PAGES', 'dist/web', 'Folder of the built pages.'),
  logLevel: text('ANDON_LOG', 'info', 'Least level that is logged: debug, info, warn, error.'),
} as const;

export type Config = {
  readonly [K in keyof typeof SETTINGS]: (typeof SETTINGS)[K] extends Setting<infer T> ? T : never;
};

/** Throws one AndonError `bad_settings` that names every fault. */
export function readConfig(env: Readonly<Record<string, string | undefined>>): Config {
  const faults: string[] = [];
  const read: Record<string, unknown> = {};
  for (const [name, setting] of Object.entries(SETTINGS)) {
    const given = env[setting.env];
    const raw = given === undefined || given === '' ? setting.fallback : given;
    if (raw === undefined) {
      faults.push(`${setting.env} is missing: ${setting.about}`);
      continue;
    }
    try {
      read[name] = setting.parse(raw);
    } catch (error) {
      faults.push(`${setting.env} must be ${(error as Error).message}`);
    }
  }
  if (typeof read['secret'] === 'string' && read['secret'].length < 32)
    faults.push('ANDON_SECRET must have at least 32 characters');
  if (faults.length > 0) throw new AndonError('bad_settings', faults.join('\n'), { expose: true, details: { faults } });
  return Object.freeze(read) as Config;
}
