import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import {
  COMMIT_CHANGES_MAX,
  parsePath,
  type Change,
  type ChunkId,
  type Digest,
  type DrivePath,
  type LeaseId,
  type Revision,
} from "../nouns/exports.ts";
import { openFramePair, testPeer } from "../testing/frame-pair.ts";
import { createStubIndex } from "../testing/stub-index.ts";
import type { FrameStream } from "../wire/exports.ts";
import { INDEX_BOUNDS } from "./bounds.ts";
import { decodeChanges, digestOfChanges, encodeChanges } from "./change-parts.ts";
import { Changes, IndexReply, IndexRequest } from "./generated/index.js";
import { IndexClient } from "./index-client.ts";
import { serveIndex } from "./serve-index.ts";
import { CHANGES_PER_MESSAGE_MAX, type CommitRequest } from "./service.ts";
import { StageBudget } from "./stage-budget.ts";

const reply = { revision: 8 as Revision, at: 1_700_000_000_000, again: false };

/** A served index that keeps what was committed. */
function openIndex({ stageBudget = new StageBudget() } = {}) {
  const [opener, answerer] = openFramePair(INDEX_BOUNDS);
  const committed: CommitRequest[] = [];
  const service = createStubIndex({
    commit: async (request) => {
      committed.push(request);
      return reply;
    },
  });
  return { opener, committed, served: serveIndex(answerer, service, { stageBudget }) };
}

function putsOf(count: number, extents = 1): Change[] {
  const file = {
    root: new Uint8Array(32).fill(1) as Digest,
    extents: Array.from({ length: extents }, (_, i) => {
      return { first: (2 * i) as ChunkId, count: 1, bytes: 10 };
    }),
    size: 10 * extents,
    mtimeMs: 1_700_000_000_000,
    executable: false,
  };
  return Array.from({ length: count }, (_, i) => {
    return { op: "put", path: parsePath(`/data/part-${i % 100}/sample-${i}.json`), file };
  });
}

const requestOf = (changes: Change[]): CommitRequest => ({
  number: 1,
  digest: new Uint8Array(),
  changes,
  leases: [],
  locations: [],
});

