/** Figures of many samples. */
const sorted = (values: readonly number[]): Float64Array => Float64Array.from(values).sort();

/** The smallest value that `q` of all do not exceed; 0 of none. */
export function quantile(values: readonly number[], q: number): number {
  return sorted(values)[Math.min(values.length - 1, Math.floor(values.length * q))] ?? 0;
}

export const median = (values: readonly number[]): number => quantile(values, 0.5);
