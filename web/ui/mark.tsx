import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import { useEffect } from 'preact/hooks';
import type { LampName } from './lamp-name.ts';
import type { Tone } from './tone.ts';

/** Line icons (24) and lamps (16): a lamp's shape says what its colour says. */
const ICONS = {
  theme: [
    <circle key="c" cx="12" cy="12" r="8.5" />,
    <path key="p" d="M12 3.5v17a8.5 8.5 0 0 0 0-17z" fill="currentColor" />,
  ],
  sync: [<path key="p" d="M20 11a8 8 0 0 0-14.5-3.5L4 9M4 4v5h5M4 13a8 8 0 0 0 14.5 3.5L20 15M20 20v-5h-5" />],
  hand: [
    <path
      key="p"
      d="M8 12V5.5a1.5 1.5 0 0 1 3 0V11M11 11V4a1.5 1.5 0 0 1 3 0v7M14 11V5.5a1.5 1.5 0 0 1 3 0V14c0 4-2.5 7-6 7-3 0-4.4-1.5-6-4.5L3.6 13.2c-.7-1.3.9-2.5 2-1.4L8 14"
    />,
  ],
  close: [<path key="p" d="M6 6l12 12M18 6 6 18" />],
  play: [<path key="p" d="M8 5.5v13l10.5-6.5z" />],
  rush: [<path key="p" d="m6 11 6-6 6 6M6 18l6-6 6 6" />],
  high: [<path key="p" d="m6 15 6-6 6 6" />],
  upload: [<path key="p" d="M12 16V4M7 9l5-5 5 5M4 16v3a1 1 0 0 0 1 1h14a1 1 0 0 0 1-1v-3" />],
  plus: [<path key="p" d="M12 5v14M5 12h14" />],
  more: [<path key="p" d="M5 12h.01M12 12h.01M19 12h.01" stroke-width="3.5" />],
  next: [<path key="p" d="M5 12h14M13 6l6 6-6 6" />],
  back: [<path key="p" d="M19 12H5M11 6l-6 6 6 6" />],
  people: [
    <circle key="c" cx="9" cy="8" r="3.5" />,
    <path
      key="p"
      d="M2.5 20c0-3.6 2.9-6 6.5-6s6.5 2.4 6.5 6M16 4.8a3.5 3.5 0 0 1 0 6.4M18 14.5c2.1.9 3.5 2.8 3.5 5.5"
    />,
  ],
  sort: [<path key="p" d="M4 7h16M7 12h10M10 17h4" />],
  scan: [
    <path
      key="p"
      d="M3 8V5a2 2 0 0 1 2-2h3M16 3h3a2 2 0 0 1 2 2v3M21 16v3a2 2 0 0 1-2 2h-3M8 21H5a2 2 0 0 1-2-2v-3M8 8v8M12 8v8M16 8v8"
    />,
  ],
  minus: [<path key="p" d="M5 12h14" />],
  above: [<path key="p" d="M12 19V5M6 11l6-6 6 6" />],
  below: [<path key="p" d="M12 5v14M6 13l6 6 6-6" />],
  solid: [<path key="p" d="M12 3 20 7.5v9L12 21l-8-4.5v-9zM4 7.5l8 4.5 8-4.5M12 12v9" />],
} as const;
export type IconName = keyof typeof ICONS;

export const Icon = ({ name, turning = false }: { name: IconName; turning?: boolean }): JSX.Element => (
  <svg class={turning ? 'i turn' : 'i'} viewBox="0 0 24 24" aria-hidden="true">
    {ICONS[name]}
  </svg>
);

const LAMPS = {
  wait: [<circle key="c" cx="8" cy="8" r="6" class="hollow" />],
  flow: [<circle key="c" cx="8" cy="8" r="7" />],
  done: [<circle key="c" cx="8" cy="8" r="7.2" />, <path key="p" class="in" d="m4.6 8.3 2.4 2.4 4.4-4.9" />],
  tight: [<path key="c" d="M8 .9 15.7 14.8H.3z" />, <path key="p" class="in" d="M8 5.5v4.6M8 11.4v1.9" />],
  late: [
    <path key="c" d="M5 .6h6L15.4 5v6L11 15.4H5L.6 11V5z" />,
    <path key="p" class="in" d="M8 3.6v5.2M8 10.6v2.1" />,
  ],
  hold: [
    <rect key="c" x="1" y="1" width="14" height="14" rx="3" />,
    <path key="p" class="in" d="M5.8 4.6v6.8M10.2 4.6v6.8" />,
  ],
  cancel: [
    <path key="c" d="M8 .3 15.7 8 8 15.7.3 8z" />,
    <path key="p" class="in" d="m5.6 5.6 4.8 4.8M10.4 5.6l-4.8 4.8" />,
  ],
  alone: [<circle key="c" cx="8" cy="8" r="6.3" class="hollow dashed" />, <circle key="p" cx="8" cy="8" r="2.2" />],
} as const satisfies Readonly<Record<LampName, readonly JSX.Element[]>>;

export type { LampName, Tone };

export const Lamp = ({ name, tone }: { name: LampName; tone?: Tone }): JSX.Element => (
  <svg class="lamp" viewBox="0 0 16 16" aria-hidden="true" data-s={tone}>
    {LAMPS[name]}
  </svg>
);

/** Facets of a material's swatch and silhouette, told from its id. */
export function facetsOf(material: string): string {
  if (material.includes('silver')) return 'm-ag';
  if (material.includes('rose')) return 'm-rose';
  if (material.includes('gold')) return 'm-au';
  if (material.includes('brass') || material.includes('bronze')) return 'm-brass';
  if (material.includes('resin')) return 'm-resin';
  return 'm-pa';
}

export const Swatch = ({ material }: { material: string }): JSX.Element => (
  <span class={`swatch ${facetsOf(material)}`} aria-hidden="true" />
);

const BLOCK = (
  <svg viewBox="0 0 64 64" aria-hidden="true">
    <path class="f1" d="M32 7 55 20 32 33 9 20z" />
    <path class="f2" d="M9 20 32 33v25L9 45z" />
    <path class="f3" d="M55 20 32 33v25l23-13z" />
  </svg>
);

/** Not in the first load; where it can't be had, pictures stay grey. */
const tint = (): void =>
  void import('./tints.ts').then(
    ({ tintPictures }) => tintPictures(),
    () => undefined,
  );

/** A picture that cannot be had is no picture. */
function Picture({ image }: { image: string }): JSX.Element {
  const missing = useSignal(false);
  useEffect(tint, []);
  if (missing.value) return BLOCK;
  return (
    <img
      src={image}
      alt=""
      onError={() => {
        missing.value = true;
      }}
    />
  );
}

/** A model without a picture: a block in its material's facets, with the quantity. */
export const Thumb = (props: { material: string; quantity?: number; image?: string | null }): JSX.Element => (
  <span class={`thumb ${facetsOf(props.material)}`}>
    {props.image ? <Picture key={props.image} image={props.image} /> : BLOCK}
    {props.quantity === undefined ? null : <span class="qty">×{props.quantity}</span>}
  </span>
);

/** An order number; people call out its last three digits, so they are heavy. */
export const Digits = ({ number }: { number: string }): JSX.Element => (
  <>
    <span class="no-pre">{number.slice(0, -3)}</span>
    {number.slice(-3)}
  </>
);
