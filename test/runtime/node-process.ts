/** A node as a process of its own: `openNode` behind messages. Started by node-there.ts. */

import { codeOf } from '../../src/errors.ts';
import type { Envelope } from '../../src/runtime/actor.ts';
import { openNode } from './works.ts';

const { SERVERS, SETTINGS } = process.env;
const node = await openNode(JSON.parse(SERVERS ?? ''), JSON.parse(SETTINGS ?? ''));

process.on('message', ({ id, envelope }: { id: number; envelope: Envelope }) => {
  const say = (said: object): boolean | undefined => process.send?.({ id, ...said });
  node.send(envelope).then(
    (answer) => say({ answer }),
    (error: unknown) => say({ code: codeOf(error) }),
  );
});
process.once('disconnect', () => process.exit());
process.send?.({ ready: true });
