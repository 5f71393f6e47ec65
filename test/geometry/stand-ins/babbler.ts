setInterval(() => process.stdout.write('{"facts":'.repeat(1_000)), 1);
