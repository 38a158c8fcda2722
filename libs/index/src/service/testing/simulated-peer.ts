/** A peer for the tests of the index: it joins, holds chunks in memory, writes and follows. */
import { identityFromSeed, type Identity, type Network } from "@goliath/net";
import { CHUNKS_BOUNDS, CHUNKS_PROTOCOL, serveChunks } from "@goliath/protocols/chunks";
import { FEED_BOUNDS, FEED_PROTOCOL, FeedClient } from "@goliath/protocols/feed";
import {
  connectHoldings,
  HOLDINGS_BOUNDS,
  HOLDINGS_PROTOCOL,
  type HoldingsClient,
  type OrderService,
} from "@goliath/protocols/holdings";
import {
  digestOfChanges,
  INDEX_BOUNDS,
  INDEX_PROTOCOL,
  IndexClient,
  type CommitReply,
  type CommitRequest,
  type Lease,
  type Location,
} from "@goliath/protocols/index";
import {
  digestAt,
  digestOf,
  equalBytes,
  GoliathError,
  parsePath,
  rootOf,
  type Change,
  type ChunkId,
  type ChunkRun,
  type PeerId,
} from "@goliath/protocols/nouns";
import {
  greet,
  parseLink,
  verifyCertificate,
  verifyPass,
  welcome,
  type DriveLink,
  type Welcome,
} from "@goliath/protocols/pass";
import { FrameStream, type FrameBounds } from "@goliath/protocols/wire";

/** The identity number `seed`. */
export function testIdentity(seed: number): Identity {
  const bytes = new Uint8Array(32).fill(seed);
  bytes[0] = seed ^ (seed >> 8);
  return identityFromSeed(bytes);
}

export interface WriteOptions {
  /** Who is said to hold the chunks. Default: the writer. */
  holders?: PeerId[];
  /** Locations in place of the holders'. */
  locations?: (lease: Lease) => Location[];
  minCopies?: number;
}

export class SimulatedPeer {
  readonly peerId: PeerId;
  readonly network: Network;
  /** What it serves and vouches for. */
  chunks = new Map<ChunkId, Uint8Array>();
  /** What it answers to proofs and reads: the truth, unless a test says otherwise. */
  vouchFor = (runs: ChunkRun[], sums: Uint8Array): void | Promise<void> => this.#vouch(runs, sums);
  readChunk = (id: ChunkId): Uint8Array => this.#chunk(id);
  /** How often it was asked. */
  readonly asked = { proofs: 0, reads: 0 };
  link: DriveLink;
  pass: Uint8Array | undefined;
  lastCommit: CommitRequest | undefined;
  #number = 0;

  constructor(network: Network, link: string) {
    this.network = network;
    this.peerId = network.peerId;
    this.link = parseLink(link);
  }

  /** Opens the index protocol with the link's invite, or the pass it has. */
  async connect({ link }: { link?: string } = {}): Promise<IndexClient> {
    if (link) this.link = parseLink(link);
    const { frames, answer } = await this.#open(INDEX_PROTOCOL, INDEX_BOUNDS, this.link.invite);
    this.pass = answer.pass;
    return new IndexClient(frames);
  }

  async follow(): Promise<FeedClient> {
    const { frames } = await this.#open(FEED_PROTOCOL, FEED_BOUNDS);
    return new FeedClient(frames);
  }

  /** Opens the holdings protocol, vouching for what `chunks` has. */
  async hold(orders?: OrderService): Promise<HoldingsClient> {
    const { frames } = await this.#open(HOLDINGS_PROTOCOL, HOLDINGS_BOUNDS);
    return connectHoldings(frames, {
      holder: {
        prove: async ({ runs, sums }) => {
          this.asked.proofs++;
          await this.vouchFor(runs, sums);
        },
      },
      ...(orders && { orders }),
    });
  }

  /** Serves chunks to whoever shows a pass of this drive's index. */
  async serve(): Promise<void> {
    await this.network.handle(CHUNKS_PROTOCOL, async (stream) => {
      const frames = new FrameStream(stream, CHUNKS_BOUNDS);
      await welcome(frames, async ({ drive, certificate, pass }) => {
        const { index } = verifyCertificate(certificate ?? new Uint8Array(), drive);
        const shown = pass ?? new Uint8Array();
        verifyPass(shown, { drive, index, peer: stream.peer, nowMs: Date.now() });
        return {};
      });
      const refuse = async (): Promise<never> => {
        throw new GoliathError("unsupported", "not in this test");
      };
      await serveChunks(frames, {
        read: async ({ id }) => {
          this.asked.reads++;
          return this.readChunk(id);
        },
        has: refuse,
        page: refuse,
        push: refuse,
      });
    });
  }

  /** Allocates, stages and commits a file of one chunk a part; keeps the chunks. */
  async write(
    index: IndexClient,
    { path, parts }: { path: string; parts: Uint8Array[] },
    options: WriteOptions = {},
  ): Promise<CommitReply> {
    const lease = await index.allocate({ count: parts.length });
    const sums = Buffer.concat(parts.map((part) => digestOf(part)));
    await index.stageDigests({ lease: lease.lease, first: lease.first, sums });
    parts.forEach((part, at) => this.chunks.set((lease.first + at) as ChunkId, part));
    const bytes = parts.reduce((sum, part) => sum + part.length, 0);
    const extents = [{ first: lease.first, count: parts.length, bytes }];
    const file = { root: rootOf(sums), extents, size: bytes, mtimeMs: 0, executable: false };
    const change: Change = { op: "put", path: parsePath(path), file };
    const { first, count } = lease;
    const holders = options.holders ?? [this.peerId];
    return this.commit(index, [change], {
      ...(options.minCopies !== undefined && { minCopies: options.minCopies }),
      leases: [lease.lease],
      locations: options.locations?.(lease) ?? holders.map((peer) => ({ peer, first, count })),
    });
  }

  commit(
    index: IndexClient,
    changes: Change[],
    { leases = [], locations = [], minCopies = 0 }: Partial<CommitRequest> = {},
  ): Promise<CommitReply> {
    const digest = digestOfChanges(changes);
    this.lastCommit = { number: ++this.#number, digest, changes, leases, locations, minCopies };
    return index.commit(this.lastCommit);
  }

  async #open(
    protocol: string,
    bounds: FrameBounds,
    invite?: Uint8Array,
  ): Promise<{ frames: FrameStream; answer: Welcome }> {
    const { index, drive, addresses } = this.link;
    await this.network.learn(index, addresses);
    const frames = new FrameStream(await this.network.open(index, protocol), bounds);
    const shown = invite ? { invite } : {};
    const name = `peer ${this.peerId.slice(-4)}`;
    return { frames, answer: await greet(frames, { drive, name, ...shown }) };
  }

  #chunk(id: ChunkId): Uint8Array {
    const bytes = this.chunks.get(id);
    if (!bytes) throw new GoliathError("missing", "not held", { about: { id } });
    return bytes;
  }

  #vouch(runs: ChunkRun[], sums: Uint8Array): void {
    let index = 0;
    for (const { first, count } of runs) {
      for (let id = first; id < first + count; id++) {
        const bytes = this.chunks.get(id as ChunkId);
        if (!bytes || !equalBytes(digestOf(bytes), digestAt(sums, index++))) {
          throw new GoliathError("unverified", "cannot vouch for it", { about: { id } });
        }
      }
    }
  }
}
