import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { digestOf } from "@goliath/protocols/nouns";
import type {
  Change,
  ChunkId,
  DrivePath,
  FileBody,
  LeaseId,
  PolicyChange,
  Revision,
} from "@goliath/protocols/nouns";
import { fromColumns, toColumns } from "./commit-columns.ts";

const path = fc
  .array(fc.constantFrom("a", "b c", "é", "\u{1f600}"), { maxLength: 4 })
  .map((names) => `/${names.join("/")}` as DrivePath);
const integer = fc.nat(2 ** 31).map((value) => value * 2 ** 20);
const revision = integer.map((value) => value as Revision);
const when = fc.oneof(
  fc.constant({}),
  fc.constant({ when: { absent: true as const } }),
  revision.map((value) => ({ when: { revision: value } })),
);
const file: fc.Arbitrary<FileBody> = fc.record({
  root: fc.string().map((text) => digestOf(Buffer.from(text))),
  extents: fc.array(
    fc.record({ first: integer.map((id) => id as ChunkId), count: fc.nat(), bytes: integer }),
    { maxLength: 3 },
  ),
  size: integer,
  mtimeMs: fc.maxSafeInteger(),
  executable: fc.boolean(),
});
const policy: fc.Arbitrary<PolicyChange> = fc.record(
  { copies: fc.option(fc.nat(32)), prefer: fc.option(fc.array(fc.constantFrom("a=b", 'x="\\'))) },
  { requiredKeys: [] },
);
const any = fc.record({ path, to: path, from: path, file, at: fc.option(revision), policy });
const change: fc.Arbitrary<Change> = fc
  .tuple(any, when, fc.nat(7))
  .map(([{ path: where, to, from, file: body, at, policy: set }, condition, op]): Change => {
    const start = { path: where, ...condition };
    const all: Change[] = [
      { op: "put", ...start, file: body },
      { op: "mkdir", ...start },
      { op: "remove", ...start },
      { op: "move", ...start, to },
      { op: "copy", ...start, from, ...(at !== null && { at }) },
      { op: "claim", ...start },
      { op: "unclaim", ...start },
      { op: "policy", ...start, policy: set },
    ];
    return all[op] as Change;
  });

describe("commit columns", () => {
  it("fromColumns gives back what toColumns was given", () => {
    fc.assert(
      fc.property(fc.array(change), fc.option(fc.string()), (changes, note) => {
        const request = {
          number: 7,
          digest: digestOf(Buffer.of()),
          changes,
          leases: [3 as LeaseId],
          locations: [],
          ...(note !== null && { note }),
        };
        const sent = structuredClone(toColumns(request));
        expect(plain(fromColumns(sent))).toEqual(plain(request));
      }),
    );
  });

  it("fromColumns refuses columns that do not fit each other", () => {
    const changes: Change[] = [{ op: "mkdir", path: "/a" as DrivePath }];
    const columns = toColumns({
      number: 1,
      digest: digestOf(Buffer.of()),
      changes,
      leases: [],
      locations: [],
    });
    expect(() => fromColumns({ ...columns, paths: "/a\n/b" })).toThrow("do not fit");
    expect(() => fromColumns({ ...columns, numbers: Float64Array.of(1) })).toThrow("do not fit");
  });
});

/** Bytes as text, whatever class holds them. */
function plain(value: unknown): unknown {
  return JSON.parse(
    JSON.stringify(value, (_, one: unknown) =>
      one instanceof Uint8Array ? Buffer.from(one).toString("hex") : one,
    ).replaceAll(/\{"type":"Buffer","data":\[([\d,]*)\]\}/gu, (_, bytes: string) =>
      JSON.stringify(Buffer.from(bytes.split(",").map(Number)).toString("hex")),
    ),
  );
}
