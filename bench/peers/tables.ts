/** The tables of the peers: an order with its status and holder, and its events. Indexed as a good team would. */
export const PEER_TABLES = `
CREATE TABLE IF NOT EXISTS peer_orders (
  id uuid PRIMARY KEY, site text NOT NULL, status text NOT NULL, holder uuid, epoch int NOT NULL DEFAULT 0,
  version int NOT NULL DEFAULT 1, doc jsonb NOT NULL, updated_at timestamptz NOT NULL DEFAULT now());
CREATE INDEX IF NOT EXISTS peer_orders_board ON peer_orders (site, status, updated_at DESC);
CREATE TABLE IF NOT EXISTS peer_events (
  order_id uuid NOT NULL, version int NOT NULL, type text NOT NULL, actor uuid NOT NULL, at timestamptz NOT NULL DEFAULT now(),
  data jsonb, PRIMARY KEY (order_id, version));`;

export type PeerStep = 'capture' | 'start' | 'complete' | 'touch';

/** From which status to which, and whether the holder must be nobody or the operator. */
export const STEPS = {
  capture: { from: 'APPROVED', to: 'APPROVED', type: 'captured' },
  start: { from: 'APPROVED', to: 'STARTED', type: 'manufacturing-started' },
  complete: { from: 'STARTED', to: 'COMPLETED', type: 'manufacturing-completed' },
  touch: { from: 'DRAFT', to: 'DRAFT', type: 'settings-changed' },
} as const;

/** What holds for the holder, in SQL; $3 = who asks. */
export const guardOf = (step: PeerStep): string =>
  step === 'touch' ? 'true' : step === 'capture' ? 'holder IS NULL' : 'holder = $3';

/** The same business data as an order of ours carries. */
export const DOC = JSON.stringify({
  number: '1-10001',
  settings: { material: 'silver-925', finish: 'polished', quantity: 1, urgency: 'standard' },
  model: { name: 'cube.stl', bytes: 684, facts: { volumeMm3: 1000, areaMm2: 600, sizeMm: [10, 10, 10] } },
  price: {
    version: 1,
    amount: 5_000,
    currency: 'EUR',
    lines: [
      { name: 'Setup', amount: 1_500 },
      { name: 'Silver', amount: 3_500 },
    ],
  },
});
