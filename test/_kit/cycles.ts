/** Cycles of a directed graph: one per group of nodes that all reach each other, as a shortest way round. */
type Graph = ReadonlyMap<string, readonly string[]>;

/** Shortest way from `start` back to itself. */
function wayRound(graph: Graph, start: string): string[] | undefined {
  const ways: string[][] = [[start]];
  const seen = new Set<string>();
  for (const way of ways) {
    for (const next of graph.get(way.at(-1) ?? start) ?? []) {
      if (next === start) return way;
      if (seen.has(next)) continue;
      seen.add(next);
      ways.push([...way, next]);
    }
  }
  return undefined;
}

export function cycles(graph: Graph): string[][] {
  const found: string[][] = [];
  const told = new Set<string>();
  for (const node of graph.keys()) {
    if (told.has(node)) continue;
    const way = wayRound(graph, node);
    if (way === undefined) continue;
    found.push(way);
    for (const member of way) told.add(member);
  }
  return found;
}
