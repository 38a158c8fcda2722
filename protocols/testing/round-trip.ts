/** What every message must stand: there and back through its bytes, and any bytes at all. */
import fc from "fast-check";
import { expect } from "vitest";
import { GoliathError } from "../nouns/exports.ts";
import type { WireForm } from "../wire/fields.ts";
import { decodeHeader } from "../wire/header.ts";

interface MessageCodec<Wire> {
  encode(message: Partial<Wire>): Uint8Array;
  decode(bytes: Uint8Array): Wire;
}

/** One kind of message, ready to be tried. */
export interface MessageKind {
  name: string;
  /** Fails for a noun that does not come back alike, with the seed in the error. */
  checkRoundTrip(): void;
  /** Bytes that decode and pass every check, or throw one of our errors. */
  checkBytes(bytes: Uint8Array): void;
}

export interface KindInit<Noun, Wire> {
  codec: MessageCodec<Wire>;
  form: WireForm<Noun, Wire>;
  nouns: fc.Arbitrary<Noun>;
}

export function messageKind<Noun, Wire>(
  name: string,
  { codec, form, nouns }: KindInit<Noun, Wire>,
): MessageKind {
  const back = (bytes: Uint8Array): Noun => form.fromWire(decodeHeader(codec, bytes));
  return {
    name,
    checkRoundTrip: () =>
      fc.assert(
        fc.property(nouns, (noun) => {
          const bytes = codec.encode(form.toWire(noun));
          expect(back(bytes)).toEqual(noun);
          expect(codec.encode(form.toWire(back(bytes)))).toEqual(bytes);
        }),
      ),
    checkBytes: (bytes) => {
      try {
        back(bytes);
      } catch (error) {
        if (!(error instanceof GoliathError)) throw error;
      }
    },
  };
}

/** Random bytes, and bytes that look like messages often enough to get past the first field. */
export const anyGarbage: fc.Arbitrary<Uint8Array> = fc.oneof(
  fc.uint8Array({ maxLength: 200 }),
  fc
    .array(
      fc.tuple(
        fc.nat({ max: 20 }),
        fc.constantFrom(0, 2, 3, 4, 7),
        fc.uint8Array({ maxLength: 12 }),
      ),
      { maxLength: 12 },
    )
    .map((fields) =>
      Buffer.concat(
        fields.map(([field, type, bytes]) =>
          Buffer.from([(field << 3) | type, ...(type === 2 ? [bytes.length] : []), ...bytes]),
        ),
      ),
    ),
);
