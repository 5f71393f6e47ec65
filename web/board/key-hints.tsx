/** The keys at hand, below the board; not where there is no keyboard. */
import type { JSX } from 'preact';
import { boardText } from '../text/board.ts';
import { seekText } from '../text/seek.ts';
import { hintOf, type KeyName, keys } from './key-map.ts';
import { keysOpen } from './keys-open.ts';
import { isOperator, isSupervisor } from './who.ts';

export function Keys(): JSX.Element {
  const words = boardText.keys;
  const named = (name: KeyName, text: string): JSX.Element => <Hint keys={[hintOf(name) ?? '']} text={text} />;
  const { on } = keys.value;
  const operator = isOperator();
  return (
    <footer class="keys">
      <div class="keys-hints">
        <Hint keys={['↑', '↓']} text={words.card} />
        <Hint keys={['←', '→']} text={words.lane} />
        <Hint keys={['↵']} text={seekText.openShort} />
        {on && operator ? (
          <>
            {named('next', words.next)}
            {named('capture', words.capture)}
            {named('start', words.start)}
            {named('done', words.done)}
          </>
        ) : null}
        {on && (operator || isSupervisor()) ? (
          <>
            {named('hold', words.hold)}
            {named('handOver', words.handOver)}
            {named('release', words.release)}
          </>
        ) : null}
        {on ? <Hint keys={['!']} text={words.alarm} /> : null}
      </div>
      <button
        type="button"
        class="btn quiet small push"
        aria-haspopup="dialog"
        onClick={() => {
          keysOpen.value = true;
        }}
      >
        {on ? (
          <span class="kbd" aria-hidden="true">
            ?
          </span>
        ) : null}
        {seekText.allKeys}
      </button>
    </footer>
  );
}

const Hint = ({ keys: shown, text }: { keys: readonly string[]; text: string }): JSX.Element => (
  <span>
    {shown.map((key) => (
      <span class="kbd" key={key}>
        {key}
      </span>
    ))}{' '}
    {text}
  </span>
);
