/** Holders that lie, break the protocol or never answer: right bytes all the same, and they rest. */
import { ManualClock } from "@goliath/kit";
import { serveChunks, type ChunksService, type ChunkWant } from "@goliath/protocols/chunks";
import { GoliathError, type ErrorCode, type PeerId } from "@goliath/protocols/nouns";
import { encodeFrame } from "@goliath/protocols/wire";
import { describe, expect, it } from "vitest";
import {
  LACKS_MAX,
  LIE_REST_MAX_MS,
  LIE_REST_MIN_MS,
  SourceBook,
  SOURCES_MAX,
} from "./source-book.ts";
import {
  chunkBytes,
  needOf,
  openSwarmWorld,
  type Answer,
  type SwarmWorld,
} from "./testing/swarm-world.ts";

/** A swarm asks elsewhere for what has not come after this long. */
const STALL_MS = 30_000;
const MINUTE_MS = 60_000;
/** For wants that wait for a holder to come. */
const PATIENCE_MS = 10 * MINUTE_MS;

/** A holder that answers each read with what `read` makes of it; counts the reads. */
function answering(read: (want: ChunkWant) => Promise<Uint8Array> | Uint8Array): {
  answer: Answer;
  asked: number[];
} {
  const asked: number[] = [];
  const refuse = (): never => {
    throw new GoliathError("missing", "not here");
  };
  const service: ChunksService = {
    read: async (want) => {
      asked.push(want.id);
      return read(want);
    },
    has: async () => [],
    page: async () => refuse(),
    push: async () => refuse(),
  };
  return { answer: (frames) => serveChunks(frames, service), asked };
}

const honestRead: ChunksService["read"] = async ({ id }) => chunkBytes(id);
const refusing = (): never => {
  throw new GoliathError("missing", "not here");
};

const honest = () => answering(({ id }) => chunkBytes(id));

const LIES: Record<string, (want: ChunkWant) => Uint8Array> = {
  "wrong bytes": ({ id }) => chunkBytes(id).fill(0),
  "one wrong bit": ({ id }) => {
    const bytes = chunkBytes(id);
    bytes[17] = (bytes[17] ?? 0) ^ 1;
    return bytes;
  },
  "a byte too few": ({ id }) => chunkBytes(id).subarray(1),
  "a byte too many": ({ id }) => Buffer.concat([chunkBytes(id), Buffer.alloc(1)]),
  nothing: () => new Uint8Array(),
  "another chunk's bytes": ({ id }) => chunkBytes(id + 1),
  "the longest payload there may be": () => new Uint8Array(4 * 1024 * 1024),
};

/** Replies as they stand on the wire: field 1 is the call. */
const reply = (call: number, payload: Uint8Array = new Uint8Array()): Uint8Array =>
  Buffer.concat(encodeFrame(Uint8Array.of(0x08, call), payload));

const BREACHES: Record<string, Answer> = {
  "a header that is noise": async (frames, stream) => {
    await frames.next();
    await stream.send(Buffer.concat(encodeFrame(Uint8Array.of(0xff, 0xff, 0xff))));
  },
  "a frame longer than any": async (frames, stream) => {
    await frames.next();
    await stream.send(Uint8Array.of(0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff));
  },
  "half a frame and the end": async (frames, stream) => {
    await frames.next();
    await stream.send(reply(1, chunkBytes(1)).subarray(0, 100));
    await frames.close();
  },
  "the end": (frames) => frames.close(),
  "replies to calls never made, without end": async (frames, stream) => {
    await frames.next();
    for (let call = 2; ; call = 2 + (call % 100)) await stream.send(reply(call));
  },
};

/** Fetches chunk after chunk and checks each. */
async function fetchAll(world: SwarmWorld, ids: number[]): Promise<void> {
  for (const id of ids) {
    const bytes = await world.swarm.fetch(needOf(id));
    expect(Buffer.from(bytes).equals(chunkBytes(id))).toBe(true);
  }
}

