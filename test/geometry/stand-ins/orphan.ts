import { writeSync } from 'node:fs';

process.stdin.on('end', () => process.exit(3)).resume();
writeSync(2, `${process.pid}\n`);
setInterval(() => undefined, 1_000);
