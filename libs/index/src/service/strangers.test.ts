/** Who has no right at the index: it gets a number, the same whatever it asked, and changes nothing. */
import { FEED_PROTOCOL } from "@goliath/protocols/feed";
import { HOLDINGS_PROTOCOL } from "@goliath/protocols/holdings";
import { digestOfChanges, INDEX_PROTOCOL, type IndexClient } from "@goliath/protocols/index";
import { parsePath, type Change, type ChunkId, type LeaseId } from "@goliath/protocols/nouns";
import { encodeHello, PASS_LIFETIME_MS, signPass, type Hello } from "@goliath/protocols/pass";
import { encodeFrame } from "@goliath/protocols/wire";
import { describe, expect, it } from "vitest";
import { openSimulatedIndex, type SimulatedIndex } from "./testing/simulated-index.ts";
import { testIdentity, type SimulatedPeer } from "./testing/simulated-peer.ts";

const INDEX_KEY = testIdentity(1).key;
const code = (name: string) => expect.objectContaining({ code: name });

/** All that comes back for a hello and a few bytes behind it. */
async function heard(
  { network, link }: SimulatedPeer,
  { protocol, hello, asked }: { protocol: string; hello: Hello; asked: Uint8Array },
): Promise<string> {
  const stream = await network.open(link.index, protocol);
  await stream.send(Buffer.concat(encodeFrame(encodeHello(hello))));
  await stream.send(Buffer.concat(encodeFrame(asked))).catch(() => undefined);
  await stream.close().catch(() => undefined);
  const bytes: Uint8Array[] = [];
  for await (const part of stream) bytes.push(part.subarray());
  return Buffer.concat(bytes).toString("hex");
}

function passFor(stranger: SimulatedPeer, { key = INDEX_KEY, peer = stranger.peerId } = {}) {
  const issuedAt = Date.now();
  const expiresAt = issuedAt + PASS_LIFETIME_MS;
  const { drive } = stranger.link;
  return signPass({ drive, peer, role: "admin", issuedAt, expiresAt }, key);
}

const WRONG: Record<string, (stranger: SimulatedPeer, member: SimulatedPeer) => Partial<Hello>> = {
  nothing: () => ({}),
  "a pass it signed itself": (stranger) => ({
    pass: passFor(stranger, { key: testIdentity(77).key }),
  }),
  "a member's pass": (_, member) => ({ pass: member.pass ?? new Uint8Array() }),
  "a pass of the index for another": (stranger, member) => ({
    pass: passFor(stranger, { peer: member.peerId }),
  }),
  "an invite it made up": () => ({ invite: new Uint8Array(200).fill(7) }),
};

/** A header that names `/secret`, which is there, and one that names what is not. */
const ASKED = ["/secret", "/nothing"].map((path) =>
  Buffer.concat([
    Buffer.from([0x08, 1, 0x1a, path.length + 2, 0x0a, path.length]),
    Buffer.from(path),
  ]),
);

async function openDrive(): Promise<{ index: SimulatedIndex; member: SimulatedPeer }> {
  const index = await openSimulatedIndex();
  const member = await index.member("writer");
  const client = await member.connect();
  await member.write(client, { path: "/secret", parts: [Buffer.from("x")] });
  return { index, member };
}

