const eaten: Uint8Array[] = [];
setInterval(() => eaten.push(new Uint8Array(16 * 2 ** 20).fill(eaten.length + 1)), 2);
