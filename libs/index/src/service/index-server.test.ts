import { ManualClock } from "@goliath/kit";
import { parsePath, type PeerId } from "@goliath/protocols/nouns";
import { verifyPass } from "@goliath/protocols/pass";
import { describe, expect, it } from "vitest";
import { openSimulatedIndex } from "./testing/simulated-index.ts";
import { testIdentity } from "./testing/simulated-peer.ts";

const code = (name: string) => expect.objectContaining({ code: name });
const DAY_MS = 24 * 3_600_000;

describe("IndexServer admits", () => {
  it("a peer with an invite, with a pass and a certificate others can check", async () => {
    await using index = await openSimulatedIndex();
    const peer = index.stranger(await index.invite("writer"));
    await peer.connect();
    const { drive, index: indexId } = peer.link;
    const [member] = index.server.members();
    expect(member).toMatchObject({ peer: peer.peerId, role: "writer", revoked: false });
    const pass = peer.pass ?? new Uint8Array();
    const init = { drive, index: indexId, peer: peer.peerId, nowMs: Date.now() };
    expect(verifyPass(pass, init).role).toBe("writer");
  });

  it("as many peers as the invite says, and one of them any number of times", async () => {
    await using index = await openSimulatedIndex();
    const link = await index.invite("reader", { uses: 2 });
    const [ann, bob, eve] = [index.stranger(link), index.stranger(link), index.stranger(link)];
    await ann.connect();
    await ann.connect();
    await bob.connect();
    await expect(eve.connect()).rejects.toEqual(code("bad-invite"));
    expect(index.server.members().map(({ peer }) => peer)).toEqual([ann.peerId, bob.peerId]);
  });

  it("only one of two peers that race for the last use", async () => {
    await using index = await openSimulatedIndex();
    const link = await index.invite("reader");
    const peers = [index.stranger(link), index.stranger(link)];
    const results = await Promise.allSettled(peers.map((peer) => peer.connect()));
    expect(results.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    expect(index.server.members()).toHaveLength(1);
  });

  it("nobody with an expired, foreign or damaged invite, or with none", async () => {
    const clock = new ManualClock({ nowMs: 1_000_000 });
    await using index = await openSimulatedIndex({ clock });
    const expired = await index.invite("writer", { expiresInMs: 1000 });
    await clock.advance(1000);
    await expect(index.stranger(expired).connect()).rejects.toEqual(code("bad-invite"));
    await expect(index.stranger(index.server.link()).connect()).rejects.toEqual(code("no-pass"));
    const damaged = index.stranger(await index.invite("writer"));
    damaged.link.invite?.set([1, 2, 3], 40);
    await expect(damaged.connect()).rejects.toEqual(code("bad-invite"));
    const elsewhere = index.stranger(await index.invite("writer"));
    elsewhere.link = { ...elsewhere.link, drive: testIdentity(99).peerId as string as never };
    await expect(elsewhere.connect()).rejects.toEqual(code("no-pass"));
    expect(index.server.members()).toEqual([]);
  });

  it("an invite by the clock on the wall, as it is after a jump", async () => {
    const clock = new ManualClock({ nowMs: 10 * DAY_MS });
    await using index = await openSimulatedIndex({ clock });
    const link = await index.invite("writer", { expiresInMs: DAY_MS });
    clock.jump(DAY_MS);
    await expect(index.stranger(link).connect()).rejects.toEqual(code("bad-invite"));
    // Set right again, the invite is what it was, also where the clock was set back too far.
    clock.jump(-DAY_MS);
    await index.stranger(link).connect();
    const late = await index.invite("reader", { expiresInMs: DAY_MS });
    clock.jump(-5 * DAY_MS);
    await index.stranger(late).connect();
    expect(index.server.members()).toHaveLength(2);
  });

  it("a member whose pass and invite have expired, and gives it a new pass", async () => {
    const clock = new ManualClock({ nowMs: 1_000_000 });
    await using index = await openSimulatedIndex({ clock });
    const peer = index.stranger(await index.invite("writer", { expiresInMs: 1000 }));
    await peer.connect();
    await clock.advance(3 * DAY_MS);
    await peer.connect();
    const { drive, index: indexId } = peer.link;
    const init = { drive, index: indexId, peer: peer.peerId, nowMs: clock.nowMs() };
    expect(verifyPass(peer.pass ?? new Uint8Array(), init).role).toBe("writer");
  });

  it("members and uses as before after a restart", async () => {
    await using first = await openSimulatedIndex();
    const link = await first.invite("writer");
    const ann = first.stranger(link);
    await ann.connect();
    await using second = await openSimulatedIndex({ engine: first.engine });
    expect(second.server.members()).toMatchObject([{ peer: ann.peerId, role: "writer" }]);
    const bob = second.stranger(link);
    // Another identity: the first of the second world is ann's again.
    expect(bob.peerId).toBe(ann.peerId);
    await expect(second.stranger(link).connect()).rejects.toEqual(code("bad-invite"));
  });

  it("invites that raise a role, never lower it", async () => {
    await using index = await openSimulatedIndex();
    const peer = index.stranger(await index.invite("writer"));
    await peer.connect();
    await peer.connect({ link: await index.invite("reader") });
    expect(index.server.members()).toMatchObject([{ role: "writer" }]);
    await peer.connect({ link: await index.invite("admin") });
    expect(index.server.members()).toMatchObject([{ role: "admin" }]);
  });
});

describe("IndexServer enforces roles", () => {
  it("readers read and nothing else", async () => {
    await using index = await openSimulatedIndex();
    const peer = index.stranger(await index.invite("reader"));
    const client = await peer.connect();
    expect(await client.resolve({ paths: [parsePath("/")] })).toMatchObject({ revision: 0 });
    expect(await client.peers()).toHaveLength(1);
    await expect(client.allocate({ count: 1 })).rejects.toEqual(code("forbidden"));
    await expect(client.renew({ leases: [] })).rejects.toEqual(code("forbidden"));
    await expect(client.members()).rejects.toEqual(code("forbidden"));
    await expect(client.revoke({ peer: peer.peerId })).rejects.toEqual(code("forbidden"));
    const invite = { role: "admin" as const, expiresInMs: 1000, uses: 1 };
    await expect(client.invite(invite)).rejects.toEqual(code("forbidden"));
  });

  it("writers commit and do not invite; admins invite", async () => {
    await using index = await openSimulatedIndex();
    const writer = await index.stranger(await index.invite("writer")).connect();
    expect(await writer.allocate({ count: 3 })).toMatchObject({ count: 3 });
    const invite = { role: "reader" as const, expiresInMs: 60_000, uses: 1 };
    await expect(writer.invite(invite)).rejects.toEqual(code("forbidden"));
    const admin = await index.stranger(await index.invite("admin")).connect();
    const token = await admin.invite(invite);
    const joiner = index.stranger(index.server.link());
    joiner.link = { ...joiner.link, invite: token };
    await joiner.connect();
    expect(await admin.members()).toHaveLength(3);
  });
});

describe("IndexServer revokes", () => {
  it("by ending the peer's streams, telling the others, and refusing it afterwards", async () => {
    await using index = await openSimulatedIndex();
    const peer = await index.member("writer");
    const other = await index.member("reader");
    const client = await peer.connect();
    const holdings = await peer.hold();
    const feed = await peer.follow();
    const stop = new AbortController();
    const told = (await other.follow()).revocations({ signal: stop.signal });
    expect((await told.next()).value).toEqual({ peers: [] });
    await index.server.revoke(peer.peerId);
    await Promise.all([client.closed, holdings.closed, feed.closed]);
    expect((await told.next()).value).toEqual({ peers: [peer.peerId] });
    await expect(peer.connect()).rejects.toEqual(code("no-pass"));
    await expect(peer.hold()).rejects.toEqual(code("no-pass"));
    await expect(peer.follow()).rejects.toEqual(code("no-pass"));
    expect(index.server.peers().map((info) => info.peer)).toEqual([other.peerId]);
    stop.abort();
  });

  it("for good against older invites, until an admin makes a newer one", async () => {
    await using index = await openSimulatedIndex();
    const older = await index.invite("writer", { uses: 5 });
    const peer = index.stranger(older);
    await peer.connect();
    await index.server.revoke(peer.peerId);
    await expect(peer.connect()).rejects.toEqual(code("no-pass"));
    const newer = await index.invite("reader");
    await peer.connect({ link: newer });
    expect(index.server.members()).toMatchObject([{ role: "reader", revoked: false }]);
    await index.server.revoke(peer.peerId);
    await expect(peer.connect()).rejects.toEqual(code("no-pass"));
    await expect(peer.connect({ link: older })).rejects.toEqual(code("no-pass"));
  });

  it("refuses ids that are no member", async () => {
    await using index = await openSimulatedIndex();
    await expect(index.server.revoke("12D3" as PeerId)).rejects.toEqual(code("not-found"));
  });
});

describe("IndexServer", () => {
  it("shows its certificate and counts in its status", async () => {
    await using index = await openSimulatedIndex();
    const peer = await index.member("writer");
    const client = await peer.connect();
    await peer.write(client, { path: "/a/b", parts: [Buffer.from("hello")] });
    const status = await index.server.status();
    expect(status).toMatchObject({ revision: 1, peers: 1, members: 1, files: 1, bytes: 5 });
    expect(status.link).toBe(index.server.link());
    expect(peer.link.drive).toBe(status.drive);
  });

  it("ends all streams when it is disposed of", async () => {
    const index = await openSimulatedIndex();
    const peer = await index.member("writer");
    const client = await peer.connect();
    await index[Symbol.asyncDispose]();
    await client.closed;
    await expect(client.drive()).rejects.toEqual(code("closed"));
  });
});
