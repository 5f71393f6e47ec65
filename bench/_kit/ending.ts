/** What is still open when a bench is interrupted, or breaks, is ended: processes and servers would otherwise outlive it. */
type End = () => Promise<unknown>;

const open = new Set<End>();

/** Returns how to say that it has ended by itself. */
export function untilEnded(end: End): () => void {
  open.add(end);
  return () => open.delete(end);
}

/** The newest first: servers end after those who use them. */
async function endAll(): Promise<void> {
  for (const end of [...open].reverse()) await end().catch(() => undefined);
}

for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.once(signal, () => void endAll().finally(() => process.exit(130)));
// Also a promise that failed while nobody waited for it.
process.once('uncaughtException', (error) => {
  console.error(error);
  void endAll().finally(() => process.exit(1));
});
