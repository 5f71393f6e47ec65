import type { JSX } from 'preact';
import type { ModelFacts } from '../../gateways/contract/order.ts';
import { commonText } from '../text/common.ts';
import { figures, number } from '../text/format.ts';

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
  const volume =
    facts.volumeMm3 >= 1_000 ? `${figures(facts.volumeMm3 / 1_000)} cm³` : `${figures(facts.volumeMm3)} mm³`;
  return (
    <dl class="facts lined">
      <Fact name={words.volume} value={volume} />
      {weight === undefined ? null : <Fact name={words.weight} value={words.grams(figures(weight))} />}
      <Fact name={words.area} value={`${figures(facts.areaMm2 / 100)} cm²`} />
      <Fact name={words.size} value={words.millimetres(facts.sizeMm.map(number).join(' × '))} />
      <Fact name={words.mesh} value={facts.closed ? words.closed : words.open} />
      <Fact name={words.facets} value={number(facts.triangles)} />
    </dl>
  );
}
