import type { JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import type { Solid } from '../model-view/solid.ts';
import { facetsOf } from '../ui/mark.tsx';
import { theme } from '../ui/theme.ts';

/** The model seen from above and aside, in its material's three facets, far triangles first. */
export function SolidPicture(props: { solid: Solid; material: string; label: string }): JSX.Element {
  const canvas = useRef<HTMLCanvasElement>(null);
  const { solid, material } = props;
  useEffect(() => {
    const element = canvas.current;
    if (element === null) return undefined;
    const watch = new ResizeObserver(() => draw(element, solid));
    watch.observe(element);
    draw(element, solid);
    return () => watch.disconnect();
  }, [solid, material, theme.value]);
  return <canvas ref={canvas} class={`solid ${facetsOf(material)}`} role="img" aria-label={props.label} />;
}

type Vector = readonly [number, number, number];
/** Orthographic, 30° round and 25° down: right, up and towards the eye, as rows. */
const TURN = -Math.PI / 6;
const TILT = (25 * Math.PI) / 180;
const RIGHT: Vector = [Math.cos(TURN), Math.sin(TURN), 0];
const UP: Vector = [-Math.sin(TURN) * Math.sin(TILT), Math.cos(TURN) * Math.sin(TILT), Math.cos(TILT)];
const EYE: Vector = [Math.sin(TURN) * Math.cos(TILT), -Math.cos(TURN) * Math.cos(TILT), Math.sin(TILT)];
const LIGHT: Vector = [-0.5, -0.14, 0.855];

const dot = (a: Vector, x: number, y: number, z: number): number => a[0] * x + a[1] * y + a[2] * z;

function draw(canvas: HTMLCanvasElement, solid: Solid): void {
  const ratio = Math.min(2, devicePixelRatio);
  const width = canvas.clientWidth * ratio;
  const height = canvas.clientHeight * ratio;
  if (width === 0 || height === 0) return;
  canvas.width = width;
  canvas.height = height;
  const pen = canvas.getContext('2d');
  if (pen === null) return;
  const shades = shadesOf(canvas);
  const faces = facing(solid);
  const { scale, x0, y0 } = fit(faces, width, height);
  pen.lineJoin = 'round';
  pen.lineWidth = ratio * 0.75;
  for (const { corners, shade } of faces) {
    const colour = shades[Math.round(shade * (shades.length - 1))] ?? '#888';
    pen.beginPath();
    for (let i = 0; i < 6; i += 2) pen.lineTo(x0 + (corners[i] ?? 0) * scale, y0 - (corners[i + 1] ?? 0) * scale);
    pen.closePath();
    pen.fillStyle = colour;
    pen.strokeStyle = colour;
    pen.fill();
    pen.stroke();
  }
}

interface Face {
  readonly corners: readonly number[];
  readonly depth: number;
  /** 0 dark … 1 light. */
  readonly shade: number;
}

/** Triangles turned to the eye, far ones first. */
function facing({ triangles: t }: Solid): Face[] {
  const faces: Face[] = [];
  for (let i = 0; i < t.length; i += 9) {
    const [ax = 0, ay = 0, az = 0, bx = 0, by = 0, bz = 0, cx = 0, cy = 0, cz = 0] = t.subarray(i, i + 9);
    const nx = (by - ay) * (cz - az) - (bz - az) * (cy - ay);
    const ny = (bz - az) * (cx - ax) - (bx - ax) * (cz - az);
    const nz = (bx - ax) * (cy - ay) - (by - ay) * (cx - ax);
    const length = Math.hypot(nx, ny, nz);
    if (length === 0 || dot(EYE, nx, ny, nz) <= 0) continue;
    const light = dot(LIGHT, nx, ny, nz) / length;
    faces.push({
      corners: [
        ...[dot(RIGHT, ax, ay, az), dot(UP, ax, ay, az)],
        ...[dot(RIGHT, bx, by, bz), dot(UP, bx, by, bz)],
        ...[dot(RIGHT, cx, cy, cz), dot(UP, cx, cy, cz)],
      ],
      depth: dot(EYE, ax + bx + cx, ay + by + cy, az + bz + cz),
      shade: Math.min(1, Math.max(0, (light + 0.55) / 1.5)),
    });
  }
  return faces.sort((a, b) => a.depth - b.depth);
}

function fit(faces: readonly Face[], width: number, height: number): { scale: number; x0: number; y0: number } {
  let left = Infinity;
  let right = -Infinity;
  let low = Infinity;
  let high = -Infinity;
  for (const { corners } of faces) {
    for (let i = 0; i < 6; i += 2) {
      left = Math.min(left, corners[i] ?? 0);
      right = Math.max(right, corners[i] ?? 0);
      low = Math.min(low, corners[i + 1] ?? 0);
      high = Math.max(high, corners[i + 1] ?? 0);
    }
  }
  const scale = 0.84 * Math.min(width / (right - left || 1), height / (high - low || 1));
  return { scale, x0: width / 2 - ((left + right) / 2) * scale, y0: height / 2 + ((low + high) / 2) * scale };
}

/** 129 steps from the material's dark facet over the middle one to the light one. */
function shadesOf(canvas: HTMLCanvasElement): string[] {
  const style = getComputedStyle(canvas);
  const [dark, middle, light] = ['--m3', '--m2', '--m1'].map((name) => rgb(style.getPropertyValue(name)));
  if (dark === undefined || middle === undefined || light === undefined) return [];
  return Array.from({ length: 129 }, (_, at) =>
    at <= 64 ? mix(dark, middle, at / 64) : mix(middle, light, (at - 64) / 64),
  );
}

const rgb = (hex: string): Vector => {
  const value = Number.parseInt(hex.trim().slice(1), 16);
  return [(value >> 16) & 255, (value >> 8) & 255, value & 255];
};

const mix = (a: Vector, b: Vector, part: number): string =>
  `rgb(${[0, 1, 2].map((i) => Math.round((a[i] ?? 0) + ((b[i] ?? 0) - (a[i] ?? 0)) * part)).join(' ')})`;
