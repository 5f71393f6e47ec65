/** The bare node, as a process of its own. */
import { join } from 'node:path';
import { freePorts } from '../../src/launcher/servers/ports.ts';
import { environmentOf } from './environment.ts';
import { forked } from './process.ts';
import type { Addresses } from './stand.ts';
import type { Web } from './web.ts';

/** Most that it knows by number. */
export const OPERATORS = 1_000;

export async function startBare(at: Addresses): Promise<Web> {
  const [port = 0] = await freePorts(1);
  const running = await forked(join(import.meta.dirname, '../peers/bare-node.ts'), [String(port)], environmentOf(at));
  return { ...running, url: `http://127.0.0.1:${port}` };
}
