/** One peer's swarm with its real links and admission, and holders that do as they please. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ManualClock, RateLimiter, silentLog, systemDisk } from "@goliath/kit";
import {
  createSimulatedWorld,
  identityFromSeed,
  type Identity,
  type Network,
  type SimulatedWorld,
} from "@goliath/net";
import { CHUNKS_BOUNDS, CHUNKS_PROTOCOL } from "@goliath/protocols/chunks";
import type { HoldersReply, IndexService } from "@goliath/protocols/index";
import { digestOf, type ChunkId, type DriveId, type PeerId } from "@goliath/protocols/nouns";
import { PASS_LIFETIME_MS, signCertificate, signPass, welcome } from "@goliath/protocols/pass";
import { FrameStream, type ByteStream } from "@goliath/protocols/wire";
import type { ChunkNeed, IndexLink } from "../../parts.ts";
import { Admission } from "../../session/admission.ts";
import { Credentials } from "../../session/credentials.ts";
import { openPeerDatabase } from "../../state/peer-database.ts";
import { HolderFinder } from "../holder-finder.ts";
import { PeerLinks } from "../peer-links.ts";
import { SourceBook } from "../source-book.ts";
import { Swarm } from "../swarm.ts";

/** What a holder does with a stream, after the handshake. */
export type Answer = (frames: FrameStream, stream: ByteStream) => Promise<void>;

export const testIdentity = (byte: number): Identity =>
  identityFromSeed(new Uint8Array(32).fill(byte));

const DRIVE = testIdentity(1);
const INDEX = testIdentity(2);
const SELF = testIdentity(3);
/** Holders are numbered from here. */
const FIRST_HOLDER = 10;
const START_MS = 1_000_000;

export class SwarmWorld implements AsyncDisposable {
  readonly clock = new ManualClock({ nowMs: START_MS });
  readonly drive = DRIVE.peerId as string as DriveId;
  readonly certificate = signCertificate(
    { drive: this.drive, index: INDEX.peerId, generation: 1 },
    DRIVE.key,
  );
  readonly sources = new SourceBook(this.clock);
  readonly credentials: Credentials;
  readonly admission: Admission;
  readonly network: Network;
  readonly download = new RateLimiter({ clock: this.clock });
  readonly swarm: Swarm;
  readonly holders: PeerId[] = [];
  readonly #world: SimulatedWorld = createSimulatedWorld();
  readonly #open: AsyncDisposableStack;

  constructor(open: AsyncDisposableStack, folder: string) {
    const { clock } = this;
    this.#open = open;
    this.credentials = new Credentials(
      open.adopt(
        openPeerDatabase(folder, { disk: systemDisk }),
        (database) => void database.close(),
      ),
    );
    this.network = open.use(this.#world.join(SELF));
    this.credentials.take({ drive: this.drive, index: INDEX.peerId, addresses: [] });
    const pass = this.passOf(SELF);
    const meeting = { index: INDEX.peerId, peer: SELF.peerId };
    this.credentials.admit({ certificate: this.certificate, pass }, meeting);
    this.admission = new Admission({ credentials: this.credentials, clock, name: "self" });
    const links = open.use(
      new PeerLinks({ network: this.network, admission: this.admission, clock }),
    );
    this.swarm = new Swarm({
      finder: new HolderFinder({ link: this.#link(), network: this.network, clock }),
      links,
      sources: this.sources,
      clock,
      random: () => 0.5,
      log: silentLog,
      download: this.download,
      onBytes: () => undefined,
    });
  }

  /** A member that the index names as a holder of everything. */
  async holder(answer: Answer): Promise<PeerId> {
    const identity = testIdentity(FIRST_HOLDER + this.holders.length);
    const network = this.#open.use(this.#world.join(identity));
    await network.handle(CHUNKS_PROTOCOL, async (stream) => {
      const frames = new FrameStream(stream, CHUNKS_BOUNDS);
      await welcome(frames, async () => ({
        pass: this.passOf(identity),
        certificate: this.certificate,
      }));
      await answer(frames, stream);
    });
    this.holders.push(identity.peerId);
    return identity.peerId;
  }

  passOf({ peerId }: Identity): Uint8Array {
    const issuedAt = this.clock.nowMs();
    const expiresAt = issuedAt + PASS_LIFETIME_MS;
    const pass = { drive: this.drive, peer: peerId, role: "reader" as const, issuedAt, expiresAt };
    return signPass(pass, INDEX.key);
  }

  /** A machine on this network that is nobody in particular. */
  join(identity: Identity): Network {
    return this.#open.use(this.#world.join(identity));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#open.disposeAsync();
  }

  /** The index, as far as a swarm needs it: all holders hold everything. */
  #link(): IndexLink {
    const holders: IndexService["holders"] = async ({ runs }): Promise<HoldersReply> => ({
      peers: this.holders.map((peer) => ({ peer, addresses: [] })),
      runs: runs.map((run) => ({ ...run, holders: this.holders.map((_, at) => at), copies: 0 })),
    });
    return { peerId: SELF.peerId, service: { holders } } as unknown as IndexLink;
  }
}

export async function openSwarmWorld(): Promise<SwarmWorld> {
  const open = new AsyncDisposableStack();
  const folder = await mkdtemp(join(tmpdir(), "goliath-swarm-"));
  open.defer(() => rm(folder, { recursive: true }));
  return new SwarmWorld(open, folder);
}

export const CHUNK_BYTES = 4096;

/** The bytes of chunk `id`, each chunk another's. */
export function chunkBytes(id: number): Buffer {
  return Buffer.alloc(CHUNK_BYTES, `chunk ${id};`);
}

export function needOf(id: number): ChunkNeed {
  return { id: id as ChunkId, digest: digestOf(chunkBytes(id)), length: CHUNK_BYTES };
}
