import { Writable } from "node:stream";
import { Uint8ArrayList } from "uint8arraylist";
import { describe, expect, it } from "vitest";
import { GATHERED_BYTES_MAX, GatheredWrites, UNSENT_BYTES_HIGH } from "./gathered-writes.ts";

const turn = () => new Promise((resolve) => setImmediate(resolve));

/** A socket that takes what is written when it is told to. */
function openSink() {
  const written: Buffer[] = [];
  let take: (() => void) | undefined;
  let isStuck = false;
  const taken = (pieces: Buffer[], done: () => void) => {
    written.push(Buffer.concat(pieces));
    if (isStuck) take = done;
    else done();
  };
  const socket = new Writable({
    write: (piece: Buffer, _, done) => taken([piece], done),
    writev: (chunks, done) =>
      taken(
        chunks.map(({ chunk }) => chunk as Buffer),
        done,
      ),
  });
  let drains = 0;
  const writes = new GatheredWrites({ socket, onDrain: () => drains++ });
  return {
    socket,
    writes,
    written,
    drains: () => drains,
    stick: () => (isStuck = true),
    release: () => {
      isStuck = false;
      take?.();
    },
  };
}

describe("GatheredWrites", () => {
  it("writes what comes in one turn at once, in order, at the turn's end", async () => {
    const { writes, written } = openSink();
    writes.add(Buffer.from("a"));
    await Promise.resolve();
    writes.add(new Uint8ArrayList(Buffer.from("b"), Buffer.from("c")));
    expect(written).toEqual([]);
    expect(writes.unsentBytes).toBe(3);
    await turn();
    expect(written.map(String)).toEqual(["abc"]);
    expect(writes.unsentBytes).toBe(0);
    writes.add(Buffer.from("d"));
    await turn();
    expect(written.map(String)).toEqual(["abc", "d"]);
  });

  it("does not keep much back until the turn's end", () => {
    const { writes, written } = openSink();
    writes.add(Buffer.from("head"));
    writes.add(Buffer.alloc(GATHERED_BYTES_MAX));
    expect(written.map(({ length }) => length)).toEqual([GATHERED_BYTES_MAX + 4]);
  });

  it("says when it is full, and once when there is room again", async () => {
    const { writes, drains, stick, release } = openSink();
    stick();
    const half = Buffer.alloc(UNSENT_BYTES_HIGH / 2);
    expect([writes.add(half), writes.add(half), writes.add(half)]).toEqual([true, false, false]);
    await turn();
    expect(drains()).toBe(0);
    release();
    await turn();
    expect(drains()).toBe(1);
    expect(writes.add(Buffer.from("more"))).toBe(true);
  });

  it("drops what comes after the socket's end", async () => {
    const { writes, socket, written } = openSink();
    writes.add(Buffer.from("in time"));
    writes.flush();
    socket.destroy();
    writes.add(Buffer.from("too late"));
    await turn();
    expect(written.map(String)).toEqual(["in time"]);
    expect(writes.unsentBytes).toBe(0);
  });
});
