import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  CHUNK_BYTES_MAX,
  digestOf,
  GoliathError,
  hasCode,
  type ChunkId,
  type ChunkRun,
} from "../nouns/exports.ts";
import { openFramePair, openStreamPair } from "../testing/frame-pair.ts";
import { encodeFrame, FrameStream } from "../wire/exports.ts";
import {
  CHUNKS_BOUNDS,
  HAS_REPLY_RUNS_MAX,
  HAS_RUNS_MAX,
  READ_SMALL_MAX,
  SERVED_AT_ONCE_MAX,
} from "./bounds.ts";
import { ChunksClient } from "./chunks-client.ts";
import { EMPTY_REPLY, encodeReply, encodeRequest } from "./chunks-wire.ts";
import { serveChunks } from "./serve-chunks.ts";
import { WANTS_IN_FLIGHT_MAX, type ChunksService } from "./service.ts";

const ROOT = digestOf(Buffer.from("root"));

const id = (number: number): ChunkId => number as ChunkId;
const bytesOf = (chunk: ChunkId): Uint8Array => new Uint8Array(1000).fill(chunk % 251);

/** Holds chunks 0 to 999. */
const HOLDER: ChunksService = {
  read: async (want) => {
    if (want.id >= 1000) throw new GoliathError("missing", "no", { about: { id: want.id } });
    const { offset = 0, length = 1000 } = want;
    return bytesOf(want.id).subarray(offset, offset + length);
  },
  has: async ({ runs }) => runs.filter(({ first }) => first < 1000),
  page: async ({ pageIndex }) => ({
    leaves: new Uint8Array(64).fill(1),
    sums: new Uint8Array(32).fill(pageIndex),
  }),
  push: async ({ id: chunk, digest, bytes }) => {
    if (Buffer.compare(digestOf(bytes), digest) !== 0) throw new GoliathError("corrupt", "no");
    if (chunk >= 1000) throw new GoliathError("forbidden", "not announced");
  },
};

function open(service: Partial<ChunksService> = {}) {
  const [opener, answerer] = openFramePair(CHUNKS_BOUNDS);
  const served = serveChunks(answerer, { ...HOLDER, ...service });
  served.catch(() => undefined);
  return { client: new ChunksClient(opener), served };
}

describe("ChunksClient and serveChunks", () => {
  it("read many chunks at once, each want its own bytes", async () => {
    const { client, served } = open();
    const ids = Array.from({ length: 500 }, (_, index) => id(index));
    const chunks = await Promise.all(ids.map((chunk) => client.read({ id: chunk })));
    expect(chunks).toEqual(ids.map(bytesOf));
    await client.close();
    await served;
    await client.closed;
  });

  it("read small chunks together, what is not given among them", async () => {
    const { client, served } = open({
      readSmall: async ({ runs }) =>
        runs.flatMap(({ first, count }) =>
          Array.from({ length: count }, (_, at) => {
            const chunk = id(first + at);
            return chunk % 3 === 0 ? undefined : bytesOf(chunk).subarray(0, chunk);
          }),
        ),
    });
    const runs = [
      { first: id(1), count: 3 },
      { first: id(100), count: READ_SMALL_MAX - 3 },
    ];
    const given = await client.readSmall({ runs });
    expect(given).toHaveLength(READ_SMALL_MAX);
    expect(given.slice(0, 3)).toEqual([Uint8Array.of(1), Uint8Array.of(2, 2), undefined]);
    expect(given[3]).toEqual(bytesOf(id(100)).subarray(0, 100));
    expect(given.at(-1)).toEqual(bytesOf(id(224)).subarray(0, 224));
    const tooMany = client.readSmall({ runs: [{ first: id(1), count: READ_SMALL_MAX + 1 }] });
    await expect(tooMany).rejects.toMatchObject({ code: "closed" });
    await served.catch(() => undefined);
  });

  it("are given no small chunk by whoever keeps none together", async () => {
    const { client } = open();
    expect(await client.readSmall({ runs: [{ first: id(1), count: 2 }] })).toEqual([
      undefined,
      undefined,
    ]);
  });

  it("refuse small chunks that do not add up", async () => {
    const answers: [number[], number][] = [
      [[2], 1],
      [[2, 3], 4],
      [[2, 3, 0], 5],
    ];
    for (const [lengths, payloadBytes] of answers) {
      const [opener, answerer] = openFramePair(CHUNKS_BOUNDS);
      const client = new ChunksClient(opener);
      const reading = client.readSmall({ runs: [{ first: id(1), count: 2 }] });
      await answerer.next();
      const reply = { ...EMPTY_REPLY, call: 1, status: 0, about: "", lengths };
      await answerer.send(encodeReply(reply), new Uint8Array(payloadBytes));
      await expect(reading).rejects.toMatchObject({ code: "corrupt" });
    }
  });

  it("read parts, and the largest chunk there is", async () => {
    const whole = new Uint8Array(CHUNK_BYTES_MAX).fill(7);
    const { client } = open({
      read: async (want, options) => (want.id === 5000 ? whole : HOLDER.read(want, options)),
    });
    expect(await client.read({ id: id(3), offset: 990, length: 4 })).toEqual(
      bytesOf(id(3)).subarray(990, 994),
    );
    expect(Buffer.compare(await client.read({ id: id(5000) }), whole)).toBe(0);
  });

  it("read passes a refusal on, with the id", async () => {
    const { client } = open();
    const read = client.read({ id: id(1000) });
    await expect(read).rejects.toMatchObject({ code: "missing", about: { id: 1000 } });
  });

  it("read refuses more bytes than it asked for", async () => {
    const { client } = open({ read: async () => new Uint8Array(11) });
    const read = client.read({ id: id(1), length: 10 });
    await expect(read).rejects.toMatchObject({ code: "corrupt" });
  });

  it("has gives the runs the peer can serve", async () => {
    const { client } = open();
    const runs: ChunkRun[] = [
      { first: id(5), count: 3 },
      { first: id(5000), count: 1 },
    ];
    expect(await client.has({ runs })).toEqual(runs.slice(0, 1));
  });

  it("has refuses too many runs before they are sent, and clips an answer of too many", async () => {
    const many = Array.from({ length: HAS_REPLY_RUNS_MAX + 1 }, (_, index) => ({
      first: id(2 * index),
      count: 1,
    }));
    const { client } = open({ has: async () => many });
    const tooMany = client.has({ runs: many.slice(0, HAS_RUNS_MAX + 1) });
    await expect(tooMany).rejects.toMatchObject({ code: "too-large" });
    expect(await client.has({ runs: many.slice(0, 1) })).toHaveLength(HAS_REPLY_RUNS_MAX);
  });

  it("page gives leaves and digests apart", async () => {
    const { client } = open();
    expect(await client.page({ root: ROOT, pageIndex: 3 })).toEqual({
      leaves: new Uint8Array(64).fill(1),
      sums: new Uint8Array(32).fill(3),
    });
  });

  it("page refuses what does not add up", async () => {
    const sums = new Uint8Array(33);
    const { client } = open({ page: async () => ({ leaves: new Uint8Array(), sums }) });
    const page = client.page({ root: ROOT, pageIndex: 0 });
    await expect(page).rejects.toMatchObject({ code: "corrupt" });
  });

  it("push gives the chunk, or the reason why not", async () => {
    const { client } = open();
    const bytes = new Uint8Array(CHUNK_BYTES_MAX).fill(1);
    const digest = digestOf(bytes);
    await client.push({ id: id(1), digest, bytes });
    const foreign = client.push({ id: id(1000), digest, bytes });
    await expect(foreign).rejects.toMatchObject({ code: "forbidden" });
    const wrong = client.push({ id: id(1), digest: ROOT, bytes });
    await expect(wrong).rejects.toMatchObject({ code: "corrupt" });
  });

  it("stop the work of a want that is given up", async () => {
    const stopped = Promise.withResolvers<unknown>();
    const { client } = open({
      read: (_want, { signal } = {}) =>
        new Promise((_resolve, reject) => {
          signal?.addEventListener("abort", () => {
            stopped.resolve(undefined);
            reject(signal.reason);
          });
        }),
    });
    const control = new AbortController();
    const read = client.read({ id: id(1) }, { signal: control.signal });
    await new Promise(setImmediate);
    control.abort();
    await expect(read).rejects.toMatchObject({ code: "aborted" });
    await stopped.promise;
  });
});

