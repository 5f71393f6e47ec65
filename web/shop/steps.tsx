import type { JSX } from 'preact';
import { moment } from '../text/format.ts';
import { shopText } from '../text/shop.ts';
import { Lamp, type LampName, type Tone } from '../ui/mark.tsx';
import { now } from '../ui/ticking.ts';
import type { Stage } from './stages.ts';

/** `lamp`, `tone`: of the present step. */
export const Steps = (props: { stages: readonly Stage[]; lamp: LampName; tone: Tone }): JSX.Element => (
  <ol class="steps">
    {props.stages.map((stage) => (
      <li key={stage.title} class={stage.state} aria-current={stage.state === 'now' ? 'step' : undefined}>
        {stage.state === 'now' ? (
          <Lamp name={props.lamp} tone={props.tone} />
        ) : (
          <Lamp name={stage.state === 'done' ? 'done' : 'wait'} />
        )}
        <span>
          <b>{stage.title}</b>
          {stage.detail === undefined ? null : <small>{stage.detail}</small>}
        </span>
        {stage.at === undefined ? null : (
          <time dateTime={stage.at}>
            {stage.state === 'now' ? shopText.path.since(moment(stage.at, now.value)) : moment(stage.at, now.value)}
          </time>
        )}
      </li>
    ))}
  </ol>
);
