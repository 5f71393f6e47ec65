/** Waits for ever, but not longer than its parent lives; as `child.ts` does. */
process.stdin.on('end', () => process.exit(3)).resume();
setInterval(() => undefined, 1_000);