describe("serveChunks", () => {
  it("reads few chunks ahead of a reader that takes none", async () => {
    let reads = 0;
    const [opener, answerer] = openFramePair(CHUNKS_BOUNDS);
    const served = serveChunks(answerer, {
      ...HOLDER,
      read: async () => {
        reads++;
        return new Uint8Array(CHUNK_BYTES_MAX);
      },
    });
    for (let call = 1; call <= WANTS_IN_FLIGHT_MAX; call++) {
      await opener.send(encodeRequest({ call, ask: "read", want: { id: id(1) } }));
    }
    for (let turn = 0; turn < 20; turn++) await new Promise(setImmediate);
    expect(reads).toBeLessThanOrEqual(SERVED_AT_ONCE_MAX);
    opener.abort(new Error("gone"));
    await expect(served).rejects.toMatchObject({ code: "closed" });
  });

  it("refuses a payload where none belongs", async () => {
    const [opener, answerer] = openFramePair(CHUNKS_BOUNDS);
    const served = serveChunks(answerer, HOLDER);
    const header = encodeRequest({ call: 1, ask: "read", want: { id: id(1) } });
    await opener.send(header, Uint8Array.of(1));
    const frame = await opener.next();
    expect(frame?.payload).toHaveLength(0);
    expect(Buffer.from(frame?.header ?? []).toString("hex")).toBe("08011001");
    await opener.close();
    await served;
  });

  it("ends with one of ours, whatever comes, and aborts the stream", async () => {
    const garbage = fc.oneof(
      fc.uint8Array({ minLength: 1, maxLength: 60 }),
      fc
        .tuple(fc.uint8Array({ maxLength: 30 }), fc.uint8Array({ maxLength: 30 }))
        .map(([header, payload]) => Buffer.concat(encodeFrame(header, payload))),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(garbage, { maxLength: 5 }), async (pieces) => {
        const [opener, answerer] = openStreamPair();
        const served = serveChunks(new FrameStream(answerer, CHUNKS_BOUNDS), HOLDER).then(
          () => "served",
          (error: unknown) => error,
        );
        for (const piece of pieces) await opener.send(piece).catch(() => undefined);
        await opener.close();
        const end = await served;
        expect(end === "served" || hasCode(end, "bad-request", "too-large")).toBe(true);
      }),
      { numRuns: 300 },
    );
  });
});
