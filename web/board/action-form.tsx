/** The form of one action: what it asks for, a way to do it, a way back. Nothing is chosen beforehand but what is so already. */
import type { JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import type { Card } from '../../gateways/contract/card.ts';
import type { Operator } from '../../gateways/contract/operator.ts';
import { actText } from '../text/acts.ts';
import { badgeText } from '../text/badge.ts';
import { tell } from '../ui/announce.tsx';
import { Choice } from '../ui/choice.tsx';
import { entries, Field } from '../ui/form.tsx';
import { act, offersOf } from './act.ts';
import type { ActionType, Input } from './actions.ts';
import { type Colleague, colleaguesOf } from './colleagues.ts';
import { crew, useCrew } from './crew.ts';
import { closePanel } from './panel.ts';
import { bearerOf } from './scan/badge.ts';
import { takeScans } from './scan/seek.ts';
import { reasonsOf, sitesFor } from './who.ts';

const words = actText.form;

export function ActionForm({ card, type, epoch }: { card: Card; type: ActionType; epoch: number }): JSX.Element {
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => {
    const fields = [...(form.current?.querySelectorAll<HTMLElement>('input, button') ?? [])];
    (fields.find((one) => !isFilled(one)) ?? fields[0])?.focus();
  }, []);
  const asks = offersOf(card).find((offer) => offer.type === type)?.asks ?? [];
  const title = (words.titles[type] ?? actText.more)(card.number);
  return (
    <form
      class="card-form"
      ref={form}
      aria-label={title}
      onSubmit={(event) => {
        const fields = fieldsOf(entries(event));
        if (asks.some((input) => input !== 'note' && fields[input] === undefined)) return;
        remember(fields);
        closePanel();
        void act(card.order, type, fields, epoch);
      }}
    >
      <h4>{title}</h4>
      {asks.map((input) => (
        <Ask key={input} input={input} card={card} type={type} />
      ))}
      <div class="row">
        <button class="btn primary" type="submit">
          {actText.actions[type].go}
        </button>
        <button class="btn quiet" type="button" onClick={closePanel}>
          {words.cancel}
        </button>
      </div>
    </form>
  );
}

/** What is known already is not written again, by hand or by a scanner. */
const isFilled = (one: HTMLElement): boolean =>
  one instanceof HTMLInputElement && one.type === 'text' && one.value !== '';

/** A packer gives most parcels to the same carrier. */
let lastCarrier = '';
const remember = ({ carrier }: Readonly<Record<string, unknown>>): void => {
  if (typeof carrier === 'string') lastCarrier = carrier;
};

function fieldsOf(said: Readonly<Record<string, string>>): Record<string, unknown> {
  const fields: Record<string, unknown> = {};
  for (const [name, text] of Object.entries(said)) {
    const value = text.trim();
    if (value !== '') fields[name] = name === 'priority' ? Number(value) : value;
  }
  return fields;
}

function Ask({ input, card, type }: { input: Input; card: Card; type: ActionType }): JSX.Element {
  switch (input) {
    case 'reason':
      return <AskOne legend={words.reason} name="reason" options={reasonsOf(type)} none={words.noReasons} />;
    case 'site':
      return <AskOne legend={words.site} name="site" options={sitesFor(card.material)} none={words.noSite} />;
    case 'to':
      return <AskColleague card={card} />;
    case 'priority': {
      const options = words.priorities.map((name, level) => ({ id: String(level), name }));
      return <Choice legend={words.priority} name="priority" options={options} chosen={String(card.priority)} />;
    }
    case 'carrier':
      return <Field label={words.carrier} name="carrier" maxLength={100} value={lastCarrier} />;
    case 'tracking':
      return <Field label={words.tracking} name="tracking" maxLength={100} autocomplete="off" />;
    case 'note':
      return <Field label={words.note} name="note" maxLength={2_000} optional />;
  }
}

const None = ({ text }: { text: string }): JSX.Element => (
  <p class="note" data-s="none">
    {text}
  </p>
);

const AskOne = (props: Parameters<typeof Choice>[0] & { none: string }): JSX.Element =>
  props.options.length === 0 ? (
    <None text={props.none} />
  ) : (
    <Choice legend={props.legend} name={props.name} options={props.options} />
  );

/** Those of the site who are on shift and may work the material. */
function AskColleague({ card }: { card: Card }): JSX.Element {
  useCrew();
  const known = crew.value;
  const rows = useRef<readonly Colleague[]>([]);
  if (known !== undefined) rows.current = colleaguesOf(rows.current, known, card);
  const able = rows.current.filter((row) => row.able).map(({ person }) => person);
  const box = useBadge(known ?? [], able);
  useEffect(() => {
    // While they were asked for, only the button could have the focus.
    const first = box.current?.querySelector<HTMLInputElement>('input:enabled');
    if (first?.form?.contains(document.activeElement)) first.focus();
  }, [known === undefined]);
  if (known === undefined) return <p class="dim">{words.loading}</p>;
  const options = rows.current.map(({ person: { id, name, held, limit, present }, able }) => ({
    id,
    name,
    detail: able ? words.colleague(held, limit, present) : badgeText.gone,
    disabled: !able,
  }));
  return (
    <div class="stack" ref={box}>
      {options.length === 0 ? null : <Choice legend={words.to} name="to" options={options} />}
      {able.length === 0 ? <None text={words.nobody} /> : <small class="label">{badgeText.hint}</small>}
    </div>
  );
}

/** The scan of a colleague's badge chooses and sends; any other scan is of an order, as everywhere. */
function useBadge(crewHere: readonly Operator[], able: readonly Operator[]): { current: HTMLDivElement | null } {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() =>
    takeScans((text) => {
      const person = bearerOf(text, crewHere);
      if (person === undefined) return false;
      const radio = [...(box.current?.querySelectorAll('input') ?? [])].find(({ value }) => value === person.id);
      if (radio === undefined || !able.includes(person)) {
        tell(badgeText.cannot(person.name));
        return true;
      }
      radio.checked = true;
      radio.form?.requestSubmit();
      return true;
    }),
  );
  return box;
}
