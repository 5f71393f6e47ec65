/**
 * What a measured model is, and the stable ids of what can be wrong with one. A fault is the model's, never the
 * machine's: broken machinery is thrown, so that its job is tried again.
 */
import { isThumb } from './png.ts';
import { THUMB_SIDE } from './thumb.ts';

/** Raised whenever the same bytes may give other facts or another picture; part of the key of what is remembered. */
export const ENGINE = 2;

export interface MeshFacts {
  readonly volumeMm3: number;
  readonly areaMm2: number;
  readonly sizeMm: readonly [number, number, number];
  /** As the file counts them, degenerate ones included. */
  readonly triangles: number;
  /** Pieces that share no vertex; a cavity is a shell of its own. */
  readonly shells: number;
  /** Every edge is shared by exactly two triangles that run along it in opposite directions. */
  readonly closed: boolean;
}

export const MESH_FAULTS = [
  /** The length does not fit the declared count, or the text ends within a facet. */
  'truncated',
  /** An ASCII file with a line that the format does not have. */
  'malformed',
  'no-triangles',
  /** A coordinate is NaN or infinite. */
  'not-finite',
  /** More than this machine may hold in memory, or than the caller allows. */
  'too-many-triangles',
  'not-closed',
  /** Closed, but flat: there is nothing to make. */
  'no-volume',
] as const;

export type MeshFault = (typeof MESH_FAULTS)[number];

/** `facts` beside a fault: what could still be measured (an open mesh has a size). */
export type Measured =
  | { readonly facts: MeshFacts; readonly failed?: undefined }
  | { readonly failed: MeshFault; readonly facts?: MeshFacts };

/** All that is learnt from one look at a model. `thumb`: a PNG, where there is something to see. */
export interface Sight {
  readonly measured: Measured;
  readonly thumb?: Uint8Array;
}

const isFact = (value: unknown): value is number => typeof value === 'number' && Number.isFinite(value) && value >= 0;

function meshFacts(value: unknown): MeshFacts | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const { volumeMm3, areaMm2, sizeMm, triangles, shells, closed } = value as Record<string, unknown>;
  if (![volumeMm3, areaMm2, triangles, shells].every(isFact) || typeof closed !== 'boolean') return undefined;
  if (!Array.isArray(sizeMm) || sizeMm.length !== 3 || !sizeMm.every(isFact)) return undefined;
  return value as MeshFacts;
}

/** What a child says, one line. */
export const sayMeasured = ({ measured, thumb }: Sight): string =>
  JSON.stringify(thumb === undefined ? measured : { ...measured, thumb: Buffer.from(thumb).toString('base64') });

/** Reads what a child said (it has read hostile bytes, so it is not believed). undefined = not a measurement. */
export function readMeasured(json: string): Sight | undefined {
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch {
    return undefined;
  }
  if (typeof value !== 'object' || value === null) return undefined;
  const { facts: said, failed, thumb: drawn } = value as Record<string, unknown>;
  const thumb = thumbIn(drawn);
  if (thumb === 'none') return undefined;
  const measured = measuredIn(failed, meshFacts(said));
  return measured && { measured, ...thumb };
}

function measuredIn(failed: unknown, facts: MeshFacts | undefined): Measured | undefined {
  if (failed === undefined) return facts === undefined ? undefined : { facts };
  const fault = MESH_FAULTS.find((f) => f === failed);
  if (fault === undefined) return undefined;
  return facts === undefined ? { failed: fault } : { failed: fault, facts };
}

function thumbIn(drawn: unknown): { readonly thumb?: Uint8Array } | 'none' {
  if (drawn === undefined) return {};
  if (typeof drawn !== 'string') return 'none';
  const thumb = Buffer.from(drawn, 'base64');
  return isThumb(thumb, THUMB_SIDE) ? { thumb } : 'none';
}
