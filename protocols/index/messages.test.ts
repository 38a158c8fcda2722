import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { entryWire, fileBodyWire } from "../entry/entry-wire.ts";
import { Entry, FileBody } from "../entry/generated/entry.js";
import { COPIES_MAX, GoliathError, RETENTION_MS_MIN } from "../nouns/exports.ts";
import * as any from "../testing/arbitraries.ts";
import { anyGarbage, messageKind, type MessageKind } from "../testing/round-trip.ts";
import { changeWire } from "./change-wire.ts";
import * as chunks from "./chunks-wire.ts";
import { commitHeader, commitReply, logReply, logRequest } from "./commit-wire.ts";
import * as copies from "./copies-wire.ts";
import * as wire from "./generated/index.js";
import * as members from "./members-wire.ts";
import * as namespace from "./namespace-wire.ts";
import { searchReply, searchRequest } from "./search-wire.ts";
import { decodeChanges } from "./change-parts.ts";
import { ALLOCATE_MAX, LIST_ENTRIES_MAX, LOG_ENTRIES_MAX, SEARCH_ENTRIES_MAX } from "./service.ts";

const limit = (max: number) => fc.integer({ min: 1, max });
const runs = fc.array(any.anyRun, { maxLength: 5 });
const chunkBytes = fc.integer({ min: 4096, max: 4 * 1024 * 1024 });
const addresses = fc.array(any.anyText, { maxLength: 3 });
const positive = any.anyCount.map((value) => Math.max(1, value));
const optional = <Noun, Key extends keyof Noun>(
  model: { [Field in keyof Noun]: fc.Arbitrary<Noun[Field]> },
  requiredKeys: Key[],
) => fc.record(model, { requiredKeys });

const peers = fc.array(fc.record({ peer: any.anyPeerId, addresses }), {
  minLength: 1,
  maxLength: 3,
});
const labels = any.anyLabels;
const peerInfo = optional(
  {
    peer: any.anyPeerId,
    name: any.anyText,
    role: any.anyRole,
    online: fc.boolean(),
    seenAt: any.anyCount,
    addresses,
    chunks: any.anyCount,
    capacityBytes: any.anyCount,
    freeBytes: any.anyCount,
    keeper: fc.record({
      usedBytes: any.anyCount,
      labels,
      draining: fc.boolean(),
      kept: any.anyCount,
      needed: any.anyCount,
    }),
  },
  ["peer", "name", "role", "online", "seenAt", "addresses", "chunks", "capacityBytes", "freeBytes"],
);
const pathPolicy = fc.record({
  copies: fc.integer({ min: 0, max: COPIES_MAX }),
  retentionMs: fc.integer({ min: RETENTION_MS_MIN, max: 2 ** 40 }),
  prefer: labels,
  avoid: labels,
  from: optional(
    {
      copies: any.anyPath,
      retentionMs: any.anyPath,
      prefer: any.anyPath,
      avoid: any.anyPath,
    },
    [],
  ),
});
const member = fc.record({
  peer: any.anyPeerId,
  name: any.anyText,
  role: any.anyRole,
  joinedAt: any.anyCount,
  revoked: fc.boolean(),
});
const logEntry = fc.record({
  revision: any.anyRevision,
  at: any.anyCount,
  writer: any.anyPeerId,
  changes: any.anyCount,
  summary: any.anyText,
  note: any.anyText,
});

const found = fc.oneof(
  fc.record({
    path: any.anyPath,
    kind: fc.constant("file" as const),
    size: any.anyCount,
    mtimeMs: fc.maxSafeInteger(),
  }),
  fc.record({
    path: any.anyPath,
    kind: fc.constant("dir" as const),
    files: any.anyCount,
    bytes: any.anyCount,
  }),
);

