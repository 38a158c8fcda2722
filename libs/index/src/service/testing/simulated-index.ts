/** An index on a simulated network over a memory engine, and peers beside it. */
import { randomBytes } from "node:crypto";
import { systemClock, type Clock } from "@goliath/kit";
import { createSimulatedWorld, type SimulatedWorld } from "@goliath/net";
import type { DriveId, Role } from "@goliath/protocols/nouns";
import { signCertificate } from "@goliath/protocols/pass";
import type { IndexEngine } from "../../engine/engine.ts";
import { openMemoryIndexEngine } from "../../engine/open-memory-engine.ts";
import type { CopiesSettings } from "../copies/copies-settings.ts";
import { openIndexServer, type IndexServer } from "../index-server.ts";
import { SimulatedKeeper, type SimulatedKeeperInit } from "./simulated-keeper.ts";
import { SimulatedPeer, testIdentity } from "./simulated-peer.ts";

const INDEX_SEED = 1;
const DRIVE_SEED = 2;
/** Peers are numbered from here. */
const FIRST_PEER_SEED = 10;
const HOUR_MS = 3_600_000;

export interface SimulatedIndexInit {
  clock?: Clock;
  chunkBytes?: number;
  /** To open another server over it: a restart of the index. */
  engine?: IndexEngine;
  copies?: Partial<CopiesSettings>;
}

export interface SimulatedIndex extends AsyncDisposable {
  world: SimulatedWorld;
  engine: IndexEngine;
  server: IndexServer;
  /** A link that lets `uses` peers in. */
  invite(role: Role, options?: { uses?: number; expiresInMs?: number }): Promise<string>;
  /** A machine that knows the link, and no more. */
  stranger(link: string): SimulatedPeer;
  /** A machine that joined, serves chunks and has a holdings stream open. */
  member(role: Role): Promise<SimulatedPeer>;
  /** A member that keeps chunks under orders, and has told the index so. */
  keeper(init?: SimulatedKeeperInit): Promise<{ peer: SimulatedPeer; keeper: SimulatedKeeper }>;
}

export async function openSimulatedIndex(init: SimulatedIndexInit = {}): Promise<SimulatedIndex> {
  const { clock = systemClock, chunkBytes = 4096 } = init;
  const identity = testIdentity(INDEX_SEED);
  const driveIdentity = testIdentity(DRIVE_SEED);
  const drive = driveIdentity.peerId as string as DriveId;
  const world = createSimulatedWorld();
  const network = world.join(identity);
  const engine = init.engine ?? (await openMemoryIndexEngine({ drive, clock, chunkBytes }));
  const certificate = signCertificate(
    { drive, index: identity.peerId, generation: 1 },
    driveIdentity.key,
  );
  const server = await openIndexServer({
    network,
    engine,
    clock,
    indexKey: identity.key,
    certificate,
    random: Math.random,
    randomBytes,
    ...(init.copies && { copies: init.copies }),
  });
  let seed = FIRST_PEER_SEED;
  const stranger = (link: string): SimulatedPeer =>
    new SimulatedPeer(world.join(testIdentity(seed++)), link);
  const invite: SimulatedIndex["invite"] = async (role, { uses = 1, expiresInMs = HOUR_MS } = {}) =>
    (await server.invite({ role, uses, expiresInMs })).link;
  return {
    world,
    engine,
    server,
    invite,
    stranger,
    member: async (role) => {
      const peer = stranger(await invite(role));
      await (await peer.connect()).close();
      await peer.serve();
      await peer.hold();
      return peer;
    },
    keeper: async (keeping) => {
      const peer = stranger(await invite("reader"));
      const keeper = new SimulatedKeeper(keeping);
      peer.chunks = keeper.chunks;
      await (await peer.connect()).close();
      await peer.serve();
      await keeper.begin(await peer.hold(keeper.holder));
      return { peer, keeper };
    },
    [Symbol.asyncDispose]: async () => {
      await server[Symbol.asyncDispose]();
      await network[Symbol.asyncDispose]();
      await engine[Symbol.asyncDispose]();
    },
  };
}
