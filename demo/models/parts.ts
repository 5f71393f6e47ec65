/** Gears, brackets, plates and knobs, mm. */
import { circle, type Flat } from './outline.ts';
import { plate } from './plate.ts';
import { closedBall, type Solid } from './solid.ts';

const TURN = 2 * Math.PI;

/** Straight-flanked teeth around a bore. */
export function gear(teeth: number, module: number, height: number): Solid {
  const [tip, root] = [(module * (teeth + 2)) / 2, (module * (teeth - 2.5)) / 2];
  const profile: readonly Flat[] = [
    [0, root],
    [0.2, root],
    [0.34, tip],
    [0.42, tip],
    [0.5, tip],
    [0.58, tip],
    [0.66, tip],
    [0.8, root],
  ];
  const line = Array.from({ length: teeth }, (_, tooth) =>
    profile.map(([at, radius]): Flat => {
      const turn = (TURN * (tooth + at)) / teeth;
      return [radius * Math.cos(turn), radius * Math.sin(turn)];
    }),
  ).flat();
  const lightening = Array.from({ length: 5 }, (_, i) => {
    const turn = (TURN * (i + 0.5)) / 5;
    return circle(0.62 * root * Math.cos(turn), 0.62 * root * Math.sin(turn), 0.2 * root, 40);
  });
  return plate(line, [circle(0, 0, 0.24 * root, 64), ...lightening], height);
}

/** A line around corners, each rounded over `radius`. */
function rounded(corners: readonly Flat[], radius: number, steps: number): Flat[] {
  return corners.flatMap((corner, i) => {
    const before = corners.at(i - 1) ?? corner;
    const after = corners[(i + 1) % corners.length] ?? corner;
    const towards = ([x, y]: Flat): Flat => {
      const far = Math.hypot(x - corner[0], y - corner[1]);
      return [corner[0] + ((x - corner[0]) * radius) / far, corner[1] + ((y - corner[1]) * radius) / far];
    };
    const [from, to] = [towards(before), towards(after)];
    return Array.from({ length: steps + 1 }, (_, step): Flat => {
      // Quadratic: from one side over the corner to the other.
      const t = step / steps;
      const mix = (k: 0 | 1): number => (1 - t) ** 2 * from[k] + 2 * t * (1 - t) * corner[k] + t ** 2 * to[k];
      return [mix(0), mix(1)];
    });
  });
}

/** An angle with a hole at each end and one in the corner. */
export function bracket(long: number, wide: number, height: number): Solid {
  const corners: Flat[] = [
    [0, 0],
    [long, 0],
    [long, wide],
    [wide, wide],
    [wide, 0.8 * long],
    [0, 0.8 * long],
  ];
  const [middle, bore] = [wide / 2, wide / 4.5];
  const holes = [
    circle(middle, middle, bore, 64),
    circle(long - middle, middle, bore, 64),
    circle(middle, 0.8 * long - middle, bore, 64),
  ];
  return plate(rounded(corners, wide / 4, 16), holes, height);
}

/** A plate with a hole in each corner and a window. */
export function mount(long: number, wide: number, height: number): Solid {
  const box = (x: number, y: number): Flat[] => [
    [-x, -y],
    [x, -y],
    [x, y],
    [-x, y],
  ];
  const [x, y, bore] = [long / 2, wide / 2, wide / 12];
  const holes = box(x - 2.2 * bore, y - 2.2 * bore).map(([cx, cy]) => circle(cx, cy, bore, 48));
  return plate(rounded(box(x, y), 2 * bore, 16), [rounded(box(0.5 * x, 0.5 * y), bore, 16), ...holes], height);
}

/** A knob with finger grooves. */
export function knob(size: number, grooves: number): Solid {
  return closedBall(144, 48, (u, v) => {
    const side = Math.sin(Math.PI * v) ** 0.35;
    const radius = (size / 2) * side * (1 + 0.05 * Math.cos(TURN * grooves * u) * side);
    return [radius * Math.cos(TURN * u), radius * Math.sin(TURN * u), (0.7 * size * (1 - Math.cos(Math.PI * v))) / 2];
  });
}
