/** Andon over REST: the same commands as requests to one web node, each operator with a connection and a session. */
import { randomUUID } from 'node:crypto';
import type { Contender } from './contender.ts';
import { operatorIds } from './crew.ts';
import { LeanHttp } from './lean-http.ts';
import { signIn } from './sessions.ts';
import type { Addresses } from './stand.ts';

/** `floor` prepares the orders, in process. */
export async function andonRest(at: Addresses, url: string, floor: Contender, operators: number): Promise<Contender> {
  const people = operatorIds(operators).map((id) => ({ id, role: 'operator', site: 'north' }));
  const tokens = await signIn(at, people);
  const lines = await Promise.all(tokens.map((token) => LeanHttp.open(url, token)));
  return {
    ...floor,
    name: 'andon',
    async step(step, order, operator) {
      const epoch = step === 'capture' ? 0 : 1;
      const key = `Idempotency-Key: ${randomUUID()}\r\n`;
      const answer = await lines[operator]?.post(`/api/orders/${order}/${step}`, `{"epoch":${epoch}}`, key);
      if (answer?.status === 409) return false;
      if (answer?.status !== 200) throw new Error(`${step}: ${answer?.status} ${answer?.body}`);
      return true;
    },
    async close() {
      for (const line of lines) line.close();
    },
  };
}
