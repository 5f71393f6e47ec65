/**
 * Which route a request is for: a tree of path segments, walked once. A segment that is written out goes before one that
 * is a parameter (`:id`); parameters are percent-decoded where they can be.
 */
interface Leaf<T> {
  readonly methods: Map<string, T>;
  /** Names of the parameters on the way here. */
  readonly names: readonly string[];
}

interface Node<T> {
  readonly written: Map<string, Node<T>>;
  any: Node<T> | undefined;
  readonly leaves: Leaf<T>[];
}

export interface Found<T> {
  readonly entry: T;
  readonly params: Readonly<Record<string, string>>;
}

const newNode = <T>(): Node<T> => ({ written: new Map(), any: undefined, leaves: [] });

/** The root is one empty segment; a slash at the end says nothing. */
function segmentsOf(path: string): string[] {
  const end = path.length > 1 && path.endsWith('/') ? path.length - 1 : path.length;
  return path.slice(1, end).split('/');
}

function decoded(text: string): string {
  if (!text.includes('%')) return text;
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

export class Routing<T> {
  readonly #root: Node<T> = newNode();

  /** The first entry of a method and path counts. */
  add(methods: readonly string[], path: string, entry: T): void {
    const names: string[] = [];
    let node = this.#root;
    for (const segment of segmentsOf(path)) {
      if (segment.startsWith(':')) {
        names.push(segment.slice(1));
        node.any ??= newNode();
        node = node.any;
      } else {
        const next: Node<T> = node.written.get(segment) ?? newNode();
        node.written.set(segment, next);
        node = next;
      }
    }
    const same = node.leaves.find((leaf) => leaf.names.join() === names.join());
    const leaf: Leaf<T> = same ?? { methods: new Map(), names };
    if (same === undefined) node.leaves.push(leaf);
    for (const method of methods) if (!leaf.methods.has(method)) leaf.methods.set(method, entry);
  }

  find(method: string, path: string): Found<T> | undefined {
    return walk(this.#root, segmentsOf(path), 0, [], ({ methods, names }, values) => {
      const entry = methods.get(method);
      if (entry === undefined) return undefined;
      return { entry, params: Object.fromEntries(names.map((name, i) => [name, decoded(values[i] ?? '')])) };
    });
  }

  /** What the path may be asked with; nothing = there is no such path. */
  methodsOf(path: string): readonly string[] {
    const all = new Set<string>();
    walk(this.#root, segmentsOf(path), 0, [], ({ methods }) => {
      for (const method of methods.keys()) all.add(method);
      return undefined;
    });
    return [...all];
  }
}

/** Shows one leaf after the other that the path leads to, until `take` has what it wants. */
function walk<T, R>(
  node: Node<T>,
  segments: readonly string[],
  at: number,
  values: readonly string[],
  take: (leaf: Leaf<T>, values: readonly string[]) => R | undefined,
): R | undefined {
  const segment = segments[at];
  if (segment === undefined) {
    for (const leaf of node.leaves) {
      const taken = take(leaf, values);
      if (taken !== undefined) return taken;
    }
    return undefined;
  }
  const written = node.written.get(segment);
  const found = written && walk(written, segments, at + 1, values, take);
  if (found !== undefined || node.any === undefined || segment === '') return found;
  return walk(node.any, segments, at + 1, [...values, segment], take);
}
