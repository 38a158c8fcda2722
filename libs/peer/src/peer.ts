/** A peer: all its parts joined, over a network and a home it is given. */
import { join } from "node:path";
import {
  combineChunkReaders,
  openPackChunkStore,
  openPlacedChunks,
  type ChunkReader,
  type PackChunkStore,
  type PlacedChunks,
} from "@goliath/chunks";
import type { Clock, Disk, Log, Metric, SqliteDatabase, WatchFolder } from "@goliath/kit";
import type { Network } from "@goliath/net";
import { GoliathError, type DriveId, type PeerId, type Role } from "@goliath/protocols/nouns";
import { Bandwidth } from "./bandwidth/bandwidth.ts";
import type { BandwidthPlan } from "./bandwidth/bandwidth-schedule.ts";
import { DriveReader } from "./drive/drive-reader.ts";
import { GetsUnderWay } from "./drive/gets-under-way.ts";
import { DriveWriter } from "./drive/drive-writer.ts";
import { DrainFlag } from "./keeper/drain-flag.ts";
import { Keeper } from "./keeper/keeper.ts";
import type { KeeperStatus } from "./keeper/keeper-status.ts";
import { keptPacksInit } from "./keeper/kept-packs.ts";
import { PackUpkeep, SCRUB_RATE_DEFAULT } from "./keeper/pack-upkeep.ts";
import { MirroredTree } from "./mirror/mirrored-tree.ts";
import { Mirrors } from "./mirror/mirrors.ts";
import { PartialChunks } from "./mirror/partial-chunks.ts";
import { forgetMirrored } from "./mirror/replica-tables.ts";
import { peerMetrics, type PeerMetricsInit } from "./monitoring/peer-metrics.ts";
import { CopySpread } from "./publish/copy-spread.ts";
import { Publisher } from "./publish/publisher.ts";
import { PushLanes } from "./publish/push-lanes.ts";
import { Admission } from "./session/admission.ts";
import type { Credentials } from "./session/credentials.ts";
import { HoldingsReports } from "./session/holdings-reports.ts";
import { IndexSession } from "./session/index-session.ts";
import { joinDrive } from "./session/join-drive.ts";
import { realPathOf } from "./share/folder-overlap.ts";
import { shareDiskOn } from "./share/share-disk.ts";
import { forgetStamps } from "./share/share-tables.ts";
import { Shares } from "./share/shares.ts";
import { serveChunksOn } from "./swarm/chunk-server.ts";
import { HolderFinder } from "./swarm/holder-finder.ts";
import { LocalFirst } from "./swarm/local-first.ts";
import { PeerLinks } from "./swarm/peer-links.ts";
import { SourceBook } from "./swarm/source-book.ts";
import { Swarm } from "./swarm/swarm.ts";
import { Traffic } from "./traffic.ts";

export interface PeerInit {
  /** The folder of its state; the caller holds its lock. */
  home: string;
  network: Network;
  credentials: Credentials;
  database: SqliteDatabase;
  disk: Disk;
  watch: WatchFolder;
  /** What others see it called. */
  name: string;
  clock: Clock;
  random: () => number;
  /** For what nobody may foresee; the system's when absent. */
  randomBytes?: (count: number) => Uint8Array;
  log: Log;
  /** Bytes pledged to the drive: more than none makes the peer a keeper. */
  capacityBytes?: number | undefined;
  /** Bytes of the home's disk that are left free, whatever was pledged. */
  reserveBytes?: number | undefined;
  /** What its operator says of it: where copies may be placed depends on it. */
  labels?: readonly string[] | undefined;
  /** Bytes a second of its own store that are hashed anew; a terabyte a month when absent. */
  scrubRate?: number | undefined;
  /** How fast it may be; unlimited when absent. */
  bandwidth?: BandwidthPlan | undefined;
}