describe("commit over the index protocol", () => {
  it("carries everything of a small commit and fills the digest in", async () => {
    const { opener, committed, served } = openIndex();
    const client = new IndexClient(opener);
    const request = {
      ...requestOf(putsOf(3)),
      number: 2 ** 53 - 1,
      leases: [3 as LeaseId, 4 as LeaseId],
      locations: [
        { first: 0 as ChunkId, count: 2, peer: testPeer(5) },
        { first: 9 as ChunkId, count: 1, peer: testPeer(6) },
        { first: 2 as ChunkId, count: 2, peer: testPeer(5) },
      ],
      note: "nightly",
    };
    expect(await client.commit(request)).toEqual(reply);
    const [{ digest, ...rest } = request] = committed;
    expect(rest).toEqual({ ...request, digest: undefined });
    expect(Buffer.from(digest)).toEqual(Buffer.from(digestOfChanges(request.changes)));
    await client.close();
    await served;
  });

  it("stages a commit of as many changes as may be", async () => {
    const { opener, committed, served } = openIndex();
    const client = new IndexClient(opener);
    const changes = putsOf(COMMIT_CHANGES_MAX);
    expect(await client.commit(requestOf(changes))).toEqual(reply);
    // The index compared the digest; comparing all objects takes longer than the commit.
    const received = committed[0]?.changes ?? [];
    expect(received).toHaveLength(changes.length);
    expect(received.at(-1)).toEqual(changes.at(-1));
    await client.close();
    await served;
  });

  it("lets large and small commits of one client go on at once", async () => {
    const { opener, committed, served } = openIndex();
    const client = new IndexClient(opener);
    const sizes = [3000, 1, 2500, 2, 1025];
    await Promise.all(
      sizes.map((size, i) => client.commit({ ...requestOf(putsOf(size)), number: i })),
    );
    const seen = committed.map(({ number, changes }) => ({ number, size: changes.length }));
    expect(seen.toSorted((a, b) => a.number - b.number)).toEqual(
      sizes.map((size, number) => ({ number, size })),
    );
    await client.close();
    await served;
  });

  it("refuses more changes than may be before anything is sent", async () => {
    const { opener } = openIndex();
    const call = new IndexClient(opener).commit(requestOf(putsOf(COMMIT_CHANGES_MAX + 1)));
    await expect(call).rejects.toMatchObject({ code: "too-large" });
  });

  it("refuses a digest that is not that of the changes", async () => {
    const { opener, committed } = openIndex();
    const client = new IndexClient(opener);
    for (const size of [1, CHANGES_PER_MESSAGE_MAX + 1]) {
      const digest = createHash("sha256").digest();
      const call = client.commit({ ...requestOf(putsOf(size)), digest });
      await expect(call).rejects.toMatchObject({ code: "bad-request" });
    }
    expect(committed).toEqual([]);
  });

  it("refuses a path of any part and commits nothing", async () => {
    const { opener, committed } = openIndex();
    const client = new IndexClient(opener);
    const changes = putsOf(5000);
    changes[1500] = { op: "mkdir", path: "/a//b" as DrivePath };
    await expect(client.commit(requestOf(changes))).rejects.toMatchObject({ code: "invalid-path" });
    expect(await client.commit(requestOf(putsOf(2000)))).toEqual(reply);
    expect(committed).toHaveLength(1);
  });

  it("answers busy when the process holds too much, and frees what it held", async () => {
    const stageBudget = new StageBudget(2 * 1024 * 1024);
    const { opener } = openIndex({ stageBudget });
    const client = new IndexClient(opener);
    const large = client.commit(requestOf(putsOf(20_000)));
    await expect(large).rejects.toMatchObject({ code: "busy" });
    expect(await client.commit(requestOf(putsOf(2000)))).toEqual(reply);
    expect(stageBudget.take(2 * 1024 * 1024)).toBe(true);
  });

  it("frees what a connection staged when it ends", async () => {
    const stageBudget = new StageBudget(1024 * 1024);
    const { opener, served } = openIndex({ stageBudget });
    await ask(opener, { stage: { stage: 1, part: 0 } }, Changes.encode(partOf(1000)));
    expect(stageBudget.take(1024 * 1024)).toBe(false);
    await opener.close();
    await served;
    expect(stageBudget.take(1024 * 1024)).toBe(true);
  });

  it("takes parts in any order", async () => {
    const { opener, committed } = openIndex();
    const changes = putsOf(3);
    const parts = changes.map((change) => [...encodeChanges([change])][0] ?? new Uint8Array());
    const digest = digestOfChanges(changes);
    await ask(opener, { stage: { stage: 1, part: 1 } }, parts[1]);
    await ask(opener, { stage: { stage: 1, part: 0 } }, parts[0]);
    const commit = { ...EMPTY_COMMIT, digest, stage: 1, parts: 2 };
    const answer = await ask(opener, { commit }, parts[2]);
    expect(answer.status).toBe(0);
    expect(committed[0]?.changes).toEqual(changes);
  });

  it.each([
    ["a part is missing", [0, 2], 3, 1],
    ["parts were never staged", [], 1, 1],
    ["the stage is another", [0], 1, 2],
    ["a part came twice", [0, 0], 1, 1],
  ])("refuses a commit when %s", async (_, staged, parts, stage) => {
    const { opener, committed } = openIndex();
    for (const part of staged) await ask(opener, { stage: { stage: 1, part } });
    const digest = digestOfChanges([]);
    const answer = await ask(opener, { commit: { ...EMPTY_COMMIT, digest, stage, parts } });
    expect(answer.status).toBe(1);
    expect(committed).toEqual([]);
  });

  it("cuts parts as it pleases without changing the digest", () => {
    const changes = [...putsOf(3), ...putsOf(20, 4000), ...putsOf(1500)];
    const parts = [...encodeChanges(changes)];
    expect(parts.length).toBeGreaterThan(3);
    expect(Math.max(...parts.map((part) => part.length))).toBeLessThan(1024 * 1024);
    const decoded = parts.flatMap(decodeChanges);
    expect(decoded).toHaveLength(changes.length);
    expect(Buffer.from(digestOfChanges(decoded))).toEqual(Buffer.from(digestOfChanges(changes)));
    const joined = createHash("sha256").update(Buffer.concat(parts)).digest();
    expect(joined).toEqual(Buffer.from(digestOfChanges(changes)));
  });
});

const EMPTY_COMMIT = {
  number: 1,
  digest: new Uint8Array(),
  leases: [],
  peers: [],
  locations: [],
  note: "",
  minCopies: 0,
  stage: 0,
  parts: 0,
};

const partOf = (count: number) => ({
  changes: Array.from({ length: count }, (_, i) => ({ op: 2, path: `/${i}`, whenAbsent: false })),
});

let calls = 0;

/** One raw request and its reply. */
async function ask(
  frames: FrameStream,
  body: Partial<IndexRequest>,
  payload?: Uint8Array,
): Promise<IndexReply> {
  await frames.send(IndexRequest.encode({ ...body, call: ++calls }), payload);
  const frame = await frames.next();
  return IndexReply.decode(frame?.header ?? new Uint8Array());
}
