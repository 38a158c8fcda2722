import { describe, expect, it } from "vitest";
import {
  GoliathError,
  parsePath,
  type ChunkId,
  type Digest,
  type DirId,
  type DriveId,
  type Entry,
  type FileBody,
  type FileEntry,
  type LeaseId,
  type Revision,
} from "../nouns/exports.ts";
import { openFramePair, testPeer } from "../testing/frame-pair.ts";
import { checkGarbageFrames } from "../testing/garbage-frames.ts";
import { createStubIndex } from "../testing/stub-index.ts";
import type { FrameStream } from "../wire/exports.ts";
import { ADDRESSES_MAX, HOLDER_RUNS_MAX, INDEX_BOUNDS } from "./bounds.ts";
import { IndexReply, IndexRequest } from "./generated/index.js";
import { IndexClient } from "./index-client.ts";
import { serveIndex } from "./serve-index.ts";
import {
  RESOLVE_PATHS_MAX,
  type IndexService,
  type LogEntry,
  type Member,
  type PeerInfo,
} from "./service.ts";

/** A client of an index with these answers; `faults` are the answerer's own. */
async function openIndex(answers: Partial<IndexService>) {
  const [opener, answerer] = openFramePair(INDEX_BOUNDS);
  const faults: GoliathError[] = [];
  const served = serveIndex(answerer, createStubIndex(answers), {
    onFault: (fault) => faults.push(fault),
  });
  const client = new IndexClient(opener);
  return {
    client,
    faults,
    served,
    async [Symbol.asyncDispose]() {
      await client.close();
      await served;
      await client.closed;
    },
  };
}

const revision = 12 as Revision;
const peer = testPeer(3);
const path = parsePath("/data/a.bin");

function fileOf(extents: number): FileBody {
  return {
    root: new Uint8Array(32).fill(9) as Digest,
    extents: Array.from({ length: extents }, (_, i) => ({
      first: (2 ** 41 + 2 * i) as ChunkId,
      count: 1,
      bytes: 1000,
    })),
    size: extents * 1000,
    mtimeMs: -1,
    executable: true,
  };
}

