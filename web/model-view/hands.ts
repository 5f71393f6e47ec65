/** What fingers, mouse, wheel and keys do to a model: turn, zoom, shift. Every one of them has a button too. */
import { type Act, acted, type Look, shifted, turned, zoomed } from './look.ts';
import type { Scene } from './scene.ts';

/** Radians per pixel of a drag. */
const PER_PIXEL = Math.PI / 360;

const KEYS: Readonly<Record<string, Act>> = {
  ArrowLeft: 'left',
  ArrowRight: 'right',
  ArrowUp: 'up',
  ArrowDown: 'down',
  '+': 'nearer',
  '=': 'nearer',
  '-': 'farther',
  '0': 'reset',
  Home: 'reset',
};

interface Point {
  readonly x: number;
  readonly y: number;
}

/** Listens until `signal` aborts. */
export function listenToHands(stage: HTMLElement, scene: Scene, signal: AbortSignal): void {
  const down = new Map<number, Point>();
  /** Millimetres from the middle of the picture. */
  const under = ({ x, y }: Point): Point => {
    const box = stage.getBoundingClientRect();
    const scale = scene.mmPerPixel();
    return { x: (x - box.left - box.width / 2) * scale, y: (box.top + box.height / 2 - y) * scale };
  };

  const lift = ({ pointerId }: PointerEvent): void => void down.delete(pointerId);
  const press = (event: PointerEvent): void => {
    down.set(event.pointerId, { x: event.clientX, y: event.clientY });
    stage.setPointerCapture(event.pointerId);
  };
  const move = (event: PointerEvent): void => {
    const before = down.get(event.pointerId);
    if (before === undefined) return;
    const now = { x: event.clientX, y: event.clientY };
    const [other] = [...down].filter(([id]) => id !== event.pointerId).map(([, point]) => point);
    down.set(event.pointerId, now);
    const [dx, dy] = [now.x - before.x, now.y - before.y];
    const scale = scene.mmPerPixel();
    if (other !== undefined) scene.show(pinched(scene, before, now, other, under), 'at once');
    else if (event.shiftKey || event.buttons === 2 || event.buttons === 4)
      scene.show(shifted(scene.asked, -dx * scale, dy * scale, scene.radius), 'at once');
    else scene.show(turned(scene.asked, -dx * PER_PIXEL, dy * PER_PIXEL), 'at once');
  };
  const wheel = (event: WheelEvent): void => {
    event.preventDefault();
    const { x, y } = under({ x: event.clientX, y: event.clientY });
    const lines = event.deltaY / (event.deltaMode === 0 ? 400 : 12);
    scene.show(zoomed(scene.asked, 2 ** -lines, scene.radius, x, y), 'at once');
  };
  const key = (event: KeyboardEvent): void => {
    const act = event.ctrlKey || event.altKey || event.metaKey ? undefined : KEYS[event.key];
    if (act === undefined) return;
    event.preventDefault();
    if (event.shiftKey && event.key.startsWith('Arrow')) scene.show(moved(scene, act));
    else scene.show(acted(scene.asked, act, scene.radius));
  };
  const none = (event: Event): void => event.preventDefault();

  stage.addEventListener('pointerdown', press, { signal });
  stage.addEventListener('pointermove', move, { signal });
  for (const end of ['pointerup', 'pointercancel'] as const) stage.addEventListener(end, lift, { signal });
  stage.addEventListener('wheel', wheel, { signal, passive: false });
  stage.addEventListener('keydown', key, { signal });
  stage.addEventListener('contextmenu', none, { signal });
}

/** Two fingers: what lies between them stays between them. */
function pinched(scene: Scene, before: Point, now: Point, other: Point, under: (at: Point) => Point): Look {
  const apart = (a: Point): number => Math.hypot(a.x - other.x, a.y - other.y) || 1;
  const middle = under({ x: (now.x + other.x) / 2, y: (now.y + other.y) / 2 });
  const scale = scene.mmPerPixel() / 2;
  const look = shifted(scene.asked, (before.x - now.x) * scale, (now.y - before.y) * scale, scene.radius);
  return zoomed(look, apart(now) / apart(before), scene.radius, middle.x, middle.y);
}

/** With Shift the arrows move the model instead of turning it. */
function moved(scene: Scene, act: Act): Look {
  const by = 40 * scene.mmPerPixel();
  const right = act === 'left' ? by : act === 'right' ? -by : 0;
  const up = act === 'up' ? -by : act === 'down' ? by : 0;
  return shifted(scene.asked, right, up, scene.radius);
}
