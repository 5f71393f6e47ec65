import type { JSX } from 'preact';
import { commonText } from '../text/common.ts';
import { timeOfDay } from '../text/format.ts';
import { wallText } from '../text/wall.ts';
import { Asking } from '../ui/asking.tsx';
import { Gate } from '../ui/gate.tsx';
import { Lamp } from '../ui/mark.tsx';
import { PageTools } from '../ui/page-tools.tsx';
import { now } from '../ui/ticking.ts';
import { me, refused, signIn, signOut, since, wall } from './app.ts';
import { Crew } from './crew.tsx';
import { First } from './first.tsx';
import { Lanes } from './lanes.tsx';
import type { Wall } from './view.ts';

export function Page(): JSX.Element {
  if (me.value === 'asking') return <Asking />;
  if (me.value === undefined) return <Gate signIn={signIn} />;
  if (refused.value !== undefined)
    return (
      <main class="gate">
        <h1 title={refused.value}>{wallText.notForYou}</h1>
        <button type="button" class="btn" onClick={signOut}>
          {commonText.signOut}
        </button>
      </main>
    );
  const shown = wall.value;
  return shown === undefined ? <Asking /> : <Floor shown={shown} />;
}

const Floor = ({ shown }: { shown: Wall }): JSX.Element => (
  <main class="wall" data-connection={since.value === undefined ? 'live' : 'offline'}>
    <h1 class="sr">{wallText.heading}</h1>
    <Call shown={shown} />
    <Lanes lanes={shown.lanes} />
    <First entries={shown.first} />
    <Crew crew={shown.crew} />
    <Tools />
  </main>
);

/** The one sentence that is read from the far end of the hall. */
function Call({ shown: { late, alone, asked } }: { shown: Wall }): JSX.Element {
  const time = <time>{timeOfDay(now.value)}</time>;
  if (since.value !== undefined)
    return (
      <div class="call" data-s="warn" role="status">
        <Lamp name="alone" />
        <strong>{wallText.cut(timeOfDay(since.value))}</strong>
        <span class="hint">{wallText.cutHint}</span>
        {time}
      </div>
    );
  const words = [
    late > 0 ? wallText.late(late) : undefined,
    asked > 0 ? wallText.asked(asked) : undefined,
    alone > 0 ? wallText.alone(alone) : undefined,
  ].filter((one) => one !== undefined);
  const tone = late + asked > 0 ? 'stop' : alone > 0 ? 'warn' : 'go';
  return (
    <div class="call" data-s={tone} role="status">
      <Lamp name={late > 0 ? 'late' : asked > 0 ? 'cancel' : alone > 0 ? 'alone' : 'flow'} />
      <strong>{words[0] ?? wallText.calm}</strong>
      {words.slice(1).map((one) => (
        <span class="hint" key={one}>
          {one}
        </span>
      ))}
      {time}
    </div>
  );
}

/** Shown to whoever comes near with a pointer or the Tab key. */
const Tools = (): JSX.Element => (
  <div class="wall-tools">
    <PageTools />
    <button type="button" class="btn quiet" onClick={signOut}>
      {commonText.signOut}
    </button>
  </div>
);
