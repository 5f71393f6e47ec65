/** Stands in for src/main.ts where only the launcher is tested: `web|worker|keeper`, and `admin` with its answers. */
import { createServer } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';

const [type = '', request = '{}'] = process.argv.slice(2);

/** How the tests make it misbehave. */
const mood = process.env['STAND_IN'] ?? '';

if (type === 'admin') {
  const asked = JSON.parse(request) as { do: string; role: string; site?: string; count: number };
  const user = (role: string, site: string | undefined, n: number) => ({
    role,
    site: site ?? null,
    login: `${role}-${site ?? 'all'}-${n}`,
    password: `secret-${n}`,
  });
  if (asked.do === 'first-users') {
    console.log('a line of a log');
    console.log(JSON.stringify([user('supervisor', asked.site, 1), user('engineer', undefined, 1)]));
  } else if (asked.role === 'packer') {
    console.error('no packers today');
    process.exitCode = 1;
  } else {
    const users = Array.from({ length: asked.count }, (_, i) => user(asked.role, asked.site, i + 1));
    console.log(JSON.stringify(users));
  }
} else {
  console.log(`${type} starts as ${process.pid}`);
  if (mood === `${type} dies`) {
    // Later than the others are ready.
    await sleep(1_000);
    console.error('the reason why it dies');
    process.exit(3);
  }
  const server = createServer((request, response) => {
    if (request.url === '/readyz') {
      const degraded = /^degraded (\w+)$/.exec(mood)?.slice(1) ?? [];
      return response.writeHead(mood === 'never ready' ? 503 : 200).end(JSON.stringify({ degraded }));
    }
    const { ANDON_PORT, ANDON_ORIGINS, DATABASE_URL, DATABASE_ADMIN_URL } = process.env;
    const headers = request.headers;
    const body = { pid: process.pid, env: { ANDON_PORT, ANDON_ORIGINS, DATABASE_URL, DATABASE_ADMIN_URL }, headers };
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify(body));
  });
  if (type === 'web') server.listen(Number(process.env['ANDON_PORT']), process.env['ANDON_HOST'] ?? '127.0.0.1');
  else server.listen(Number(process.env['ANDON_OPS_PORT']), '127.0.0.1');
  if (process.connected) process.send?.('running');
  const staying = setInterval(() => undefined, 60_000);
  process.on('SIGINT', () => {
    clearInterval(staying);
    server.close();
    server.closeAllConnections();
  });
}
