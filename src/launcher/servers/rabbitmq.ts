/**
 * A private RabbitMQ: one node on loopback ports of its own, its data, cookie and log in one folder, no plugins. The pid
 * is the node's own; its port mapper lives in the same session. Whoever may read the folder may enter the broker: the
 * password and the cookie stand in files for us alone, and the user `guest` is never made.
 */
import { chmodSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { AndonError } from '../../errors.ts';
import { type Server, type Supervision, startChild } from './child.ts';
import { endEpmd, epmdEnv, withEpmd } from './epmd.ts';
import { ask } from './ports.ts';
import { rabbitmqBinary } from './rabbitmq-binary.ts';

export interface RabbitmqPorts {
  readonly amqp: number;
  /** Between Erlang nodes: for the tools of RabbitMQ. */
  readonly dist: number;
  readonly epmd: number;
}

export interface RabbitmqOptions extends Supervision {
  readonly dir: string;
  readonly ports: RabbitmqPorts;
  /** Counts when the data is made. Letters and digits. */
  readonly password: string;
  /** What Erlang nodes know each other by. Letters and digits. */
  readonly cookie: string;
  readonly ownGroup?: boolean;
}

const USER = 'andon';

export const rabbitmqUrl = (port: number, password: string): string =>
  `amqp://${USER}:${encodeURIComponent(password)}@127.0.0.1:${port}`;

/** A node ends in 6 to 7 s when it is asked; what was confirmed is on the disk anyway. */
const ASKED_MS = 2_000;
/** 5 s alone on a machine, many times that beside others. */
const READY_MS = 120_000;

function writeSecretly(file: string, text: string, mode: number): void {
  rmSync(file, { force: true });
  writeFileSync(file, text, { mode: 0o600 });
  chmodSync(file, mode);
}

const conf = ({ password }: RabbitmqOptions): string =>
  Object.entries({
    default_user: USER,
    default_pass: password,
    'log.console': 'true',
    'log.console.level': 'warning',
    'disk_free_limit.absolute': '50MB',
    'vm_memory_high_watermark.absolute': '256MB',
  })
    .map(([key, value]) => `${key} = ${value}\n`)
    .join('');

/** Everything that would otherwise be looked for in /etc or /var. */
function makeEnv(options: RabbitmqOptions, dir: string): Record<string, string> {
  const at = (name: string): string => join(dir, name);
  for (const folder of ['home', 'mnesia', 'log', 'config']) mkdirSync(at(folder), { recursive: true, mode: 0o700 });
  writeSecretly(at('home/.erlang.cookie'), options.cookie, 0o400);
  writeSecretly(at('rabbitmq.conf'), conf(options), 0o600);
  writeFileSync(at('advanced.config'), '[].\n');
  writeFileSync(at('enabled_plugins'), '[].\n');
  return {
    HOME: at('home'),
    RABBITMQ_NODENAME: 'andon@localhost',
    RABBITMQ_NODE_IP_ADDRESS: '127.0.0.1',
    RABBITMQ_NODE_PORT: String(options.ports.amqp),
    RABBITMQ_DIST_PORT: String(options.ports.dist),
    RABBITMQ_MNESIA_BASE: at('mnesia'),
    RABBITMQ_LOG_BASE: at('log'),
    RABBITMQ_LOGS: '-',
    RABBITMQ_PID_FILE: at('pid'),
    RABBITMQ_CONFIG_FILE: at('rabbitmq'),
    RABBITMQ_ADVANCED_CONFIG_FILE: at('advanced.config'),
    RABBITMQ_GENERATED_CONFIG_DIR: at('config'),
    RABBITMQ_ENABLED_PLUGINS_FILE: at('enabled_plugins'),
    RABBITMQ_CONF_ENV_FILE: '/dev/null',
    // One scheduler that does not spin while it waits: a broker of wake-ups must not cost a core.
    RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS:
      '+S 1:1 +SDcpu 1:1 +sbwt none +sbwtdcpu none +sbwtdio none -kernel inet_dist_use_interface {127,0,0,1}',
    // Its script then becomes the node instead of staying its parent: the pid we signal is the node's.
    RUNNING_UNDER_SYSTEMD: 'true',
    ...epmdEnv(options.ports.epmd),
  };
}

const notInstalled = (): AndonError =>
  new AndonError('not_installed', 'RabbitMQ is not installed; on Debian or Ubuntu: apt-get install rabbitmq-server', {
    expose: true,
    details: { server: 'rabbitmq', package: 'rabbitmq-server' },
  });

export async function startRabbitmq(options: RabbitmqOptions): Promise<Server> {
  for (const text of [options.password, options.cookie])
    if (!/^[A-Za-z0-9]{8,}$/.test(text)) throw new Error('password and cookie have 8 or more letters and digits');
  const command = rabbitmqBinary();
  if (command === undefined) throw notInstalled();
  const dir = resolve(options.dir);
  const { amqp } = options.ports;
  const env = makeEnv(options, dir);
  await endEpmd(dir);
  rmSync(join(dir, 'pid'), { force: true });
  try {
    const node = await startChild({
      name: 'rabbitmq',
      url: rabbitmqUrl(amqp, options.password),
      command: 'sh',
      args: withEpmd(dir, command),
      cwd: dir,
      env,
      logFile: options.logFile ?? join(dir, 'out.log'),
      ...(options.spawned === undefined ? {} : { spawned: options.spawned }),
      ready: async (pid) => {
        if (readFileSync(join(dir, 'pid'), 'utf8').trim() !== String(pid)) return false;
        return (await ask(amqp, 'AMQP\0\0\x09\x01', 2_000)).length > 0;
      },
      readyMs: READY_MS,
      stopSignals: [['SIGTERM', ASKED_MS]],
      ...(options.ownGroup === undefined ? {} : { ownGroup: options.ownGroup }),
    });
    const andEpmd = (end: () => Promise<void>) => () => end().then(() => endEpmd(dir));
    return { ...node, stop: andEpmd(node.stop), kill: andEpmd(node.kill) };
  } catch (error) {
    await endEpmd(dir);
    throw error;
  }
}
