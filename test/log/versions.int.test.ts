import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import * as assert from 'uvu/assert';
import type { Batcher } from '../../src/log/batch.ts';
import type { NewRow } from '../../src/log/rows.ts';
import { spec } from '../_kit/spec.ts';
import { newRow, next } from './new-row.ts';
import { type OpenLog, withOpenLog } from './open-log.ts';

const test = spec('laws of the log', withOpenLog, { deadlineMs: 60_000 });

/** One attempt of a writer: through which node, on which actor, on a head that may be stale by so many versions. */
interface Attempt {
  readonly node: number;
  readonly actor: number;
  readonly stale: number;
  readonly slot: number;
  readonly repeat: boolean;
}

const attempts = fc.array(
  fc.record({
    node: fc.nat(1),
    actor: fc.nat(3),
    stale: fc.constantFrom(0, 0, 0, 1, 2),
    slot: fc.nat(4),
    repeat: fc.boolean(),
  }),
  { minLength: 1, maxLength: 40 },
);

const HOLES = `select l.kind, l.actor_id, l.version from actor_log l
  left join actor_log p on p.kind = l.kind and p.actor_id = l.actor_id and p.version = l.version - 1
  where l.version > 1 and p.command_id is distinct from l.base`;

/** Claims that do not belong to the actor whose newest row that names them took them. */
const ORPHANS = `select c.name from claims c where not exists (
    select from actor_log l where l.actor_id = c.actor_id and l.after->>'slot' = c.name
      and l.version = (select max(version) from actor_log m where m.actor_id = c.actor_id))`;

async function play(nodes: readonly Batcher[], plan: readonly Attempt[]): Promise<void> {
  const known = new Map<number, NewRow[]>();
  const actors = [0, 1, 2, 3].map(() => randomUUID());
  const act = async ({ node, actor, stale, slot, repeat }: Attempt): Promise<void> => {
    const rows = known.get(actor) ?? [];
    const head = rows.at(-1 - stale);
    const name = `slot:${slot}`;
    const content = { after: { slot: name }, takes: [name], frees: head?.takes.filter((held) => held !== name) ?? [] };
    if (head?.takes.includes(name)) return;
    const row = head ? next(head, content) : newRow({ actor: actors[actor]!, ...content });
    const answers = await Promise.all((repeat ? nodes : [nodes[node]!]).map((through) => through.append(row)));
    const won = answers.filter(({ result }) => result === 'won').length;
    assert.ok(won <= 1, 'one command is accepted once');
    if (won === 1) {
      assert.ok(answers.every(({ result }) => result === 'won' || result === 'mine'));
      known.set(actor, [...(known.get(actor) ?? []).filter(({ version }) => version < row.version), row]);
    }
  };
  await Promise.all(plan.map((attempt) => act(attempt)));
  for (const attempt of plan) await act(attempt);
}

test('versions of an actor have no gap, each stands on its base, and claims are those of the newest rows', async (open: OpenLog) => {
  const nodes = [await open.batcher(), await open.batcher()];
  await fc.assert(
    fc.asyncProperty(attempts, async (plan) => {
      await play(nodes, plan);
      assert.equal(await open.see(HOLES), []);
      assert.equal(await open.see(ORPHANS), []);
      const twice = await open.see('select from actor_log group by kind, actor_id, version having count(*) > 1');
      assert.equal(twice, []);
      await open.see('truncate actor_log, claims');
    }),
    { numRuns: 12 },
  );
});
