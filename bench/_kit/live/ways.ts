/** How a client follows a board or an order, ours and the plain peer's: what it asks, and what it reads in what is pushed. */

/** A place in a board's frames to go on from. */
export interface Position {
  readonly epoch: string;
  readonly at: string;
}

/** What one push told: versions of orders, and where a board then stands. */
export interface Told {
  readonly versions: readonly (readonly [order: string, version: number])[];
  readonly position?: Position;
}

export interface Way {
  readonly namespace: string;
  readonly event: string;
  message(about: string, from: Position | undefined): object;
  /** Of the answer, as text: a whole board is long, so only its beginning is read. */
  answered(answer: string, from: Position | undefined): { readonly position?: Position; readonly whole: boolean };
  /** Undefined: no change. */
  told(body: Buffer): Told | undefined;
}

const reader = <T>(event: string, read: (message: T) => Told): ((body: Buffer) => Told | undefined) => {
  const start = Buffer.from(`["${event}",`);
  return (body) =>
    body.subarray(0, start.length).equals(start)
      ? read(JSON.parse(body.toString('utf8', start.length, body.length - 1)) as T)
      : undefined;
};

interface Version {
  readonly order: string;
  readonly version: number;
}

const one = ({ order, version }: Version): Told => ({ versions: [[order, version]] });

interface Frame {
  readonly epoch: string;
  readonly to: string;
  readonly changes: readonly Version[];
}

function must(answer: string): void {
  if (!answer.startsWith('{"ok":true')) throw new Error(`not followed: ${answer.slice(0, 200)}`);
}

const BOARD: Way = {
  namespace: '/mes',
  event: 'board:open',
  message: (site, resume) => ({ site, ...(resume === undefined ? {} : { resume }) }),
  answered(answer, from) {
    must(answer);
    const begin = answer.slice(0, 300);
    const epoch = /"epoch":"([^"]+)"/.exec(begin)?.[1] ?? '';
    if (begin.includes('"mode":"snapshot"'))
      return { whole: true, position: { epoch, at: /"at":"([^"]+)"/.exec(begin)?.[1] ?? '' } };
    const { frames } = JSON.parse(answer) as { frames: readonly Frame[] };
    const at = frames.at(-1)?.to ?? from?.at ?? '';
    return { whole: false, position: { epoch, at } };
  },
  told: reader<Frame>('board:frame', ({ epoch, to, changes }) => ({
    versions: changes.map(({ order, version }) => [order, version] as const),
    position: { epoch, at: to },
  })),
};

const ORDER: Way = {
  namespace: '/storefront',
  event: 'track',
  message: (order) => ({ order }),
  answered(answer) {
    must(answer);
    return { whole: false };
  },
  told: reader<Version>('order:changed', one),
};

const plain = (message: (about: string) => object): Way => ({
  namespace: '/live',
  event: 'follow',
  message,
  answered: ORDER.answered,
  told: reader<Version>('changed', one),
});

export const WAYS = {
  'andon board': BOARD,
  'andon order': ORDER,
  'plain board': plain((board) => ({ board })),
  'plain order': plain((order) => ({ order })),
} as const satisfies Readonly<Record<string, Way>>;

export type WayName = keyof typeof WAYS;
