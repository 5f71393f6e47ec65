/** What a hold takes of the time in a status: a hold may be older than the status (a price comes while an order is held). */
export function heldIn({ statusSince }: { readonly statusSince: string }, since: string, until: string): number {
  return msBetween(since < statusSince ? statusSince : since, until);
}

/** Never below 0: the clocks of two nodes may differ. */
export const msBetween = (from: string, to: string): number => Math.max(0, Date.parse(to) - Date.parse(from));
