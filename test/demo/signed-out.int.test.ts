import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as assert from 'uvu/assert';
import { Cast, type Role } from '../../demo/cast.ts';
import { Market } from '../../demo/decide/market.ts';
import { makeLog } from '../../demo/log.ts';
import { playPacker } from '../../demo/players/floor.ts';
import { readCatalog, type Stage } from '../../demo/stage.ts';
import { Tally } from '../../demo/tally.ts';
import { generatePassword } from '../../src/identity/passwords.ts';
import { Sessions } from '../../src/identity/sessions.ts';
import { setPassword } from '../../src/identity/user-changes.ts';
import { addUser } from '../../src/identity/users.ts';
import { spec } from '../_kit/spec.ts';
import { until } from '../_kit/until.ts';
import { type ClientWorld, withClients } from '../client/open-client.ts';
import { boardCaughtUp } from '../gateways/open-live.ts';

const test = spec<ClientWorld>('who is played and was signed out', withClients(), { deadlineMs: 60_000 });

/** Counts how often somebody at a board that is live told what is on it. */
class Told extends Market {
  times = 0;
  override tellCards(site: string, cards: number): void {
    this.times += 1;
    super.tellCards(site, cards);
  }
}

test('comes back to the board with the password that counts', async (world) => {
  world.keep();
  await boardCaughtUp(world);
  const { pool, redis, keys } = world.core;
  const folder = await mkdtemp(join(tmpdir(), 'andon-cast-'));
  const over = new AbortController();
  try {
    const file = join(folder, 'logins.json');
    const write = (password: string) => {
      const one: Role & { demo: string } = { role: 'packer', site: 'north', login: 'peter', password, demo: 'played' };
      return writeFile(file, JSON.stringify([one]));
    };
    const [first, second] = [await generatePassword(), await generatePassword()];
    const user = { login: 'peter', name: 'Peter', roles: ['packer'], site: 'north', hash: first.hash };
    const { id } = (await addUser(pool, user))!;
    await write(first.password);
    const waits: string[] = [];
    const log = makeLog('silent');
    log.info = ((line: { code?: string }) => void waits.push(line.code ?? '')) as typeof log.info;
    const market = new Told(1);
    const told = { url: world.url, pace: 4, knockMs: 300, stop: over.signal, log, cast: new Cast(file) };
    const stage: Stage = {
      ...{ ...told, tally: new Tally(), market, catalog: await readCatalog(world.url), played: new Set<string>() },
    };
    const played = playPacker(stage, new Cast(file).all()[0]!);
    const sees = () => market.times > 0;
    await until('he is at the board', sees, 20_000);
    await setPassword(pool, 'peter', second.hash);
    await new Sessions(pool, redis, keys, { has: () => false }).revokeAllOf(id);
    await until('he is not let in', () => waits.includes('unauthenticated'), 20_000);
    market.times = 0;
    await write(second.password);
    await until('he is at the board again', sees, 20_000);
    over.abort();
    await played;
    assert.ok(stage.played.has(id));
  } finally {
    over.abort();
    await rm(folder, { recursive: true, force: true });
  }
});
