import type { JSX } from 'preact';
import type { ModelFacts } from '../../gateways/contract/order.ts';
import { commonText } from '../text/common.ts';
import { area, figures, number, volume } from '../text/format.ts';

/** A name and its value, in a `dl` of class `facts`. */
export const Fact = ({ name, value }: { name: string; value: string }): JSX.Element => (
  <div>
    <dt>{name}</dt>
    <dd>{value}</dd>
  </div>
);

/** What the server measured of a model; `weight`: of one piece, grams. */
export function Measured({ facts, weight }: { facts: ModelFacts; weight?: number | undefined }): JSX.Element {
  const words = commonText.model;
  return (
    <dl class="facts lined">
      <Fact name={words.volume} value={volume(facts.volumeMm3)} />
      {weight === undefined ? null : <Fact name={words.weight} value={words.grams(figures(weight))} />}
      <Fact name={words.area} value={area(facts.areaMm2)} />
      <Fact name={words.size} value={words.millimetres(facts.sizeMm.map(number).join(' × '))} />
      <Fact name={words.mesh} value={facts.closed ? words.closed : words.open} />
      <Fact name={words.facets} value={number(facts.triangles)} />
    </dl>
  );
}
