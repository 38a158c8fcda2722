/** Reads what `ByteWriter` wrote, from bytes of our own: beyond the end it reads zeros. */
export class ByteReader {
  readonly #bytes: Buffer;
  #at = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  get done(): boolean {
    return this.#at >= this.#bytes.length;
  }

  integer(): number {
    let value = 0;
    for (let scale = 1; ; scale *= 0x80) {
      const byte = this.#bytes[this.#at++] ?? 0;
      if (byte < 0x80) return value + byte * scale;
      value += (byte - 0x80) * scale;
    }
  }

  text(): string {
    const length = this.integer();
    return this.#bytes.toString("utf8", this.#at, (this.#at += length));
  }

  skip(length: number): void {
    this.#at += length;
  }
}
