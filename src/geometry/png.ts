/**
 * PNG (RFC 2083 as revised by W3C 2003), just as much of it as a thumb needs: a square of palette indices, and the check
 * of one that a child drew.
 */
import { crc32, deflateSync } from 'node:zlib';

const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
const END = chunk('IEND', new Uint8Array());
const INDEXED = 3;
/** Darkest and lightest grey, red green blue: seen on white and on black. */
const DARK = [70, 78, 84] as const;
const LIGHT = [206, 213, 216] as const;

export const MOST_THUMB_BYTES = 20 * 1024;

export interface Greys {
  readonly side: number;
  /** How many there are, dark to light. */
  readonly greys: number;
  /** Steps from nearly clear to opaque. */
  readonly covers: number;
}

/** Pixel 0 is clear, pixel `1 + step × greys + grey` that grey at that step. */
export function encodeGreys(pixels: Uint8Array, { side, greys, covers }: Greys): Uint8Array {
  const palette = [0, 0, 0];
  const alpha = [0];
  for (let cover = 1; cover <= covers; cover++) {
    for (let grey = 0; grey < greys; grey++) {
      for (const c of [0, 1, 2] as const) {
        palette.push(Math.round(DARK[c] + ((LIGHT[c] - DARK[c]) * grey) / (greys - 1)));
      }
      alpha.push(Math.round((255 * cover) / covers));
    }
  }
  // Each line begins with its filter: none, the best for indices.
  const lines = new Uint8Array(side * (side + 1));
  for (let row = 0; row < side; row++) {
    lines.set(pixels.subarray(row * side, (row + 1) * side), row * (side + 1) + 1);
  }
  return Buffer.concat([
    SIGNATURE,
    header(side),
    chunk('PLTE', Uint8Array.from(palette)),
    chunk('tRNS', Uint8Array.from(alpha)),
    chunk('IDAT', deflateSync(lines, { level: 9 })),
    END,
  ]);
}

function header(side: number): Buffer {
  const body = Buffer.alloc(13);
  body.writeUInt32BE(side, 0);
  body.writeUInt32BE(side, 4);
  body.set([8, INDEXED, 0, 0, 0], 8);
  return chunk('IHDR', body);
}

function chunk(type: string, body: Uint8Array): Buffer {
  const framed = Buffer.alloc(body.length + 12);
  framed.writeUInt32BE(body.length, 0);
  framed.write(type, 4, 'latin1');
  framed.set(body, 8);
  framed.writeUInt32BE(crc32(framed.subarray(4, 8 + body.length)), 8 + body.length);
  return framed;
}

/** Begins and ends as a thumb of this side does, and is no larger than one may be. */
export function isThumb(bytes: Uint8Array, side: number): boolean {
  if (bytes.length > MOST_THUMB_BYTES) return false;
  const start = Buffer.concat([SIGNATURE, header(side)]);
  return start.equals(bytes.subarray(0, start.length)) && END.equals(bytes.subarray(-END.length));
}
