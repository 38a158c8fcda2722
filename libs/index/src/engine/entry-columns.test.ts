import fc from "fast-check";
import { chunkCount, DIGEST_BYTES } from "@goliath/protocols/nouns";
import type { ChunkId, Digest, DirId, Entry, Revision } from "@goliath/protocols/nouns";
import { describe, expect, it } from "vitest";
import { fromNamedColumns, toNamedColumns } from "./entry-columns.ts";
import { fromSentReply, toSentReply } from "./reply-columns.ts";

const count = fc.integer({ min: 0, max: Number.MAX_SAFE_INTEGER });
const bytes = (length: number) => fc.uint8Array({ minLength: length, maxLength: length });
const extent = fc.record({ first: count, count: fc.integer({ min: 1, max: 3 }), bytes: count });

const directory = fc
  .record({ revision: count, dir: count, files: count, bytes: count })
  .map((fields) => ({ kind: "dir", ...fields }) as unknown as Entry);

const file = fc
  .record({
    revision: count,
    size: count,
    mtimeMs: fc.maxSafeInteger(),
    extents: fc.array(extent, { maxLength: 3 }),
    root: bytes(DIGEST_BYTES),
    executable: fc.boolean(),
  })
  .chain((fields) => {
    const file = { kind: "file", ...fields } as unknown as Extract<Entry, { kind: "file" }>;
    const sums = bytes(chunkCount(file.extents) * DIGEST_BYTES);
    return fc.option(sums).map((found): Entry => (found ? { ...file, sums: found } : file));
  });

const entry = fc.oneof(directory, file);
const name = fc.string({ minLength: 1, unit: "grapheme" }).filter((text) => !/\p{Cc}/u.test(text));
const named = fc.array(fc.record({ name, entry: fc.option(entry, { nil: undefined }) }));

/** As it arrives in another thread. */
const across = <Value>(value: Value): Value => structuredClone(value);

describe("entry columns", () => {
  it("give back what was made of any entries, names and absences", () => {
    fc.assert(
      fc.property(named, (entries) => {
        expect(fromNamedColumns(across(toNamedColumns(entries)))).toEqual(entries);
      }),
    );
  });

  it("refuse columns that do not fit each other", () => {
    const columns = toNamedColumns([{ name: "a", entry: directoryOf(7) }]);
    const short = { ...columns, marks: new Uint8Array() };
    expect(() => fromNamedColumns(short)).toThrow(expect.objectContaining({ code: "internal" }));
  });
});

function directoryOf(dir: number): Entry {
  return { kind: "dir", revision: 3 as Revision, dir: dir as DirId, files: 1, bytes: 2 };
}

function fileOf(first: number): Entry {
  return {
    kind: "file",
    revision: 3 as Revision,
    root: new Uint8Array(DIGEST_BYTES).fill(first) as Digest,
    extents: [{ first: first as ChunkId, count: 1, bytes: 5 }],
    size: 5,
    mtimeMs: -1,
    executable: true,
  };
}

describe("a sent reply", () => {
  const entries = Array.from({ length: 20 }, (_, at) => (at % 2 ? fileOf(at) : directoryOf(at)));
  const listed = entries.map((found, at) => ({ name: `n${at}`, entry: found }));
  const changes = listed.map((one, at) => ({ ...one, dir: at as DirId }));
  const event = { kind: "changes", revision: 3, at: 4, last: true, changes };

  it.each([
    ["resolve", { revision: 3, entries: [...entries, undefined] }],
    ["resolve", { revision: 3, entries: [directoryOf(1), undefined] }],
    ["list", { revision: 3, dir: 1, entries: listed, next: "n19" }],
    ["list", { revision: 3, dir: 1, entries: [] }],
    ["changes", { reached: 3, events: [event, { kind: "reached", revision: 9 }] }],
    ["changes", { reached: 3, events: [{ ...event, changes: [] }, { kind: "reset" }] }],
    ["drive", { drive: "d", revision: 3 }],
    ["record", undefined],
  ])("of %s is what was answered", (name, reply) => {
    expect(fromSentReply(across(toSentReply(name, reply)))).toEqual(reply);
  });
});
