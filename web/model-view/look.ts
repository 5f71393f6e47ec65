/** From where a model is looked at, and how near. Parallel rays, so a millimetre is as long wherever it lies. Pure. */
export interface Look {
  /** Round the upright axis, and up from the ground; radians. */
  readonly turn: number;
  readonly tilt: number;
  readonly zoom: number;
  /** What is looked at, beside the model's middle; millimetres along the picture. */
  readonly right: number;
  readonly up: number;
}

/** As the server draws its picture: from the front, the right and above. */
export const FRONT: Look = {
  turn: Math.atan2(2, 3),
  tilt: Math.atan2(2, Math.hypot(2, 3)),
  zoom: 1,
  right: 0,
  up: 0,
};

const UPRIGHT = Math.PI / 2;
export const LEAST_ZOOM = 0.5;
export const MOST_ZOOM = 40;
/** Room around the ball that holds the model, however it is turned. */
const MARGIN = 1.06;

const between = (least: number, value: number, most: number): number => Math.min(most, Math.max(least, value));

export const turned = (look: Look, turn: number, tilt: number): Look => ({
  ...look,
  turn: look.turn + turn,
  tilt: between(-UPRIGHT, look.tilt + tilt, UPRIGHT),
});

/** `x`, `y`: what shall stay where it is, millimetres from the middle of the picture. */
export function zoomed(look: Look, by: number, radius: number, x = 0, y = 0): Look {
  const zoom = between(LEAST_ZOOM, look.zoom * by, MOST_ZOOM);
  const gone = 1 - look.zoom / zoom;
  return shifted({ ...look, zoom }, x * gone, y * gone, radius);
}

/** The model never leaves the picture altogether. */
export const shifted = (look: Look, right: number, up: number, radius: number): Look => ({
  ...look,
  right: between(-radius, look.right + right, radius),
  up: between(-radius, look.up + up, radius),
});

/** What one press does. */
export type Act = 'left' | 'right' | 'up' | 'down' | 'nearer' | 'farther' | 'reset';
const STEP = Math.PI / 12;
const NEARER = 1.3;

/** Presses move the eye: `left` = seen more from the left. A finger turns the model itself, as if it held it. */
export function acted(look: Look, act: Act, radius: number): Look {
  switch (act) {
    case 'left':
      return turned(look, -STEP, 0);
    case 'right':
      return turned(look, STEP, 0);
    case 'up':
      return turned(look, 0, STEP);
    case 'down':
      return turned(look, 0, -STEP);
    case 'nearer':
      return zoomed(look, NEARER, radius);
    case 'farther':
      return zoomed(look, 1 / NEARER, radius);
    case 'reset':
      return FRONT;
  }
}

/** Millimetres from the middle of the picture to its nearer edge. */
export const reach = (radius: number, zoom: number): number => (radius * MARGIN) / zoom;

/** A part of the way from one to the other; the last bit of it at once. */
export function nearer(from: Look, to: Look, part: number): Look {
  const far = Math.max(
    Math.abs(to.turn - from.turn),
    Math.abs(to.tilt - from.tilt),
    Math.abs(Math.log(to.zoom / from.zoom)),
    Math.abs(to.right - from.right) + Math.abs(to.up - from.up),
  );
  if (far < 0.002) return to;
  const mix = (a: number, b: number): number => a + (b - a) * part;
  return {
    turn: mix(from.turn, to.turn),
    tilt: mix(from.tilt, to.tilt),
    zoom: from.zoom * (to.zoom / from.zoom) ** part,
    right: mix(from.right, to.right),
    up: mix(from.up, to.up),
  };
}

/** The longest round length that fits into so many pixels: 1, 2 or 5 times a power of ten; millimetres. */
export function roundLength(mmPerPixel: number, mostPixels: number): number {
  const most = mmPerPixel * mostPixels;
  const ten = 10 ** Math.floor(Math.log10(most));
  return ([5, 2].find((times) => times * ten <= most) ?? 1) * ten;
}
