/** Whole boards on their way to clients: only so many at once, and each gives its place back, whatever becomes of it. */
import * as assert from 'uvu/assert';
import { boardService } from '../../gateways/mes/live-board.ts';
import { spec } from '../_kit/spec.ts';

const test = spec('places of whole boards');

const AT_ONCE = 64;

/** A house with two boards, one of which has a card that can't be shown. */
function house() {
  const head = { epoch: 'e', complete: true, at: '1-0' };
  const lanesOf = (site: string) => (site === 'bad' ? { new: { items: [{ order: 'a' }], count: 1, next: null } } : {});
  const service = boardService(
    {
      boards: {
        snapshot: async (site: string) => ({ ...head, lanes: lanesOf(site), counts: {}, people: {} }),
        digest: async () => ({ ...head, digest: '', counts: {} }),
        since: async () => undefined,
      },
      tail: () => ({ watch: () => undefined, unwatch: () => undefined, close: async () => undefined }),
      ...{ cold: {}, frameMs: 10, coldMs: 2_000, graceMs: 1, flow: async () => undefined },
      directory: { know: async () => undefined, nameOf: () => undefined },
      sites: () => ['bad', 'fine'],
    } as never,
    () => undefined,
  );
  const lineOf = (takes: boolean) => ({
    open: true,
    slow: false,
    principal: { id: 'p', roles: ['supervisor'] },
    ...{ send: () => undefined, ask: async () => undefined, enter: () => undefined, exit: () => undefined },
    whenTaken: (then: () => void) => takes && setImmediate(then),
    whenDrained: () => undefined,
  });
  return {
    service,
    lineOf,
    async open(site: string, line: object = lineOf(true)): Promise<string> {
      try {
        const reply = await service.handlers['board:open']?.handle(line as never, { site } as never);
        reply?.after?.();
        return 'opened';
      } catch (error) {
        return (error as Error).name;
      }
    },
  };
}

test('a board that can’t be shown takes no place for ever', async () => {
  const { open, service } = house();
  for (let i = 0; i < AT_ONCE + 1; i++) assert.is(await open('bad'), 'TypeError');
  assert.is(await open('fine'), 'opened');
  await service.close();
});

test('those who left while they waited hold up nobody', async () => {
  const { open, service, lineOf } = house();
  const takers = Array.from({ length: AT_ONCE }, () => lineOf(false));
  await Promise.all(takers.map((line) => open('fine', line)));
  const waiting = Array.from({ length: 5 * AT_ONCE }, () => lineOf(false));
  const outcomes = waiting.map((line) => open('fine', line));
  const living = open('fine');
  for (const line of waiting) line.open = false;
  assert.is(await living, 'opened');
  const all = await Promise.all(outcomes);
  assert.ok(all.every((outcome) => outcome !== 'opened'));
  await service.close();
});
