/** How long orders usually stay in a status, per site; for those who may ask. */
import { effect, signal } from '@preact/signals';
import type { SiteFlow } from '../../gateways/contract/flow.ts';
import { me, rest, roles } from './app.ts';

const AGAIN_MS = 60_000;
const flow = signal<readonly SiteFlow[]>([]);

/** Milliseconds that 95 % of stays do not exceed; undefined = nobody knows. */
export const p95At = (site: string, status: string): number | undefined =>
  flow.value.find((one) => one.site === site)?.statuses[status]?.p95;

async function read(): Promise<void> {
  const found = await rest.get<{ items: readonly SiteFlow[] }>('/api/flow').catch(() => undefined);
  if (found !== undefined) flow.value = found.body.items;
}

effect(() => {
  if (typeof me.value !== 'object') return undefined;
  if (!roles.value.some((role) => ['engineer', 'supervisor', 'crm'].includes(role))) return undefined;
  void read();
  const timer = setInterval(() => {
    if (!document.hidden) void read();
  }, AGAIN_MS);
  return () => clearInterval(timer);
});
