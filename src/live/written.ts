/**
 * Messages that go to many, one by one (answers carry the number of their question, so Socket.IO can't share them): what
 * they have in common is written as JSON once.
 */
import { Decoder, Encoder, type Packet, PacketType } from 'socket.io-parser';

export class Written {
  readonly #value: object;
  #json: string | undefined;

  constructor(value: object) {
    this.#value = value;
  }

  get json(): string {
    this.#json ??= JSON.stringify(this.#value);
    return this.#json;
  }

  toJSON(): object {
    return this.#value;
  }
}

/** The same packets as Socket.IO's own, bit by bit. */
class WrittenEncoder extends Encoder {
  override encode(packet: Packet): unknown[] {
    const { type, nsp, id, data } = packet;
    const plain = type === PacketType.EVENT || type === PacketType.ACK;
    if (!plain || !Array.isArray(data) || !data.some((part) => part instanceof Written)) return super.encode(packet);
    const parts = data.map((part: unknown) => (part instanceof Written ? part.json : JSON.stringify(part)));
    return [`${type}${nsp === '/' ? '' : `${nsp},`}${id ?? ''}[${parts.join()}]`];
  }
}

export const parser = { Encoder: WrittenEncoder, Decoder };