const KINDS: MessageKind[] = [
  messageKind("FileBody", { codec: FileBody, form: fileBodyWire, nouns: any.anyFileBody }),
  messageKind("Entry", { codec: Entry, form: entryWire, nouns: any.anyEntry }),
  messageKind("Change", { codec: wire.Change, form: changeWire, nouns: any.anyChange }),
  messageKind("DriveReply", {
    codec: wire.DriveReply,
    form: namespace.driveReply,
    nouns: fc.record({
      drive: any.anyDriveId,
      generation: any.anyCount,
      chunkBytes,
      revision: any.anyRevision,
      oldest: any.anyRevision,
      leaseMs: any.anyCount,
    }),
  }),
  messageKind("ResolveRequest", {
    codec: wire.ResolveRequest,
    form: namespace.resolveRequest,
    nouns: optional({ paths: fc.array(any.anyPath), sums: fc.boolean(), at: any.anyRevision }, [
      "paths",
      "sums",
    ]),
  }),
  messageKind("ResolveReply", {
    codec: wire.ResolveReply,
    form: namespace.resolveReply,
    nouns: fc.record({
      revision: any.anyRevision,
      entries: fc.array(fc.option(any.anyEntry, { nil: undefined })),
    }),
  }),
  messageKind("ListRequest", {
    codec: wire.ListRequest,
    form: namespace.listRequest,
    nouns: optional(
      {
        where: fc.oneof(
          any.anyPath.map((path) => ({ path })),
          any.anyDirId.map((dir) => ({ dir })),
        ),
        sums: fc.boolean(),
        at: any.anyRevision,
        after: any.anyName,
        limit: limit(LIST_ENTRIES_MAX),
      },
      ["where", "sums"],
    ),
  }),
  messageKind("ListReply", {
    codec: wire.ListReply,
    form: namespace.listReply,
    nouns: optional(
      {
        revision: any.anyRevision,
        dir: any.anyDirId,
        entries: fc.array(fc.record({ name: any.anyName, entry: any.anyEntry })),
        next: any.anyName,
      },
      ["revision", "dir", "entries"],
    ),
  }),
  messageKind("PathOfRequest", {
    codec: wire.PathOfRequest,
    form: namespace.pathOfRequest,
    nouns: optional({ dir: any.anyDirId, at: any.anyRevision }, ["dir"]),
  }),
  messageKind("PathOfReply", {
    codec: wire.PathOfReply,
    form: namespace.pathOfReply,
    nouns: any.anyPath,
  }),
  messageKind("SearchRequest", {
    codec: wire.SearchRequest,
    form: searchRequest,
    nouns: optional(
      {
        text: any.anyText,
        under: any.anyPath,
        limit: limit(SEARCH_ENTRIES_MAX),
        kind: fc.constantFrom("file" as const, "dir" as const),
      },
      ["text"],
    ),
  }),
  messageKind("SearchReply", {
    codec: wire.SearchReply,
    form: searchReply,
    nouns: fc.record({
      revision: any.anyRevision,
      complete: fc.boolean(),
      entries: fc.array(found),
      more: fc.boolean(),
    }),
  }),
  messageKind("RunsRequest of holders", {
    codec: wire.RunsRequest,
    form: chunks.holdersRequest,
    nouns: fc.record({ runs }),
  }),
  messageKind("RunsRequest of digests", {
    codec: wire.RunsRequest,
    form: chunks.digestsRequest,
    nouns: fc.record({ runs: runs.map((list) => list.map((run) => ({ ...run, count: 9 }))) }),
  }),
  messageKind("HoldersReply", {
    codec: wire.HoldersReply,
    form: chunks.holdersReply,
    // Every peer is named, in order: a reply leaves out those that no run names.
    nouns: fc.record({ peers, run: any.anyRun }).map(({ peers: all, run }) => ({
      peers: all.filter(({ peer }, i) => all.findIndex((one) => one.peer === peer) === i),
      runs: [
        {
          ...run,
          holders: [...all.keys()].slice(0, new Set(all.map((p) => p.peer)).size),
          copies: run.count % 3,
        },
      ],
    })),
  }),
  messageKind("PlaceRequest", {
    codec: wire.PlaceRequest,
    form: copies.placeRequest,
    nouns: fc.record({
      runs: runs.map((list) => list.map((run) => ({ ...run, count: 9 }))),
      bytes: limit(2 ** 50),
      copies: fc.integer({ min: 0, max: COPIES_MAX }),
      path: any.anyPath,
      avoid: fc.array(any.anyPeerId, { maxLength: 3 }),
    }),
  }),
  messageKind("PoliciesRequest", {
    codec: wire.PoliciesRequest,
    form: copies.policiesRequest,
    nouns: fc.record({ paths: fc.array(any.anyPath, { maxLength: 5 }) }),
  }),
  messageKind("PoliciesReply", {
    codec: wire.PoliciesReply,
    form: copies.policiesReply,
    nouns: fc.array(pathPolicy, { maxLength: 5 }),
  }),
  messageKind("CopiesReply", {
    codec: wire.CopiesReply,
    form: copies.copiesReply,
    nouns: fc.record({
      counted: fc.boolean(),
      used: limit(2 ** 50),
      under: limit(2 ** 50),
      bare: limit(2 ** 50),
      unreachable: limit(2 ** 50),
      unused: limit(2 ** 50),
      ordered: limit(2 ** 50),
    }),
  }),
  messageKind("AllocateRequest", {
    codec: wire.AllocateRequest,
    form: chunks.allocateRequest,
    nouns: fc.record({ count: limit(ALLOCATE_MAX) }),
  }),
  messageKind("LeaseReply", {
    codec: wire.LeaseReply,
    form: chunks.leaseReply,
    nouns: fc.record({
      lease: any.anyLeaseId,
      first: any.anyChunkId,
      count: limit(ALLOCATE_MAX),
    }),
  }),
  messageKind("RenewRequest", {
    codec: wire.RenewRequest,
    form: chunks.renewRequest,
    nouns: fc.record({ leases: fc.array(any.anyLeaseId) }),
  }),
  messageKind("CommitRequest", {
    codec: wire.CommitRequest,
    form: commitHeader,
    nouns: optional(
      {
        number: any.anyCount,
        digest: any.anyDigest,
        leases: fc.array(any.anyLeaseId),
        locations: fc.array(
          fc.record({ run: any.anyRun, peer: any.anyPeerId }).map(({ run, peer }) => {
            return { ...run, peer };
          }),
        ),
        stage: any.anyCount,
        parts: any.anyCount,
        note: any.anyText.filter((note) => note !== ""),
      },
      ["number", "digest", "leases", "locations", "stage", "parts"],
    ),
  }),
  messageKind("CommitReply", {
    codec: wire.CommitReply,
    form: commitReply,
    nouns: fc.record({ revision: any.anyRevision, at: any.anyCount, again: fc.boolean() }),
  }),
  messageKind("LogRequest", {
    codec: wire.LogRequest,
    form: logRequest,
    nouns: optional(
      { path: any.anyPath, before: any.anyRevision, limit: limit(LOG_ENTRIES_MAX) },
      [],
    ),
  }),
  messageKind("LogReply", {
    codec: wire.LogReply,
    form: logReply,
    nouns: fc.record({ entries: fc.array(logEntry), more: fc.boolean() }),
  }),
  messageKind("PeersReply", {
    codec: wire.PeersReply,
    form: members.peersReply,
    nouns: fc.record({ rows: fc.array(peerInfo), more: fc.boolean() }),
  }),
  messageKind("MembersReply", {
    codec: wire.MembersReply,
    form: members.membersReply,
    nouns: fc.record({ rows: fc.array(member), more: fc.boolean() }),
  }),
  messageKind("InviteRequest", {
    codec: wire.InviteRequest,
    form: members.inviteRequest,
    nouns: fc.record({ role: any.anyRole, expiresInMs: positive, uses: positive }),
  }),
  messageKind("RevokeRequest", {
    codec: wire.RevokeRequest,
    form: members.revokeRequest,
    nouns: fc.record({ peer: any.anyPeerId }),
  }),
];

describe("messages of the index protocol", () => {
  it.each(KINDS)("$name comes back alike from its bytes", ({ checkRoundTrip }) => {
    expect(checkRoundTrip).not.toThrow();
  });

  it.each(KINDS)("$name takes any bytes or refuses them with a code", ({ checkBytes }) => {
    expect(() => fc.assert(fc.property(anyGarbage, checkBytes))).not.toThrow();
  });

  it("decodeChanges takes any bytes or refuses them with a code", () => {
    const check = (bytes: Uint8Array): void => {
      try {
        decodeChanges(bytes);
      } catch (error) {
        expect(error).toBeInstanceOf(GoliathError);
      }
    };
    expect(() => fc.assert(fc.property(anyGarbage, check))).not.toThrow();
    expect(decodeChanges(new Uint8Array())).toEqual([]);
  });
});
