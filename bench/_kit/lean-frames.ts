/** WebSocket frames as a lean client needs them: whole text frames, masked with zeros, which leaves the bytes as they are. */
const TEXT = 0x81;
const MASKED = 0x80;

/** FIN, text; masked with 00 00 00 00. */
export function frameOf(text: string): Buffer {
  const length = Buffer.byteLength(text);
  if (length >= 65_536) throw new Error('too long for a bench');
  const head = length < 126 ? 6 : 8;
  const frame = Buffer.alloc(head + length);
  frame[0] = TEXT;
  frame[1] = MASKED | Math.min(length, 126);
  if (length >= 126) frame.writeUInt16BE(length, 2);
  frame.write(text, head);
  return frame;
}

/** Hands on what whole text frames carry, uncopied; returns what is left. */
export function readFrames(data: Buffer, take: (payload: Buffer) => void): Buffer {
  let at = 0;
  while (data.length - at >= 2) {
    const short = (data[at + 1] ?? 0) & 0x7f;
    const head = short < 126 ? 2 : short === 126 ? 4 : 10;
    if (data.length - at < head) break;
    const length =
      short < 126 ? short : short === 126 ? data.readUInt16BE(at + 2) : Number(data.readBigUInt64BE(at + 2));
    const end = at + head + length;
    if (data.length < end) break;
    if (data[at] === TEXT) take(data.subarray(at + head, end));
    at = end;
  }
  return data.subarray(at);
}
