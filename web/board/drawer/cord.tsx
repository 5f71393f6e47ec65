import type { JSX } from 'preact';
import type { TimelineItem } from '../../../gateways/contract/timeline.ts';
import { drawerText as words } from '../../text/drawer.ts';
import { Lamp } from '../../ui/mark.tsx';
import type { Face } from './face.ts';
import { stagesOf } from './stages.ts';

/** Where the order is on its way. */
export const Cord = ({ face, items }: { face: Face; items: readonly TimelineItem[] }): JSX.Element => (
  <ol class="cord" aria-label={words.way}>
    {stagesOf({ ...face, items }).map(({ name, is, lamp, tone }) => (
      <li key={name} class={is} data-s={tone} aria-current={is === 'now' ? 'step' : undefined}>
        <Lamp name={lamp} />
        <span>{words.stages[name]}</span>
      </li>
    ))}
  </ol>
);
