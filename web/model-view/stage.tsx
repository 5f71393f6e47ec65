/** The canvas, a button for everything hands can do to it, and how large what is seen is. */
import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { number } from '../text/format.ts';
import { modelViewText } from '../text/model-view.ts';
import { facetsOf, Icon, type IconName } from '../ui/mark.tsx';
import { theme } from '../ui/theme.ts';
import { facetsIn } from './facets.ts';
import { listenToHands } from './hands.ts';
import { type Act, acted, roundLength } from './look.ts';
import { openScene, type Scene } from './scene.ts';
import type { Solid } from './solid.ts';

const BUTTONS: readonly (readonly [Act, IconName])[] = [
  ['left', 'back'],
  ['right', 'next'],
  ['up', 'above'],
  ['down', 'below'],
  ['nearer', 'plus'],
  ['farther', 'minus'],
  ['reset', 'sync'],
];
/** Longest bar, CSS pixels. */
const BAR = 120;

export function Stage(props: {
  solid: Solid;
  material: string;
  label: string;
  size: string;
  /** There is no third dimension here. */
  flat: () => void;
}): JSX.Element {
  const canvas = useRef<HTMLCanvasElement>(null);
  const hands = useRef<HTMLDivElement>(null);
  const scene = useRef<Scene | undefined>(undefined);
  const scale = useSignal({ mm: 0, pixels: 0 });
  const { solid, material } = props;
  useEffect(() => {
    const element = canvas.current;
    const opened = element === null ? undefined : openScene(element, solid);
    if (element === null || opened === undefined) return props.flat();
    scene.current = opened;
    opened.eases = !matchMedia('(prefers-reduced-motion: reduce)').matches;
    opened.onDrawn = (_look, mmPerPixel) => {
      const mm = roundLength(mmPerPixel, BAR);
      scale.value = { mm, pixels: mm / mmPerPixel };
    };
    const listening = new AbortController();
    listenToHands(hands.current ?? element, opened, listening.signal);
    const watch = new ResizeObserver(() => opened.fit());
    watch.observe(element);
    return () => {
      listening.abort();
      watch.disconnect();
      opened.close();
      scene.current = undefined;
    };
  }, [solid]);
  useEffect(() => {
    if (canvas.current !== null) scene.current?.paint(facetsIn(canvas.current));
  }, [solid, material, theme.value]);
  const act = (name: Act): void => {
    const shown = scene.current;
    shown?.show(acted(shown.asked, name, shown.radius));
  };
  const words = modelViewText;
  return (
    <>
      <div class={`model-view-stage ${facetsOf(material)}`}>
        <div
          ref={hands}
          role="application"
          // biome-ignore lint/a11y/noNoninteractiveTabindex: it takes keys, as its hint tells; each has a button besides
          tabIndex={0}
          aria-label={props.label}
          aria-describedby="model-view-hint"
        >
          <canvas ref={canvas} />
        </div>
        <p class="model-view-size">
          <span>{props.size}</span>
          <span class="model-view-bar" style={{ width: `${scale.value.pixels}px` }} aria-hidden="true" />
          <span aria-hidden="true">{words.scale(number(scale.value.mm))}</span>
        </p>
      </div>
      <div class="model-view-acts">
        {BUTTONS.map(([name, icon]) => (
          <button
            key={name}
            type="button"
            class="btn icon-btn"
            aria-label={words.acts[name]}
            title={words.acts[name]}
            onClick={() => act(name)}
          >
            <Icon name={icon} />
          </button>
        ))}
      </div>
      <p class="label" id="model-view-hint">
        {words.hint}
      </p>
    </>
  );
}
