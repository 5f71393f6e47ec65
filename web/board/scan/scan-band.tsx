/** Below the header: what became of the scans of one go, where that is not to be seen on the board. */
import type { JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { boardText } from '../../text/board.ts';
import { scanText as words } from '../../text/scan.ts';
import { say } from '../../ui/announce.tsx';
import { Icon, Lamp } from '../../ui/mark.tsx';
import { openDrawer } from '../drawer/open.ts';
import { nameOfSite, site } from '../who.ts';
import { putAwaySought, type Sought, sought } from './seek.ts';

const SHOWN = 4;

export function ScanBand(): JSX.Element | null {
  const scans = sought.value;
  const missed = scans.filter(({ answer }) => answer.kind !== 'here');
  useTelling(scans);
  if (missed.length === 0) return null;
  const here = scans.length - missed.length;
  const last = scans.at(-1)?.answer;
  return (
    <section class="notices" aria-label={words.label}>
      <div class="banner scans" data-s="info" data-scans={scans.length}>
        <Icon name="scan" />
        <div class="scans-told">
          {scans.length > 1 ? (
            <p>
              <b>{words.burst(scans.length, here)}</b>{' '}
              {last?.kind === 'here' ? words.last(whole(last.card.number)) : null}
            </p>
          ) : null}
          <ul>
            {missed.slice(-SHOWN).map((one, n) => (
              <Missed key={`${n} ${one.text}`} one={one} />
            ))}
          </ul>
          {missed.length > SHOWN ? <Rest texts={missed.slice(0, -SHOWN).map(({ text }) => text)} /> : null}
        </div>
        <button type="button" class="btn quiet icon-btn push" aria-label={boardText.dismiss} onClick={putAwaySought}>
          <Icon name="close" />
        </button>
      </div>
    </section>
  );
}

function Missed({ one }: { one: Sought }): JSX.Element {
  const { answer } = one;
  return (
    <li data-answer={answer.kind}>
      {answer.kind === 'asking' ? <Icon name="sync" turning /> : <Lamp name="wait" />}
      <span>{sentence(one)}</span>
      {answer.kind === 'elsewhere' ? (
        <button
          type="button"
          class="btn small"
          aria-label={words.openFor(answer.order.number)}
          onClick={() => openDrawer(answer.order.id)}
        >
          {words.open}
        </button>
      ) : null}
    </li>
  );
}

/** All of them, so that none is lost: in a list that opens. */
const Rest = ({ texts }: { texts: readonly string[] }): JSX.Element => (
  <details>
    <summary>{words.more(texts.length)}</summary>
    <p>{texts.map(whole).join(', ')}</p>
  </details>
);

/** A number is never broken at the end of a line. */
const whole = (number: string): string => number.replaceAll('-', '\u2011');

function sentence({ text, answer }: Sought): string {
  if (answer.kind === 'elsewhere') {
    const { number, status, site: where } = answer.order;
    const state = words.state[status] ?? status;
    return where === site.value
      ? words.elsewhere(whole(number), state)
      : words.atSite(whole(number), nameOfSite(where), state);
  }
  return answer.kind === 'here' ? '' : words[answer.kind](whole(text));
}

/** Each is told aloud once it is answered, in the order in which they were scanned. */
function useTelling(scans: readonly Sought[]): void {
  const told = useRef(new Set<Sought>());
  useEffect(() => {
    for (const one of scans) {
      if (one.answer.kind === 'asking') return;
      if (told.current.has(one)) continue;
      told.current.add(one);
      const said = sentence(one);
      if (said !== '') say(said);
    }
    for (const one of told.current) if (!scans.includes(one)) told.current.delete(one);
  }, [scans]);
}
