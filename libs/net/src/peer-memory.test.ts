import { describe, expect, it } from "vitest";
import { PEER_BYTES_MAX, PeerMemory, PEERS_REMEMBERED_MAX } from "./peer-memory.ts";

type Key = Parameters<PeerMemory["put"]>[0];
const keyOf = (name: string): Key => ({ toString: () => name }) as Key;
const peer = (n: number | string): Key => keyOf(`/peers/${n}`);
const BYTES = Uint8Array.of(1, 2, 3);

describe("PeerMemory", () => {
  it("keeps what is known of peers, and finds it again", async () => {
    const memory = new PeerMemory({ self: "self" });
    memory.put(peer(1), BYTES);
    expect(memory.get(peer(1))).toEqual(BYTES);
    expect([memory.has(peer(1)), memory.has(peer(2))]).toEqual([true, false]);
    expect(await Array.fromAsync(memory.query({ prefix: "/peers/" }))).toHaveLength(1);
    memory.delete(peer(1));
    expect(() => memory.get(peer(1))).toThrow(expect.objectContaining({ name: "NotFoundError" }));
  });

  it("keeps nothing that strangers would have it keep for them", async () => {
    const memory = new PeerMemory({ self: "self" });
    const batch = memory.batch();
    for (const name of ["/dht/record/x", "/dht/provider/x/y", "/pk/x"]) {
      memory.put(keyOf(name), BYTES);
      batch.put(keyOf(name), BYTES);
    }
    await batch.commit();
    expect(memory.size).toBe(0);
  });

  it("forgets those unused for longest beyond its bound, and never itself", () => {
    const memory = new PeerMemory({ self: "self" });
    memory.put(peer("self"), BYTES);
    for (let n = 0; n < PEERS_REMEMBERED_MAX; n++) {
      memory.put(peer(n), BYTES);
      memory.get(peer(0));
    }
    expect(memory.size).toBe(PEERS_REMEMBERED_MAX);
    expect(["self", 0, 1, 2].map((n) => memory.has(peer(n)))).toEqual([true, true, false, true]);
  });

  it("keeps of a peer the last record that was not too long", () => {
    const memory = new PeerMemory({ self: "self" });
    memory.put(peer(1), BYTES);
    memory.put(peer(1), new Uint8Array(PEER_BYTES_MAX + 1));
    expect(memory.get(peer(1))).toEqual(BYTES);
  });
});
