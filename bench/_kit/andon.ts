/** Andon itself, in process. */
import { randomUUID } from 'node:crypto';
import { BUYER, issuerOf, openRuntime, SYSTEM } from './andon-runtime.ts';
import type { Contender } from './contender.ts';
import { operatorIds } from './crew.ts';
import type { Addresses } from './stand.ts';

export async function andon(at: Addresses, operators: number): Promise<Contender> {
  const { send, must, draft, approved, versionOf, close } = await openRuntime(at);
  const crew = operatorIds(operators).map((id) => issuerOf('operator', id, 'north'));
  return {
    name: 'andon',
    async begin() {
      for (const issuer of crew) {
        await must(send('operator', issuer.id, SYSTEM, { type: 'hire', site: 'north', limit: 5 }));
        await must(send('operator', issuer.id, issuer, { type: 'start-shift' }));
      }
    },
    prepare: (count) => approved(count),
    async step(step, id, who) {
      // Nobody lets go of an order here, so the capture is the first.
      const epoch = step === 'capture' ? 0 : 1;
      return (await send('order', id, crew[who] ?? SYSTEM, { type: step, epoch })).ok;
    },
    draft,
    // Never the same model twice: a change that changes nothing is accepted without a version.
    touch: async (id) => (await send('order', id, BUYER, { type: 'attach-model', model: randomUUID() })).ok,
    versionOf,
    close,
  };
}
