/** An index and peers in one process: real stores, real folders, a simulated network. */
import { randomBytes } from "node:crypto";
import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  openIndexServer,
  openMemoryIndexEngine,
  type IndexEngine,
  type IndexServer,
} from "@goliath/index";
import { silentLog, systemClock, systemDisk, type Disk, type WatchFolder } from "@goliath/kit";
import {
  createSimulatedWorld,
  identityFromSeed,
  type Identity,
  type SimulatedWorld,
} from "@goliath/net";
import type { DriveId, PeerId, Role } from "@goliath/protocols/nouns";
import { parseLink, signCertificate } from "@goliath/protocols/pass";
import { openPeer, type Peer, type PeerInit } from "../peer.ts";
import { Credentials } from "../session/credentials.ts";
import { watchFolder } from "../share/folder-watcher.ts";
import { openPeerDatabase } from "../state/peer-database.ts";

export const TEST_CHUNK_BYTES = 64 * 1024;
const HOUR_MS = 3_600_000;

export interface OpenPeerOptions extends Pick<PeerInit, "capacityBytes" | "labels" | "scrubRate"> {
  role?: Role;
  disk?: Disk;
  watch?: WatchFolder;
}

/** Longest that anything here takes to come true. */
const UNTIL_MS = 30_000;

/** Resolves once it is so. */
export async function until(isSo: () => Promise<boolean> | boolean): Promise<void> {
  const endMs = systemClock.monotonicMs() + UNTIL_MS;
  while (!(await isSo())) {
    if (systemClock.monotonicMs() > endMs) throw new Error("it did not come true in time");
    await systemClock.sleep(20);
  }
}

export class PeerWorld implements AsyncDisposable {
  readonly folder: string;
  readonly network: SimulatedWorld;
  readonly engine: IndexEngine;
  readonly server: IndexServer;
  readonly #open: AsyncDisposableStack;
  readonly #running = new Map<string, AsyncDisposableStack>();

  constructor(init: {
    folder: string;
    network: SimulatedWorld;
    engine: IndexEngine;
    server: IndexServer;
    open: AsyncDisposableStack;
  }) {
    this.folder = init.folder;
    this.network = init.network;
    this.engine = init.engine;
    this.server = init.server;
    this.#open = init.open;
  }

  /** A folder of this name inside the world, made. */
  async path(...names: string[]): Promise<string> {
    const path = join(this.folder, ...names);
    await mkdir(path, { recursive: true });
    return path;
  }

  /** Opens a peer in its home, joining at the first time. */
  async peer(
    name: string,
    { role = "writer", disk = systemDisk, watch = watchFolder, ...keeps }: OpenPeerOptions = {},
  ): Promise<Peer> {
    const home = await this.path(name);
    const stack = new AsyncDisposableStack();
    this.#running.set(name, stack);
    const network = stack.use(this.network.join(identityOf(name)));
    const database = stack.adopt(openPeerDatabase(home, { disk }), (opened) => void opened.close());
    const credentials = new Credentials(database);
    if (!credentials.drive) {
      const { link } = await this.server.invite({ role, expiresInMs: HOUR_MS, uses: 1 });
      credentials.take(parseLink(link));
    }
    const init = {
      home,
      network,
      credentials,
      database,
      disk,
      watch,
      name,
      clock: systemClock,
      random: Math.random,
      log: silentLog,
      ...keeps,
    };
    return stack.use(await openPeer(init));
  }

  /** Opens a keeper of these names each; the index knows them when it resolves. */
  async keepers(names: readonly string[], capacityBytes = 2 ** 30): Promise<Peer[]> {
    const peers = await Promise.all(names.map((name) => this.peer(name, { capacityBytes })));
    for (const peer of peers) {
      await peer.session.whenConnected();
      await peer.flush();
      await until(async () => {
        const all = await peer.session.service.peers();
        return all.some((one) => one.peer === peer.peerId && one.online && one.keeper);
      });
    }
    return peers;
  }

  /** The id of the index or of a peer by its name, for partitions. */
  idOf(name: string): PeerId {
    return identityOf(name).peerId;
  }

  /** Closes a peer; its home stays. */
  async close(name: string): Promise<void> {
    await this.#running.get(name)?.disposeAsync();
    this.#running.delete(name);
  }

  /** A peer is gone with its machine, whose disk answers no more: nothing of it is waited for. */
  lose(name: string): void {
    this.network.crash(this.idOf(name));
    this.#running
      .get(name)
      ?.disposeAsync()
      .catch(() => undefined);
    this.#running.delete(name);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const name of this.#running.keys()) await this.close(name);
    await this.#open.disposeAsync();
    await rm(this.folder, { recursive: true, force: true });
  }
}

export async function openPeerWorld(): Promise<PeerWorld> {
  const open = new AsyncDisposableStack();
  const folder = await mkdtemp(join(tmpdir(), "goliath-peer-"));
  const network = createSimulatedWorld();
  const identity = identityOf("index");
  const drive = identityOf("drive").peerId as string as DriveId;
  const clock = systemClock;
  const engine = open.use(
    await openMemoryIndexEngine({ drive, clock, chunkBytes: TEST_CHUNK_BYTES }),
  );
  const certificate = signCertificate(
    { drive, index: identity.peerId, generation: 1 },
    identityOf("drive").key,
  );
  const indexNetwork = open.use(network.join(identity));
  const server = open.use(
    await openIndexServer({
      network: indexNetwork,
      engine,
      clock,
      indexKey: identity.key,
      certificate,
      random: Math.random,
      randomBytes,
    }),
  );
  return new PeerWorld({ folder, network, engine, server, open });
}

function identityOf(name: string): Identity {
  return identityFromSeed(Buffer.from(name.padEnd(32, "-").slice(0, 32)));
}
