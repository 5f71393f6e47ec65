import { duration } from './format.ts';
import { words } from './words.ts';

/** An order, whole: what the drawer of the board says. `ms` are milliseconds. */
export const drawerText = words('drawer', {
  loading: 'Reading the order',
  back: 'Close',
  close: (number: string) => `Close order ${number}, Esc`,
  forWhom: (name: string, reference: string | undefined) =>
    reference === undefined ? `for ${name}` : `for ${name}, their no. ${reference}`,
  reference: (reference: string) => `their no. ${reference}`,
  due: (time: string) => `Due ${time}`,
  way: 'The way of this order',
  stages: {
    submitted: 'Submitted',
    priced: 'Priced',
    approved: 'Approved',
    started: 'Started',
    made: 'Made',
    packed: 'Packed',
    shipped: 'Shipped',
  },
  next: 'Who acts next',
  you: 'You',
  who: {
    buyer: 'The buyer',
    partner: 'The partner',
    storage: 'The file storage',
    pricing: 'The price calculation',
    operators: 'Any operator',
    holder: 'Its holder',
    packer: 'The packers',
    carrier: 'The carrier',
    crm: 'Sales',
    nobody: 'Nobody',
  } as Readonly<Record<string, string>>,
  since: (time: string, ms: number) => `since ${time}, for ${duration(ms)}`,
  usual: (median: number, p95: number) => `usual ${duration(median)}, 95 % ≤ ${duration(p95)}`,
  facts: {
    held: 'Was held',
    heldFor: (ms: number, reason: string | undefined) =>
      reason === undefined ? duration(ms) : `${duration(ms)}, ${reason}`,
    holder: 'Held by',
    price: 'Price',
    priceOf: (amount: string, version: number) => `${amount}, v${version}`,
    shipBy: 'Ship by',
    parcel: 'Parcel',
  },
  model: 'Model',
  file: 'File',
  download: (name: string, size: string) => `Download ${name} ${size}`,
  size: (sides: string) => `${sides} mm`,
  actions: 'What can be done',
});
