/** What the buyers of the demo bring along: always the same files, so contents are stored and measured once. */
import { drop, heart, ring, rosette, signet, twistedRing } from './jewellery.ts';
import { bracket, gear, knob, mount } from './parts.ts';
import type { Solid } from './solid.ts';
import { binaryStl } from './stl.ts';

export interface Model {
  /** Of its file. */
  readonly name: string;
  /** What it is for: worn ones are made of metal. */
  readonly worn: boolean;
  readonly solid: () => Solid;
  /** Triangles that its file misses. */
  readonly missing: number;
}

const make = (name: string, worn: boolean, solid: () => Solid, missing = 0): Model => ({ name, worn, solid, missing });

const sizes = (from: number, step: number, count: number): number[] =>
  Array.from({ length: count }, (_, i) => from + step * i);

export const MODELS: readonly Model[] = [
  ...sizes(16, 1.5, 4).map((mm, i) => make(`ring-${mm}.stl`, true, () => ring(mm, 4 + i, 1.8, 0))),
  ...sizes(16.5, 1.5, 3).map((mm, i) => make(`wave-ring-${mm}.stl`, true, () => ring(mm, 3, 1.7, 4 + i))),
  ...sizes(17, 1, 3).map((mm, i) => make(`twisted-ring-${mm}.stl`, true, () => twistedRing(mm, 2.4, 3 + i))),
  ...sizes(18, 1, 4).map((mm, i) => make(`signet-${mm}.stl`, true, () => signet(mm, 11 + i))),
  ...sizes(18, 4, 3).map((mm) => make(`heart-pendant-${mm}.stl`, true, () => heart(mm, 2.5))),
  ...sizes(20, 4, 3).map((mm, i) => make(`rosette-pendant-${mm}.stl`, true, () => rosette(mm, 6 + i, 2))),
  ...sizes(14, 4, 3).map((mm, i) => make(`drop-${mm}.stl`, true, () => drop(mm, 6 + 2 * i))),
  ...sizes(16, 6, 4).map((teeth) => make(`gear-${teeth}t.stl`, false, () => gear(teeth, 1.25, 6))),
  ...sizes(34, 8, 4).map((mm) => make(`bracket-${mm}.stl`, false, () => bracket(mm, mm / 3, 4))),
  ...sizes(36, 10, 3).map((mm) => make(`mount-${mm}.stl`, false, () => mount(mm, 0.7 * mm, 3))),
  ...sizes(24, 6, 3).map((mm, i) => make(`knob-${mm}.stl`, false, () => knob(mm, 8 + 2 * i))),
];

/** Files as they come: these have a hole where triangles are missing, and nobody can say what they cost. */
export const BROKEN: readonly Model[] = [
  make('scan-ring-open.stl', true, () => ring(17, 5, 1.8, 0), 7),
  make('knob-export-open.stl', false, () => knob(28, 9), 12),
];

export const fileOf = ({ name, solid, missing }: Model): Uint8Array<ArrayBuffer> =>
  binaryStl(solid(), `Andon demo ${name}`, missing);
