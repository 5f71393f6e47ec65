/** Schemas that stand in many places of a description stand in it once, by name. */
import type { TSchema } from 'typebox';
import { BoardChange, BoardPage, Counts, Frame, LaneCards, People } from './board.ts';
import { Card } from './card.ts';
import { Catalog } from './catalog.ts';
import { Change } from './change.ts';
import { Job } from './jobs.ts';
import { Model } from './model.ts';
import { Operator } from './operator.ts';
import { Order, OrderModel, Price, Settings, Waiting } from './order.ts';
import { PartnerEvent } from './partner-event.ts';
import { CODES, nackSchema, problemSchema } from './problems.ts';
import { Session } from './session.ts';
import { Person } from './shapes.ts';
import { Timeline } from './timeline.ts';
import { User } from './users.ts';

export type Named = Readonly<Record<string, TSchema>>;

export const THINGS: Named = {
  Order,
  OrderModel,
  Settings,
  Price,
  Waiting,
  Person,
  Card,
  Change,
  Timeline,
  Operator,
  Model,
  Catalog,
  Session,
  Job,
  User,
  PartnerEvent,
  BoardPage,
  BoardChange,
  LaneCards,
  Counts,
  People,
  Frame,
};
export const PROBLEMS: Named = Object.fromEntries(CODES.map((code) => [`problem.${code}`, problemSchema(code)]));
export const NACKS: Named = Object.fromEntries(CODES.map((code) => [`no.${code}`, nackSchema(code)]));

export const refer = (name: string): { readonly $ref: string } => ({ $ref: `#/components/schemas/${name}` });

export interface Referring {
  /** The same with references where a named schema stood. */
  refer(value: unknown): unknown;
  /** The named schemas, each referring to the others. */
  readonly schemas: Readonly<Record<string, unknown>>;
}

/** What says the same in the same words is the same schema. */
export function referring(named: Named): Referring {
  const names = new Map(Object.entries(named).map(([name, schema]) => [JSON.stringify(schema), name]));
  const inside = (value: object): object =>
    Array.isArray(value)
      ? value.map(walk)
      : Object.fromEntries(Object.entries(value).map(([key, v]) => [key, walk(v)]));
  const walk = (value: unknown): unknown => {
    if (typeof value !== 'object' || value === null) return value;
    const name = names.get(JSON.stringify(value));
    return name === undefined ? inside(value) : refer(name);
  };
  return {
    refer: walk,
    schemas: Object.fromEntries(Object.entries(named).map(([name, schema]) => [name, inside(schema)])),
  };
}
