/** Memory of nodes that were started with the probe (memory-probe.ts), bytes. */
import { join } from 'node:path';
import { askProcess } from './ask.ts';
import type { Running } from './process.ts';

export const PROBE = 'what memory do you hold?';

export interface Memory {
  /** As the kernel counts it. */
  readonly resident: number;
  /** By objects that live, and by buffers. */
  readonly held: number;
}

/** Flags of Node for a process that can be asked. */
export const PROBED: readonly string[] = ['--expose-gc', '--import', join(import.meta.dirname, 'memory-probe.ts')];

export async function memoryOf(nodes: readonly Running[]): Promise<Memory> {
  const all = await Promise.all(nodes.map((node) => askProcess<Memory>(node, PROBE)));
  return {
    resident: all.reduce((sum, { resident }) => sum + resident, 0),
    held: all.reduce((sum, { held }) => sum + held, 0),
  };
}