describe("IndexClient", () => {
  it("drive returns what the index says of itself", async () => {
    const info = {
      drive: testPeer(7) as string as DriveId,
      generation: 2,
      chunkBytes: 1024 * 1024,
      revision,
      oldest: 3 as Revision,
      leaseMs: 600_000,
    };
    await using index = await openIndex({ drive: async () => info });
    expect(await index.client.drive()).toEqual(info);
  });

  it("resolve answers any number of paths, all of the first reply's revision", async () => {
    const asked: (Revision | undefined)[] = [];
    await using index = await openIndex({
      resolve: async ({ paths, at }) => {
        asked.push(at);
        const entries = paths.map((one): Entry | undefined =>
          one === path ? { kind: "file", revision, ...fileOf(1) } : undefined,
        );
        return { revision: at ?? revision, entries };
      },
    });
    const paths = Array.from({ length: 2500 }, (_, i) => parsePath(`/${i}`));
    const reply = await index.client.resolve({ paths: [...paths, path], sums: true });
    expect(reply.entries).toHaveLength(2501);
    expect(reply.entries.at(-1)).toMatchObject({ kind: "file", size: 1000 });
    expect(reply.revision).toBe(revision);
    expect(asked).toEqual([undefined, revision, revision]);
  });

  it("resolve asks again for entries too large for one message", async () => {
    const large: FileEntry = { kind: "file", revision, ...fileOf(60_000) };
    await using index = await openIndex({
      resolve: async ({ paths }) => ({ revision, entries: paths.map(() => large) }),
    });
    const reply = await index.client.resolve({ paths: [path, path, path] });
    const sizes = reply.entries.map((entry) => (entry?.kind === "file" ? entry.size : 0));
    expect(sizes).toEqual([large.size, large.size, large.size]);
  });

  it("resolve of no path tells the revision", async () => {
    await using index = await openIndex({ resolve: async () => ({ revision, entries: [] }) });
    expect(await index.client.resolve({ paths: [] })).toEqual({ revision, entries: [] });
  });

  it("list cuts a page that does not fit and goes on after its last name", async () => {
    const entry: Entry = { kind: "file", revision, ...fileOf(9000) };
    const names = Array.from({ length: 30 }, (_, i) => String(i).padStart(2, "0"));
    await using index = await openIndex({
      list: async ({ after = "" }) => ({
        revision,
        dir: 5 as DirId,
        entries: names.filter((name) => name > after).map((name) => ({ name, entry })),
      }),
    });
    const seen: string[] = [];
    let pages = 0;
    for (let after: string | undefined, more = true; more; pages++) {
      const page = await index.client.list({
        where: { dir: 5 as DirId },
        ...(after !== undefined && { after }),
      });
      for (const { name } of page.entries) seen.push(name);
      after = page.next;
      more = after !== undefined;
    }
    expect(seen).toEqual(names);
    expect(pages).toBeGreaterThan(1);
  });

  it("list refuses a reply that goes on at a name before", async () => {
    const where = { dir: 5 as DirId };
    for (const next of ["m", "a", "\u{10000}"]) {
      await using index = await openIndex({
        list: async () => ({ revision, dir: where.dir, entries: [], next }),
      });
      // In the order of UTF-8 the last of them is the later one, in that of UTF-16 it is not.
      const listing = index.client.list({ where, after: next === "m" ? "m" : "\u{ffff}" });
      if (next > "m") expect((await listing).next).toBe(next);
      else await expect(listing).rejects.toMatchObject({ code: "bad-request" });
    }
  });

  it("digests carries raw digests in the payload", async () => {
    const sums = new Uint8Array(3 * 32).fill(5);
    await using index = await openIndex({ digests: async () => sums });
    const runs = [{ first: 8 as ChunkId, count: 3 }];
    expect(new Uint8Array(await index.client.digests({ runs }))).toEqual(sums);
  });

  it("digests refuses a reply of another length with bad-request", async () => {
    await using index = await openIndex({ digests: async () => new Uint8Array(64) });
    const call = index.client.digests({ runs: [{ first: 8 as ChunkId, count: 3 }] });
    await expect(call).rejects.toMatchObject({ code: "bad-request" });
  });

  it("holders asks again for the runs that did not fit, with one table of peers", async () => {
    const peers = [3, 4, 5].map((byte) => ({
      peer: testPeer(byte),
      addresses: Array.from({ length: 20 }, (_, i) => `/ip4/10.0.0.${i}/tcp/1`),
    }));
    await using index = await openIndex({
      holders: async ({ runs }) => ({
        peers,
        runs: runs.flatMap(({ first, count }) =>
          Array.from({ length: count }, (_, i) => ({
            first: (first + i) as ChunkId,
            count: 1,
            holders: [(first + i) % 3],
            copies: i % 2,
          })),
        ),
      }),
    });
    const count = HOLDER_RUNS_MAX + 100;
    const reply = await index.client.holders({ runs: [{ first: 1 as ChunkId, count }] });
    expect(reply.peers).toHaveLength(3);
    expect(reply.peers[0]?.addresses).toHaveLength(ADDRESSES_MAX);
    expect(reply.runs).toHaveLength(count);
    const wrong = reply.runs.filter(
      ({ first, holders: [holder = -1] }) =>
        reply.peers[holder]?.peer !== testPeer(3 + (first % 3)),
    );
    expect(wrong).toEqual([]);
  });

  it("allocate, renew and stageDigests reach the index as they were asked", async () => {
    const asked: unknown[] = [];
    const lease = { lease: 4 as LeaseId, first: (2 ** 40) as ChunkId, count: 2 };
    await using index = await openIndex({
      allocate: async (request) => (asked.push(request), lease),
      renew: async (request) => void asked.push(request),
      stageDigests: async ({ sums, ...rest }) => void asked.push({ ...rest, bytes: sums.length }),
    });
    const { client } = index;
    expect(await client.allocate({ count: 2 })).toEqual(lease);
    await client.renew({ leases: [lease.lease] });
    await client.stageDigests({ lease: lease.lease, first: lease.first, sums: new Uint8Array(64) });
    expect(asked).toEqual([{ count: 2 }, { leases: [4] }, { lease: 4, first: 2 ** 40, bytes: 64 }]);
  });

  it("log and peers and members come whole though their rows fill many messages", async () => {
    const note = "n".repeat(1000);
    const rows: LogEntry[] = Array.from({ length: 1000 }, (_, i) => {
      const row = { at: i, writer: peer, changes: 1, summary: note, note };
      return { ...row, revision: (5000 - i) as Revision };
    });
    const infos: PeerInfo[] = Array.from({ length: 1200 }, (_, i) => ({
      peer: testPeer(i % 256),
      name: note,
      role: "reader",
      online: true,
      seenAt: i,
      addresses: [],
      chunks: 0,
      capacityBytes: 0,
      freeBytes: 0,
    }));
    const members: Member[] = infos.map(({ name, seenAt }) => {
      return { peer, name, role: "admin", joinedAt: seenAt, revoked: false };
    });
    await using index = await openIndex({
      log: async ({ before = Infinity, limit = 1000 }) =>
        rows.filter((row) => row.revision < before).slice(0, limit),
      peers: async () => infos,
      members: async () => members,
    });
    expect(await index.client.log({ limit: 900 })).toEqual(rows.slice(0, 900));
    expect(await index.client.peers()).toEqual(infos);
    expect(await index.client.members()).toEqual(members);
  });

  it("invite, revoke, renewPass and pathOf carry what they name", async () => {
    const revoked: unknown[] = [];
    await using index = await openIndex({
      invite: async ({ role, uses }) => Buffer.from(`${role} ${uses}`),
      revoke: async (request) => void revoked.push(request),
      renewPass: async () => Buffer.from("pass"),
      pathOf: async () => path,
    });
    const { client } = index;
    const invite = await client.invite({ role: "writer", expiresInMs: 1, uses: 3 });
    expect(Buffer.from(invite).toString()).toBe("writer 3");
    await client.revoke({ peer });
    expect(revoked).toEqual([{ peer }]);
    expect(Buffer.from(await client.renewPass()).toString()).toBe("pass");
    expect(await client.pathOf({ dir: 3 as DirId })).toBe(path);
  });

  it("passes on the index's refusal with the path it is about", async () => {
    await using index = await openIndex({
      list: async () => {
        throw new GoliathError("not-a-directory", "a file", { about: { path } });
      },
    });
    const call = index.client.list({ where: { path } });
    await expect(call).rejects.toMatchObject({ code: "not-a-directory", about: { path } });
    expect(index.faults).toEqual([]);
  });

  it("hears of a fault of the index as internal, whose words stay there", async () => {
    await using index = await openIndex({
      renewPass: async () => {
        throw new TypeError("secret");
      },
    });
    const error = await index.client.renewPass().catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: "internal" });
    expect(String(error)).not.toContain("secret");
    expect(index.faults).toHaveLength(1);
  });

  it("aborts a call on both ends by its signal", async () => {
    const told = Promise.withResolvers<void>();
    const begun = Promise.withResolvers<void>();
    await using index = await openIndex({
      peers: (options) =>
        new Promise((_, reject) => {
          options?.signal?.addEventListener("abort", () => {
            told.resolve();
            reject(new GoliathError("aborted", "cancelled"));
          });
          begun.resolve();
        }),
    });
    const control = new AbortController();
    const call = index.client.peers({ signal: control.signal });
    await begun.promise;
    control.abort();
    await expect(call).rejects.toMatchObject({ code: "aborted" });
    await told.promise;
  });

  it("rejects with closed once the stream has ended", async () => {
    const index = await openIndex({});
    index.client.abort(new GoliathError("closed", "gone"));
    await index.client.closed;
    await expect(index.client.drive()).rejects.toMatchObject({ code: "closed" });
    await index.served.catch(() => undefined);
  });

  it("breaks a stream that asks for more paths than one message may", async () => {
    const [opener, answerer] = openFramePair(INDEX_BOUNDS);
    const served = serveIndex(answerer, createStubIndex({}));
    const paths = Array.from({ length: RESOLVE_PATHS_MAX + 1 }, () => "/");
    await opener.send(IndexRequest.encode({ call: 1, resolve: { paths, sums: false } }));
    await expect(served).rejects.toMatchObject({ code: "too-large" });
    await expect(opener.next()).rejects.toMatchObject({ code: "closed" });
  });

  it("hears unsupported from an index that does not know the request", async () => {
    const [opener, answerer] = openFramePair(INDEX_BOUNDS);
    const served = serveIndex(answerer, createStubIndex({}));
    await opener.send(IndexRequest.encode({ call: 1 }));
    const frame = await opener.next();
    expect(IndexReply.decode(frame?.header ?? new Uint8Array())).toMatchObject({
      call: 1,
      status: 29,
    });
    await opener.close();
    await served;
  });

  it("refuses counts beyond their bounds before they are sent", async () => {
    await using index = await openIndex({});
    const { client } = index;
    for (const count of [0, -1, 1.5, 2 ** 20 + 1, NaN]) {
      await expect(client.allocate({ count })).rejects.toMatchObject({ code: "bad-request" });
    }
    const runs = [{ first: 0 as ChunkId, count: 4097 }];
    await expect(client.digests({ runs })).rejects.toMatchObject({ code: "too-large" });
  });
});

describe("serveIndex", () => {
  it("answers or ends the stream, whatever the frames", async () => {
    const serve = (frames: FrameStream) => serveIndex(frames, createStubIndex({}));
    await expect(checkGarbageFrames(serve, INDEX_BOUNDS)).resolves.toBeUndefined();
  });
});
