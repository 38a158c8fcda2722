import { randomBytes } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { systemClock } from "@goliath/kit";
import { openLibp2pNetwork, type Network } from "@goliath/net";
import { parsePath, ROOT_DIR, type DriveId, type Revision } from "@goliath/protocols/nouns";
import { signCertificate } from "@goliath/protocols/pass";
import { describe, expect, it } from "vitest";
import { openSqliteIndexEngine } from "../engine/open-sqlite-engine.ts";
import { openIndexServer } from "./index-server.ts";
import { SimulatedPeer, testIdentity } from "./testing/simulated-peer.ts";

const open = (seed: number): Promise<Network> =>
  openLibp2pNetwork({
    identity: testIdentity(seed),
    listen: ["/ip4/127.0.0.1/tcp/0"],
    mdns: false,
    dht: false,
  });

describe("IndexServer over libp2p and SQLite", () => {
  it("admits, verifies, commits, tells followers, and ends a revoked peer's streams", async () => {
    await using stack = new AsyncDisposableStack();
    const home = await mkdtemp(join(tmpdir(), "goliath-index-"));
    stack.defer(() => rm(home, { recursive: true, force: true }));
    const identity = testIdentity(1);
    const owner = testIdentity(2);
    const drive = owner.peerId as string as DriveId;
    const file = join(home, "index.db");
    const engine = stack.use(await openSqliteIndexEngine({ file, drive, clock: systemClock }));
    const server = stack.use(
      await openIndexServer({
        network: stack.use(await open(1)),
        engine,
        clock: systemClock,
        indexKey: identity.key,
        certificate: signCertificate({ drive, index: identity.peerId, generation: 1 }, owner.key),
        random: Math.random,
        randomBytes,
      }),
    );
    const { link } = await server.invite({ role: "writer", expiresInMs: 60_000, uses: 1 });
    const peer = new SimulatedPeer(stack.use(await open(3)), link);
    const client = await peer.connect();
    await peer.serve();
    await peer.hold();
    const stop = new AbortController();
    const feed = await peer.follow();
    const request = { dir: ROOT_DIR, from: 0 as Revision, generation: 0 };
    const events = feed.follow(request, stop);
    await events.next();
    const parts = [Buffer.alloc(1024 * 1024, 1), Buffer.from("end")];
    expect(await peer.write(client, { path: "/file", parts })).toMatchObject({ revision: 1 });
    expect(peer.asked.reads).toBeGreaterThan(0);
    const { value } = await events.next();
    expect(value).toMatchObject({ revision: 1, changes: [{ name: "file" }] });
    const { entries } = await client.resolve({ paths: [parsePath("/file")] });
    expect(entries).toMatchObject([{ kind: "file", size: 1024 * 1024 + 3 }]);
    await server.revoke(peer.peerId);
    await Promise.all([client.closed, feed.closed]);
    await expect(peer.connect()).rejects.toMatchObject({ code: "no-pass" });
  });
});