describe("Swarm with holders that lie", () => {
  it.each(Object.entries(LIES))("takes no %s, and asks that holder no more", async (_, lie) => {
    await using world = await openSwarmWorld();
    const liar = answering(lie);
    await world.holder(liar.answer);
    const other = honest();
    await world.holder(other.answer);
    await fetchAll(world, [1, 2, 3, 4, 5]);
    expect(liar.asked).toHaveLength(1);
    await world.clock.advance(LIE_REST_MIN_MS - 1);
    await fetchAll(world, [6]);
    expect(liar.asked).toHaveLength(1);
    await world.clock.advance(MINUTE_MS);
    await fetchAll(world, [7, 8, 9]);
    expect(liar.asked).toHaveLength(2);
  });

  it("takes no wrong bytes among small chunks, and asks that holder no more", async () => {
    await using world = await openSwarmWorld();
    const { signal } = new AbortController();
    const service = { read: honestRead, has: async () => [], page: refusing, push: refusing };
    let asked = 0;
    const readSmall: ChunksService["readSmall"] = async ({ runs }) => {
      asked++;
      return runs.flatMap(({ first, count }) =>
        Array.from({ length: count }, (_, at) => (at === 1 ? undefined : chunkBytes(first))),
      );
    };
    await world.holder((frames) => serveChunks(frames, { ...service, readSmall }));
    // The first is right, the second not given, the third is the first's again.
    expect(await world.swarm.fetchSmall([1, 2].map(needOf), { signal })).toEqual([
      new Uint8Array(chunkBytes(1)),
      undefined,
    ]);
    expect(await world.swarm.fetchSmall([1, 2, 3].map(needOf), { signal })).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
    expect(await world.swarm.fetchSmall([1].map(needOf), { signal })).toEqual([]);
    expect(asked).toBe(2);
    expect(world.swarm.counts.wrong).toBe(1);
  });

  it("says that nobody holds it when all holders lie", async () => {
    await using world = await openSwarmWorld();
    await world.holder(answering(() => new Uint8Array(1)).answer);
    await world.holder(answering(({ id }) => chunkBytes(id + 1)).answer);
    const fetching = world.swarm.fetch(needOf(1));
    fetching.catch(() => undefined);
    await world.clock.advance(MINUTE_MS);
    await expect(fetching).rejects.toMatchObject({ code: "no-holder" });
  });

  it("leaves a liar alone although its link's other wants fail after the lie", async () => {
    await using world = await openSwarmWorld();
    const stuck = Promise.withResolvers<Uint8Array>();
    const liar = answering(({ id }) => (id === 3 ? new Uint8Array(1) : stuck.promise));
    await world.holder(liar.answer);
    const fetching = [1, 2, 3].map((id) =>
      world.swarm.fetch(needOf(id), { patienceMs: PATIENCE_MS }),
    );
    await world.clock.advance(0);
    await world.holder(honest().answer);
    await world.clock.advance(MINUTE_MS);
    await Promise.all(fetching);
    await fetchAll(world, [4, 5]);
    expect(liar.asked.toSorted()).toEqual([1, 2, 3]);
    stuck.resolve(new Uint8Array());
  });

  it.each(["changed", "missing", "corrupt"] as const)(
    "holds it against nobody that a chunk is %s by now",
    async (refusal) => {
      await using world = await openSwarmWorld();
      let refused = 0;
      const changing = answering(({ id }) => {
        if (id < 5 && refused++ >= 0) throw new GoliathError(refusal, "not any more");
        return chunkBytes(id);
      });
      await world.holder(changing.answer);
      for (const id of [1, 2, 3, 4]) {
        const fetching = world.swarm.fetch(needOf(id));
        fetching.catch(() => undefined);
        await world.clock.advance(MINUTE_MS);
        await expect(fetching).rejects.toMatchObject({ code: "no-holder" });
      }
      expect(refused).toBeGreaterThan(0);
      // No rest: it is asked for the next chunk in the same instant.
      await fetchAll(world, [5]);
    },
  );
});

