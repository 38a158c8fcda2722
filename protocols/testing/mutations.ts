/** Messages that went wrong on the way: cut, joined, repeated, overwritten, with fields nobody knows. */
import fc from "fast-check";

type Mutation = fc.Arbitrary<(bytes: Uint8Array) => Uint8Array>;

/** A varint as long as it may be, and one longer. */
const HUGE_VARINTS = [
  Buffer.from("ffffffffffffffff7f", "hex"),
  Buffer.from("ffffffffffffffffff01", "hex"),
  Buffer.from("ffffffffffffffffffffffff01", "hex"),
];
/** Levels of groups in one another: more than a decoder's stack holds. */
const NESTED_MAX = 50_000;

const insertAt = (bytes: Uint8Array, at: number, more: Uint8Array): Uint8Array => {
  const place = at % (bytes.length + 1);
  return Buffer.concat([bytes.subarray(0, place), more, bytes.subarray(place)]);
};

const flipped: Mutation = fc
  .array(fc.tuple(fc.nat(), fc.nat(255)), { minLength: 1, maxLength: 4 })
  .map((changes) => (bytes) => {
    const copy = Uint8Array.from(bytes);
    for (const [at, byte] of changes) if (copy.length > 0) copy[at % copy.length] = byte;
    return copy;
  });

const cut: Mutation = fc.nat().map((at) => (bytes) => bytes.subarray(0, at % (bytes.length + 1)));

const repeated: Mutation = fc
  .tuple(fc.nat(), fc.nat(), fc.integer({ min: 1, max: 50 }))
  .map(([from, length, times]) => (bytes) => {
    const start = from % (bytes.length + 1);
    const part = bytes.subarray(start, start + (length % (bytes.length + 1)));
    return insertAt(bytes, start, Buffer.concat(Array.from({ length: times }, () => part)));
  });

const swollen: Mutation = fc.tuple(fc.nat(), fc.constantFrom(...HUGE_VARINTS)).map(
  ([at, varint]) =>
    (bytes) =>
      insertAt(bytes, at, varint),
);

/** A field of a number no message has: skipped, whatever its type. */
const extended: Mutation = fc
  .tuple(fc.nat(), fc.integer({ min: 100, max: 10_000 }), fc.uint8Array({ maxLength: 20 }))
  .map(([at, field, value]) => (bytes) => {
    const tag = field * 8 + 2;
    const key = Uint8Array.of((tag % 128) | 128, (Math.floor(tag / 128) % 128) | 128, tag >> 14);
    return insertAt(bytes, at, Buffer.concat([key, Uint8Array.of(value.length), value]));
  });

const nested: Mutation = fc
  .tuple(fc.nat(), fc.constantFrom(1, 100, NESTED_MAX), fc.constantFrom(0x0b, 0x0c))
  .map(
    ([at, depth, tag]) =>
      (bytes) =>
        insertAt(bytes, at, Buffer.alloc(depth, tag)),
  );

const MUTATION: Mutation = fc.oneof(flipped, cut, repeated, swollen, extended, nested);

/** One of the samples, or two of them joined, gone wrong in a way or three. */
export function mutated(samples: readonly Uint8Array[]): fc.Arbitrary<Uint8Array> {
  const sample = fc.constantFrom(...samples);
  const joined = fc.tuple(sample, sample).map((pair) => Buffer.concat(pair));
  return fc
    .tuple(fc.oneof(sample, joined), fc.array(MUTATION, { minLength: 1, maxLength: 3 }))
    .map(([bytes, mutations]) => mutations.reduce((so, mutate) => mutate(so), bytes));
}
