/** A worker that measures with a child that never answers. */
import { fileURLToPath } from 'node:url';
import { measure } from '../../../src/geometry/measure.ts';

const program = fileURLToPath(new URL('orphan.ts', import.meta.url));
await measure(program, { memoryMb: 256, timeMs: 60_000 }, { program });
