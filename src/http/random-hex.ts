/** Random ids of requests and traces: drawn from the system by the page, because each draw costs some microseconds. */
import { randomFillSync } from 'node:crypto';

const page = Buffer.allocUnsafeSlow(4_096);
let used = page.length;

/** Lower-case hex of so many random bytes; none is given twice. */
export function randomHex(bytes: number): string {
  if (used + bytes > page.length) {
    randomFillSync(page);
    used = 0;
  }
  used += bytes;
  return page.toString('hex', used - bytes, used);
}
