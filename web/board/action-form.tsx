/** The form of one action: what it asks for, a way to do it, a way back. Nothing is chosen beforehand but what is so already. */
import type { JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import type { Card } from '../../gateways/contract/card.ts';
import type { Operator } from '../../gateways/contract/operator.ts';
import { actText } from '../text/acts.ts';
import { badgeText } from '../text/badge.ts';
import { say } from '../ui/announce.tsx';
import { Choice } from '../ui/choice.tsx';
import { entries, Field } from '../ui/form.tsx';
import { act, offersOf } from './act.ts';
import type { ActionType, Input } from './actions.ts';
import { crew, useCrew } from './crew.ts';
import { closePanel } from './panel.ts';
import { bearerOf } from './scan/badge.ts';
import { takeScans } from './scan/seek.ts';
import { reasonsOf, sitesFor } from './who.ts';

const words = actText.form;

export function ActionForm({ card, type, epoch }: { card: Card; type: ActionType; epoch: number }): JSX.Element {
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => form.current?.querySelector<HTMLElement>('input, button')?.focus(), []);
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

const AskOne = (props: Parameters<typeof Choice>[0] & { none: string }): JSX.Element =>
  props.options.length === 0 ? (
    <p class="note" data-s="none">
      {props.none}
    </p>
  ) : (
    <Choice legend={props.legend} name={props.name} options={props.options} />
  );

/** Those of the site who are on shift and may work the material; the free ones first. */
function AskColleague({ card }: { card: Card }): JSX.Element {
  useCrew();
  const known = crew.value;
  const able = (known ?? [])
    .filter(({ id, onShift, skills }) => onShift && id !== card.capture?.operator.id && mayWork(skills, card))
    .sort((a, b) => Number(b.present) - Number(a.present) || a.held / a.limit - b.held / b.limit);
  const box = useBadge(known ?? [], able);
  if (known === undefined) return <p class="dim">{words.loading}</p>;
  const options = able.map(({ id, name, held, limit, present }) => ({
    id,
    name,
    detail: words.colleague(held, limit, present),
  }));
  return (
    <div class="stack" ref={box}>
      <AskOne legend={words.to} name="to" options={options} none={words.nobody} />
      {able.length === 0 ? null : <small class="label">{badgeText.hint}</small>}
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
        say(badgeText.cannot(person.name));
        return true;
      }
      radio.checked = true;
      radio.form?.requestSubmit();
      return true;
    }),
  );
  return box;
}

const mayWork = (skills: readonly string[] | undefined, card: Card): boolean =>
  skills?.includes(card.material) !== false;
