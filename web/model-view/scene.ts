/**
 * The model on a canvas, in the three facets of its material. A frame is drawn when something has changed and never else;
 * `close` gives back what the graphics card holds.
 */
import {
  BufferAttribute,
  BufferGeometry,
  DoubleSide,
  Scene as Group,
  Mesh,
  OrthographicCamera,
  ShaderMaterial,
  Vector3,
  WebGLRenderer,
} from 'three';
import type { Colour } from '../ui/tint-table.ts';
import { FRONT, type Look, nearer, reach } from './look.ts';
import { type Solid, sizeOf } from './solid.ts';

const VERTEX = `
varying vec3 place;
void main() {
  vec4 at = modelViewMatrix * vec4(position, 1.0);
  place = at.xyz;
  gl_Position = projectionMatrix * at;
}`;

/** Flat, each triangle as it lies; both sides alike; light and shades as in the server's picture. */
const FRAGMENT = `
uniform vec3 dark;
uniform vec3 middle;
uniform vec3 bright;
varying vec3 place;
void main() {
  vec3 normal = normalize(cross(dFdx(place), dFdy(place)));
  float shade = 0.22 + 0.78 * max(0.0, dot(normal, normalize(vec3(-4.0, 6.0, 6.0))));
  vec3 colour = shade < 0.5 ? mix(dark, middle, shade * 2.0) : mix(middle, bright, shade * 2.0 - 1.0);
  gl_FragColor = vec4(colour, 1.0);
}`;

export type Facets = Readonly<Record<'dark' | 'middle' | 'bright', Colour>>;

/** undefined = this browser draws nothing in three dimensions. */
export function openScene(canvas: HTMLCanvasElement, solid: Solid): Scene | undefined {
  const context = canvas.getContext('webgl2', { alpha: true, antialias: true, powerPreference: 'low-power' });
  return context === null ? undefined : new Scene(canvas, context, solid);
}

export class Scene {
  /** Of the ball that holds the model; millimetres. */
  readonly radius: number;
  /** What is shown: on its way to what was asked for. */
  onDrawn: (look: Look, mmPerPixel: number) => void = () => undefined;
  /** Whether it may take a moment to get there. */
  eases = true;
  readonly #canvas: HTMLCanvasElement;
  readonly #renderer: WebGLRenderer;
  readonly #camera = new OrthographicCamera();
  readonly #group = new Group();
  readonly #shape = new BufferGeometry();
  readonly #colours = {
    dark: { value: new Vector3() },
    middle: { value: new Vector3() },
    bright: { value: new Vector3() },
  };
  readonly #paint = new ShaderMaterial({
    vertexShader: VERTEX,
    fragmentShader: FRAGMENT,
    side: DoubleSide,
    uniforms: this.#colours,
  });
  #asked = FRONT;
  #shown = FRONT;
  #frame: number | undefined;

  constructor(canvas: HTMLCanvasElement, context: WebGL2RenderingContext, solid: Solid) {
    const { low, high, triangles } = solid;
    this.#canvas = canvas;
    this.radius = Math.hypot(...sizeOf(solid)) / 2 || 1;
    this.#renderer = new WebGLRenderer({ canvas, context });
    this.#renderer.setPixelRatio(Math.min(2, devicePixelRatio));
    this.#shape.setAttribute('position', new BufferAttribute(triangles, 3));
    const model = new Mesh(this.#shape, this.#paint);
    model.frustumCulled = false;
    model.position.set(-(low[0] + high[0]) / 2, -(low[1] + high[1]) / 2, -(low[2] + high[2]) / 2);
    this.#group.add(model);
    this.#camera.up.set(0, 0, 1);
    canvas.addEventListener('webglcontextrestored', this.#draw);
  }

  get asked(): Look {
    return this.#asked;
  }

  /** `at once`: as a finger does that holds it. */
  show(look: Look, how: 'soon' | 'at once' = 'soon'): void {
    this.#asked = look;
    if (how === 'at once' || !this.eases) this.#shown = look;
    this.#draw();
  }

  paint({ dark, middle, bright }: Facets): void {
    const set = (into: Vector3, colour: Colour): Vector3 => into.set(...colour).divideScalar(255);
    set(this.#colours.dark.value, dark);
    set(this.#colours.middle.value, middle);
    set(this.#colours.bright.value, bright);
    this.#draw();
  }

  /** The canvas has another size. */
  fit(): void {
    const { clientWidth, clientHeight } = this.#canvas;
    if (clientWidth === 0 || clientHeight === 0) return;
    this.#renderer.setSize(clientWidth, clientHeight, false);
    this.#now();
  }

  mmPerPixel(): number {
    const { clientWidth, clientHeight } = this.#canvas;
    return (2 * reach(this.radius, this.#asked.zoom)) / (Math.min(clientWidth, clientHeight) || 1);
  }

  close(): void {
    if (this.#frame !== undefined) cancelAnimationFrame(this.#frame);
    this.#canvas.removeEventListener('webglcontextrestored', this.#draw);
    this.#shape.dispose();
    this.#paint.dispose();
    this.#renderer.dispose();
    // Browsers keep few contexts, and free them when they please: this one is given back now.
    this.#renderer.forceContextLoss();
  }

  readonly #draw = (): void => {
    this.#frame ??= requestAnimationFrame(() => {
      this.#frame = undefined;
      this.#shown = nearer(this.#shown, this.#asked, 0.28);
      this.#now();
      if (this.#shown !== this.#asked) this.#draw();
    });
  };

  #now(): void {
    const { turn, tilt, zoom, right, up } = this.#shown;
    const { clientWidth, clientHeight } = this.#canvas;
    const perPixel = (2 * reach(this.radius, zoom)) / (Math.min(clientWidth, clientHeight) || 1);
    const [halfWidth, halfHeight] = [(perPixel * clientWidth) / 2, (perPixel * clientHeight) / 2];
    const camera = this.#camera;
    const far = 2 * this.radius;
    const flat = far * Math.cos(tilt);
    camera.position.set(flat * Math.sin(turn), -flat * Math.cos(turn), far * Math.sin(tilt));
    // Seen straight from above, up is where it was on the way there.
    camera.up.set(-Math.sin(tilt) * Math.sin(turn), Math.sin(tilt) * Math.cos(turn), Math.cos(tilt));
    camera.lookAt(0, 0, 0);
    [camera.left, camera.right] = [right - halfWidth, right + halfWidth];
    [camera.bottom, camera.top] = [up - halfHeight, up + halfHeight];
    [camera.near, camera.far] = [0, 2 * far];
    camera.updateProjectionMatrix();
    this.#renderer.render(this.#group, camera);
    this.onDrawn(this.#shown, perPixel);
  }
}