/** What the control methods, and whoever embeds a peer, work with. */
export interface Peer extends AsyncDisposable {
  readonly peerId: PeerId;
  readonly drive: DriveId;
  readonly name: string;
  readonly session: IndexSession;
  readonly reader: DriveReader;
  readonly writer: DriveWriter;
  readonly shares: Shares;
  readonly mirrors: Mirrors;
  /** All that it can serve. */
  readonly chunks: ChunkReader;
  /** Of these, what lies in its own store: the index may order it dropped. Tells what has rotted. */
  readonly kept: ChunkReader & Pick<PackChunkStore, "onProblem">;
  readonly traffic: Traffic;
  readonly bandwidth: Bandwidth;
  readonly credentials: Credentials;
  readonly clock: Clock;
  role(): Role;
  /** Resolves once the index knows of everything held now. */
  flush(signal?: AbortSignal): Promise<void>;
  addresses(): string[];
  /** Undefined of a peer that pledged no room. */
  keeperStatus(): Promise<KeeperStatus | undefined>;
  /** Whether it is to be taken away; told to the index at once. Throws `unsupported` at no keeper. */
  setDraining(draining: boolean): void;
  /** For Prometheus. */
  metrics(signal: AbortSignal): Promise<Metric[]>;
}

/** Opens the stores, goes on with shares and mirrors, serves chunks. */
export async function openPeer(init: PeerInit): Promise<Peer> {
  const { home, network, credentials, database, disk, name, clock, random, log } = init;
  const { drive, index } = credentials;
  if (!drive || !index)
    throw new GoliathError("no-pass", "this home has not joined a drive: give --join LINK");
  await using opening = new AsyncDisposableStack();
  const admission = new Admission({ credentials, clock, name });
  const { chunkBytes } = await joinDrive({ network, credentials, admission, clock });
  const placed = opening.use(await openPlaced(init, chunkBytes));
  const packs = opening.use(
    await openPackChunkStore({
      disk,
      directory: join(home, "packs"),
      clock,
      ...keptPacksInit(init),
      ...(init.randomBytes ? { random: init.randomBytes } : {}),
    }),
  );
  const realHome = await realPathOf(home, (path) => disk.realpath(path));
  const partial = new PartialChunks();
  const chunks = combineChunkReaders([placed, partial, packs]);
  const traffic = new Traffic(clock);
  const bandwidth = opening.use(new Bandwidth({ clock, plan: init.bandwidth ?? {} }));
  const links = opening.use(new PeerLinks({ network, admission, clock }));
  const upkeep = opening.use(
    new PackUpkeep({ store: packs, clock, log, scrubRate: init.scrubRate ?? SCRUB_RATE_DEFAULT }),
  );
  const drain = new DrainFlag(database);
  const reports: HoldingsReports = new HoldingsReports({
    chunks,
    kept: packs,
    orders: () => keeper,
    clock,
    log,
    session: sessionName(random),
    heartbeat: async () => ({
      addresses: network.addresses(),
      name,
      load: traffic.uploads,
      ...(await keeper.pledge()),
    }),
  });
  const onRevoked = (peers: readonly PeerId[]): void => {
    for (const peer of peers) void network.disconnect(peer);
  };
  await network.learn(index, credentials.addresses);
  const session = opening.use(
    new IndexSession({
      network,
      index,
      credentials,
      admission,
      reports,
      clock,
      random,
      log,
      onRevoked,
    }),
  );
  const finder = new HolderFinder({ link: session, network, clock });
  const swarm = new Swarm({
    finder,
    links,
    sources: new SourceBook(clock),
    clock,
    random,
    log,
    download: bandwidth.download,
    onBytes: (bytes, from) => traffic.received(bytes, from),
  });
  const fetcher = new LocalFirst({ chunks, swarm });
  const keeper: Keeper = opening.use(
    new Keeper({
      store: packs,
      capacityBytes: init.capacityBytes ?? 0,
      labels: init.labels ?? [],
      drain,
      fetcher,
      download: bandwidth.download,
      clock,
      log,
    }),
  );
  const publisher = new Publisher({ disk, database, link: session, placed, clock, random, log });
  const mirrors: Mirrors = new Mirrors({
    disk,
    database,
    link: session,
    placed,
    chunks,
    partial,
    fetcher,
    clock,
    random,
    log,
    taken: () => [realHome, ...shares.locals()],
  });
  const shares = opening.use(
    new Shares({
      disk: shareDiskOn(disk),
      watch: init.watch,
      database,
      link: session,
      publisher,
      placed,
      clock,
      random,
      log,
      taken: () => [realHome, ...mirrors.locals()],
    }),
  );
  opening.use(mirrors);
  const lanes = new PushLanes({
    store: packs,
    links,
    upload: bandwidth.upload,
    clock,
    random,
    onBytes: (bytes, keeper) => traffic.sent(bytes, keeper),
  });
  const known = new MirroredTree({ database, chunks });
  const gets = new GetsUnderWay({ database, disk, random, log });
  const reader = new DriveReader({ disk, link: session, fetcher, known, gets });
  const writer = new DriveWriter({
    disk,
    link: session,
    // A change stands on what the index says, never on what is only known here.
    reader: new DriveReader({ disk, link: session, fetcher, gets }),
    store: packs,
    publisher,
    spread: (put) => new CopySpread({ link: session, lanes, network, clock, log, ...put }),
    clock,
    shared: () => shares.folders(),
  });
  await serveChunksOn({
    network,
    admission,
    clock,
    chunks,
    chunkBytes,
    log,
    upload: bandwidth.upload,
    onBytes: (bytes, to) => traffic.sent(bytes, to),
    onUpload: () => traffic.uploading(),
    push: async (writer, chunk, options) => {
      await keeper.push(writer, chunk, options);
      traffic.received(chunk.bytes.length, writer);
    },
  });
  bandwidth.start();
  upkeep.start();
  await warnOfExcess(keeper, log);
  const ending = new AbortController();
  const cleaned = gets.removeLeftovers(ending.signal);
  opening.defer(async () => {
    ending.abort();
    await cleaned;
  });
  session.start();
  mirrors.start();
  shares.start();
  const watched: PeerMetricsInit = {
    link: session,
    shares,
    mirrors,
    chunks,
    packs,
    upkeep,
    traffic,
    bandwidth,
    swarm,
    disk,
    home,
    capacityBytes: init.capacityBytes ?? 0,
    reserveBytes: init.reserveBytes ?? 0,
  };
  const closing = opening.move();
  return {
    peerId: network.peerId,
    drive,
    name,
    session,
    reader,
    writer,
    shares,
    mirrors,
    chunks,
    kept: packs,
    traffic,
    bandwidth,
    credentials,
    clock,
    flush: (signal) => reports.flush(signal),
    role: () => admission.role(network.peerId),
    addresses: () => network.addresses(),
    keeperStatus: async () => {
      const status = await keeper.status();
      return status && { ...status, scrub: { ...upkeep.counts } };
    },
    setDraining: (draining) => {
      keeper.setDraining(draining);
      reports.beatNow();
    },
    metrics: (signal) => peerMetrics(watched, signal),
    [Symbol.asyncDispose]: () => closing.disposeAsync(),
  };
}

/** A pledge that was lowered: what is kept may be the only copy there is, so it stays. */
async function warnOfExcess(keeper: Keeper, log: Log): Promise<void> {
  const status = await keeper.status();
  if (!status || status.usedBytes <= status.capacityBytes) return;
  const { usedBytes, capacityBytes } = status;
  const text = "more is kept here than is pledged now: it stays until it is dropped by order";
  log.warn(`${text}, and nothing new is taken`, { usedBytes, capacityBytes });
}

/** Where the registry of files in place is lost, all that shares and mirrors have is read again. */
async function openPlaced(
  { home, database, disk, clock }: PeerInit,
  chunkBytes: number,
): Promise<PlacedChunks> {
  const file = join(home, "chunks.db");
  // Before it is made anew: a crash in between finds it missing again.
  if (!(await shareDiskOn(disk).stat(file))) {
    database.transaction(() => {
      forgetStamps(database);
      forgetMirrored(database);
    })();
  }
  return openPlacedChunks({ disk, file, chunkBytes, clock });
}

/** Reports are numbered anew by each process, so each has its own name. */
function sessionName(random: () => number): string {
  return Array.from({ length: 4 }, () => Math.floor(random() * 2 ** 32).toString(36)).join("");
}