describe("Swarm with holders that break the protocol", () => {
  it.each(Object.entries(BREACHES))("gets on after %s", async (_, breach) => {
    await using world = await openSwarmWorld();
    let streams = 0;
    await world.holder(async (frames, stream) => {
      streams++;
      await breach(frames, stream).catch(() => undefined);
    });
    await world.holder(honest().answer);
    await fetchAll(world, [1, 2, 3, 4]);
    expect(streams).toBe(1);
  });

  it("asks elsewhere when an answer never comes, and then one want at a time", async () => {
    await using world = await openSwarmWorld();
    const stuck = Promise.withResolvers<Uint8Array>();
    const silent = answering(() => stuck.promise);
    await world.holder(silent.answer);
    await world.holder(honest().answer);
    const fetching = [world.swarm.fetch(needOf(1))];
    await world.clock.advance(0);
    // The other has answered once, and so is asked for all the rest.
    await fetchAll(world, [50]);
    for (let id = 2; id <= 20; id++) fetching.push(world.swarm.fetch(needOf(id)));
    await world.clock.advance(STALL_MS - 1);
    expect(silent.asked).toEqual([1]);
    await world.clock.advance(1);
    const all = await Promise.all(fetching);
    expect(all.every((bytes, i) => Buffer.from(bytes).equals(chunkBytes(i + 1)))).toBe(true);
    stuck.resolve(new Uint8Array());
  });

  it("asks elsewhere when an answer comes a byte at a time", async () => {
    await using world = await openSwarmWorld();
    await world.holder(async (frames, stream) => {
      await frames.next();
      for (const byte of reply(1, chunkBytes(1))) {
        await stream.send(Uint8Array.of(byte));
        await world.clock.sleep(1000);
      }
    });
    await world.holder(honest().answer);
    const fetching = world.swarm.fetch(needOf(1));
    await world.clock.advance(STALL_MS);
    expect(Buffer.from(await fetching).equals(chunkBytes(1))).toBe(true);
  });

  it("takes replies that come late, twice or in another order for what they are", async () => {
    await using world = await openSwarmWorld();
    await world.holder(async (frames, stream) => {
      for (let i = 0; i < 3; i++) await frames.next();
      // Only the last of three is answered with its own bytes, the others with each other's.
      await stream.send(reply(3, chunkBytes(3)));
      await stream.send(reply(1, chunkBytes(2)));
      await stream.send(reply(2, chunkBytes(1)));
      await stream.send(reply(3, chunkBytes(9)));
    });
    const fetching = [1, 2, 3].map((id) =>
      world.swarm.fetch(needOf(id), { patienceMs: PATIENCE_MS }),
    );
    await world.clock.advance(0);
    await world.holder(honest().answer);
    await world.clock.advance(MINUTE_MS);
    const all = await Promise.all(fetching);
    expect(all.map((bytes) => String(Buffer.from(bytes.subarray(0, 8))))).toEqual([
      "chunk 1;",
      "chunk 2;",
      "chunk 3;",
    ]);
  });
});

describe("Swarm with holders that lack what they are said to hold", () => {
  const lacking = (code: ErrorCode) =>
    answering(() => {
      throw new GoliathError(code, "not any more");
    });

  it.each(["missing", "changed", "corrupt"] as const)("takes %s for no lie", async (code) => {
    await using world = await openSwarmWorld();
    const changed = lacking(code);
    await world.holder(changed.answer);
    await world.holder(honest().answer);
    await fetchAll(world, [1, 2, 3]);
    expect(changed.asked).toEqual([1, 2, 3]);
  });

  it("leaves one alone for a while that never has anything", async () => {
    await using world = await openSwarmWorld();
    const boaster = lacking("missing");
    await world.holder(boaster.answer);
    await world.holder(honest().answer);
    await fetchAll(
      world,
      Array.from({ length: 3 * LACKS_MAX }, (_, i) => i),
    );
    expect(boaster.asked).toHaveLength(LACKS_MAX);
  });
});

describe("SourceBook", () => {
  const peer = (n: number): PeerId => `peer-${n}` as PeerId;

  it("doubles the rest of a liar, to a day, and counts nothing shorter in between", async () => {
    const clock = new ManualClock();
    const book = new SourceBook(clock);
    for (let restMs = LIE_REST_MIN_MS, round = 0; round < 12; round++) {
      book.asked(peer(1), 2);
      book.lied(peer(1), 1);
      book.failed(peer(1), 1);
      await clock.advance(restMs - 1);
      expect(book.best([peer(1)], 1)).toBeUndefined();
      await clock.advance(1);
      expect(book.best([peer(1)], 1)).toBe(peer(1));
      restMs = Math.min(restMs * 2, LIE_REST_MAX_MS);
    }
  });

  it("counts what fails together once", async () => {
    const clock = new ManualClock();
    const book = new SourceBook(clock);
    book.asked(peer(1), 60);
    for (let i = 0; i < 60; i++) book.failed(peer(1), 1);
    await clock.advance(500);
    expect(book.best([peer(1)], 1)).toBe(peer(1));
  });

  it("remembers a liar however many others come by, and no more than it may", () => {
    const book = new SourceBook(new ManualClock());
    book.asked(peer(0), 1);
    book.lied(peer(0), 1);
    for (let n = 1; n <= 3 * SOURCES_MAX; n++) book.best([peer(n)], 1);
    expect(book.best([peer(0)], 1)).toBeUndefined();
    for (let n = 1; n <= 3 * SOURCES_MAX; n++) {
      book.asked(peer(n), 1);
      book.lied(peer(n), 1);
    }
    expect(book.size).toBe(SOURCES_MAX);
  });
});
