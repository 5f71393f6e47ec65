/** A web node of the product on a stand. */
import { freePorts } from '../../src/launcher/servers/ports.ts';
import { type Running, startProcess } from './process.ts';
import type { Addresses } from './stand.ts';

export interface Web extends Running {
  readonly url: string;
}

export async function startWeb(
  at: Addresses,
  env: Readonly<Record<string, string>> = {},
  flags: readonly string[] = [],
): Promise<Web> {
  const [port = 0] = await freePorts(1);
  const running = await startProcess('web', at, { ...env, ANDON_PORT: String(port) }, flags);
  return { ...running, url: `http://127.0.0.1:${port}` };
}