describe("a stranger at the index", () => {
  it.each(Object.entries(WRONG))("with %s hears a number and nothing else", async (_, wrong) => {
    const { index, member } = await openDrive();
    await using _index = index;
    const stranger = index.stranger(index.server.link());
    for (const protocol of [INDEX_PROTOCOL, FEED_PROTOCOL, HOLDINGS_PROTOCOL]) {
      const hello = { drive: stranger.link.drive, name: "s", ...wrong(stranger, member) };
      const answers = new Set<string>();
      for (const asked of ASKED) answers.add(await heard(stranger, { protocol, hello, asked }));
      expect(answers.size).toBe(1);
      // A header of two bytes, which is a status: 10 (no-pass) or 11 (bad-invite); no payload.
      expect([...answers][0]).toMatch(/^000000020000000008(0a|0b)$/u);
    }
    expect(index.server.members()).toHaveLength(1);
  });

  it("joins with an invite on the index's protocol alone", async () => {
    await using index = await openSimulatedIndex();
    const stranger = index.stranger(await index.invite("writer"));
    const { drive, invite = new Uint8Array() } = stranger.link;
    for (const protocol of [FEED_PROTOCOL, HOLDINGS_PROTOCOL]) {
      const hello = { drive, name: "s", invite };
      const answer = await heard(stranger, { protocol, hello, asked: new Uint8Array() });
      expect(answer).toBe("0000000200000000080a");
    }
    expect(index.server.members()).toEqual([]);
  });
});

const runs = [{ first: 1 as ChunkId, count: 1 }];
const path = parsePath("/secret");
const commit = (changes: Change[]) => (client: IndexClient) =>
  client.commit({
    number: 1,
    digest: digestOfChanges(changes),
    changes,
    leases: [],
    locations: [],
    note: "",
  });
const MUTATIONS: Record<string, (client: IndexClient) => Promise<unknown>> = {
  allocate: (client) => client.allocate({ count: 1 }),
  renew: (client) => client.renew({ leases: [1 as LeaseId] }),
  stageDigests: (client) =>
    client.stageDigests({ lease: 1 as LeaseId, first: 1 as ChunkId, sums: new Uint8Array(32) }),
  mkdir: commit([{ op: "mkdir", path: parsePath("/d") }]),
  remove: commit([{ op: "remove", path }]),
  move: commit([{ op: "move", path, to: parsePath("/moved") }]),
  copy: commit([{ op: "copy", path: parsePath("/copied"), from: path }]),
  claim: commit([{ op: "claim", path: parsePath("/d") }]),
  invite: (client) => client.invite({ role: "admin", expiresInMs: 1000, uses: 1 }),
  revoke: (client) => client.revoke({ peer: testIdentity(10).peerId }),
  members: (client) => client.members(),
};

describe("a reader at the index", () => {
  it.each(Object.entries(MUTATIONS))("may not %s", async (_, mutate) => {
    const { index } = await openDrive();
    await using _index = index;
    const client = await (await index.member("reader")).connect();
    await expect(mutate(client)).rejects.toEqual(code("forbidden"));
    expect((await client.drive()).revision).toBe(1);
    expect((await client.holders({ runs })).runs).toHaveLength(1);
  });
});

describe("a member at the index", () => {
  it("is shown by a name that is short and hides nothing, whatever it calls itself", async () => {
    await using index = await openSimulatedIndex();
    const member = await index.member("writer");
    const holdings = await member.hold();
    const beat = {
      addresses: Array.from({ length: 32 }, (_, i) => `/ip4/10.0.0.${i}/tcp/1/${"x".repeat(220)}`),
      name: `\u202e${"n".repeat(200)}`,
      capacityBytes: Number.MAX_SAFE_INTEGER,
      freeBytes: Number.MAX_SAFE_INTEGER,
      load: 2 ** 31,
    };
    await holdings.heartbeat(beat).catch(() => undefined);
    await expect(holdings.heartbeat({ ...beat, name: "a\u001b[2J" })).rejects.toBeDefined();
    const [shown] = index.server.peers();
    expect(shown?.addresses.length).toBeLessThanOrEqual(16);
    expect(shown?.name).not.toMatch(/\p{C}/u);
    expect([...(shown?.name ?? "")].length).toBeLessThanOrEqual(64);
  });

  it("says nothing of another's holdings: only those that proved them hold", async () => {
    const { index, member } = await openDrive();
    await using _index = index;
    const liar = await index.member("writer");
    const client = await liar.connect();
    const writing = liar.write(
      client,
      {
        path: "/other",
        parts: [Buffer.from("y")],
      },
      { holders: [member.peerId] },
    );
    await expect(writing).rejects.toEqual(code("unverified"));
  });
});
