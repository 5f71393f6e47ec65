/** Andon over sockets: the same commands as messages on `/mes`, each operator with a socket and a session. */
import { randomUUID } from 'node:crypto';
import type { Contender } from './contender.ts';
import { operatorIds } from './crew.ts';
import { LeanSocket } from './lean-socket.ts';
import { signIn } from './sessions.ts';
import type { Addresses } from './stand.ts';

/** `floor` prepares the orders, in process. */
export async function andonSockets(
  at: Addresses,
  url: string,
  floor: Contender,
  operators: number,
): Promise<Contender> {
  const people = operatorIds(operators).map((id) => ({ id, role: 'operator', site: 'north' }));
  const tokens = await signIn(at, people);
  const lines = await Promise.all(tokens.map((token) => LeanSocket.open(url, '/mes', { token })));
  return {
    ...floor,
    name: 'andon',
    async step(step, order, operator) {
      const epoch = step === 'capture' ? 0 : 1;
      const answer = await lines[operator]?.ask('command', { order, type: step, key: randomUUID(), epoch });
      if (answer?.startsWith('{"ok":true') === true) return true;
      if (answer?.includes('already_captured') === true) return false;
      throw new Error(`${step}: ${answer}`);
    },
    async close() {
      for (const line of lines) line.close();
    },
  };
}
