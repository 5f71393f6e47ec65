/** Rings, signets, pendants and beads, mm. */
import { circle, type Flat } from './outline.ts';
import { plate } from './plate.ts';
import { closedBall, closedBand, type Point, type Solid } from './solid.ts';

const TURN = 2 * Math.PI;

/** A section between a circle (2) and a box (large), `wide` along the axis, `thick` across. */
function section(v: number, wide: number, thick: number, corner: number): Flat {
  const [c, s] = [Math.cos(TURN * v), Math.sin(TURN * v)];
  const bend = (x: number): number => Math.sign(x) * Math.abs(x) ** (2 / corner);
  return [(thick / 2) * bend(c), (wide / 2) * bend(s)];
}

const around = (u: number, radius: number, z: number): Point => [
  radius * Math.cos(TURN * u),
  radius * Math.sin(TURN * u),
  z,
];

/** A band for a finger of this inner diameter; `waves`: how often its middle goes up and down. */
export function ring(inner: number, wide: number, thick: number, waves: number): Solid {
  return closedBand(160, 32, (u, v) => {
    const [out, up] = section(v, wide, thick, 3);
    return around(u, inner / 2 + thick / 2 + out, up + (waves === 0 ? 0 : 0.9 * Math.sin(TURN * waves * u)));
  });
}

/** Its section has four edges that wind around the finger. */
export function twistedRing(inner: number, thick: number, twists: number): Solid {
  return closedBand(240, 32, (u, v) => {
    const angle = TURN * twists * u;
    const [a, b] = section(v, thick, thick, 6);
    const [out, up] = [a * Math.cos(angle) - b * Math.sin(angle), a * Math.sin(angle) + b * Math.cos(angle)];
    return around(u, inner / 2 + 0.75 * thick + out, up);
  });
}

/** A ring that grows towards a broad, flat head. */
export function signet(inner: number, head: number): Solid {
  return closedBand(192, 40, (u, v) => {
    const near = Math.max(0, Math.cos(TURN * (u - 0.25))) ** 3;
    const thick = 1.8 + 1.6 * near;
    const [out, up] = section(v, 3.2 + (head - 3.2) * near, thick, 4);
    const [x, y, z] = around(u, inner / 2 + thick / 2 + out, up);
    // The head is cut flat.
    return [x, Math.min(y, inner / 2 + 2.6 - 0.0001 * Math.abs(z)), z];
  });
}

const heartLine = (size: number): Flat[] =>
  Array.from({ length: 240 }, (_, i): Flat => {
    const t = TURN * (i / 240 + 0.25);
    const x = 16 * Math.sin(t) ** 3;
    const y = 13 * Math.cos(t) - 5 * Math.cos(2 * t) - 2 * Math.cos(3 * t) - Math.cos(4 * t);
    return [(-size * x) / 32, (size * y) / 32];
  });

/** With an eye for the chain. */
export const heart = (size: number, height: number): Solid =>
  plate(heartLine(size), [circle(0, -0.02 * size, size / 9, 120)], height);

/** A coin with petals cut out around its middle. */
export function rosette(size: number, petals: number, height: number): Solid {
  const holes = Array.from({ length: petals }, (_, i) => {
    const turn = (TURN * i) / petals;
    return circle(0.3 * size * Math.cos(turn), 0.3 * size * Math.sin(turn), (0.62 * size) / petals, 48);
  });
  return plate(circle(0, 0, size / 2, 240), holes, height);
}

/** A drop with soft ribs. */
export function drop(size: number, ribs: number): Solid {
  return closedBall(96, 64, (u, v) => {
    const radius = (size / 3.4) * Math.sin(Math.PI * v) * (1 - 0.55 * v) * (1 + 0.06 * Math.cos(TURN * ribs * u));
    return around(u, radius, size * v);
  });
}
