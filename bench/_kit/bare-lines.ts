/** The bare node as a contender, over HTTP or over sockets; its orders are those of peer pg-cte. */
import type { Contender } from './contender.ts';
import { LeanHttp } from './lean-http.ts';
import { LeanSocket } from './lean-socket.ts';

/** `floor` prepares the orders, in process. */
export async function bareRest(url: string, floor: Contender, operators: number): Promise<Contender> {
  const lines = await Promise.all(Array.from({ length: operators }, () => LeanHttp.open(url)));
  return {
    ...floor,
    name: 'bare Koa + pg-cte',
    step: async (step, order, operator) =>
      (await lines[operator]?.post(`/orders/${order}/${step}/${operator}`, '{}'))?.status === 200,
    async close() {
      for (const line of lines) line.close();
    },
  };
}

export async function bareSockets(url: string, floor: Contender, operators: number): Promise<Contender> {
  const lines = await Promise.all(Array.from({ length: operators }, () => LeanSocket.open(url, '/mes')));
  return {
    ...floor,
    name: 'bare Socket.IO + pg-cte',
    step: async (type, order, operator) =>
      (await lines[operator]?.ask('command', { order, type, operator })) === '{"ok":true}',
    async close() {
      for (const line of lines) line.close();
    },
  };
}
