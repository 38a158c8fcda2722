/** The headless peer as a process: home, lock, identity, network, control socket. */
import { hostname } from "node:os";
import { join, resolve } from "node:path";
import {
  controlSocketPath,
  lockHome,
  openQuickDisk,
  serveControl,
  serveMonitoring,
  systemClock,
  type ControlMethod,
  type ControlStream,
  type Disk,
  type Log,
} from "@goliath/kit";
import { openIdentity, openLibp2pNetwork } from "@goliath/net";
import { GoliathError } from "@goliath/protocols/nouns";
import { parseLink } from "@goliath/protocols/pass";
import type { BandwidthPlan } from "./bandwidth/bandwidth-schedule.ts";
import { copiesMethods } from "./control/copies-methods.ts";
import { daemonMethods } from "./control/daemon-methods.ts";
import { readMethods, readStreams } from "./control/read-methods.ts";
import { writeMethods } from "./control/write-methods.ts";
import { openPeer, type Peer } from "./peer.ts";
import { Credentials } from "./session/credentials.ts";
import { watchFolder } from "./share/folder-watcher.ts";
import { openPeerDatabase } from "./state/peer-database.ts";

/** Where a peer listens unless told otherwise: any port, all interfaces. */
export const LISTEN_DEFAULT = "/ip4/0.0.0.0/tcp/0";

/** Space of a disk: bytes, or a share of the whole disk. */
export type Reserve = { bytes: number } | { percent: number };

export interface StartPeerInit {
  home: string;
  /** A link with an invite; needed at the first start only. Or what brings one, once it is known. */
  join?: string | ((state: { isMember: boolean }) => Promise<string | undefined>) | undefined;
  listen?: readonly string[] | undefined;
  /** Told to others in place of what is listened on. */
  announce?: readonly string[] | undefined;
  /** Bytes pledged: makes the peer a keeper. */
  capacityBytes?: number | undefined;
  /** Left free on the home's disk. */
  reserve?: Reserve | undefined;
  /** As `parseLabels` gives them. */
  labels?: readonly string[] | undefined;
  /** Bytes a second of its own store that are hashed anew; 0 for none. */
  scrubRate?: number | undefined;
  bandwidth?: BandwidthPlan | undefined;
  /** What others see it called; the machine's name by default. */
  name?: string | undefined;
  mdns?: boolean | undefined;
  /** Where metrics and health are served over HTTP; nowhere when absent. Port 0 is any. */
  metrics?: { host: string; port: number } | undefined;
  log: Log;
}

/** All that can be asked of a peer, by name. */
export interface PeerMethods {
  methods: Readonly<Record<string, ControlMethod>>;
  streams: Readonly<Record<string, ControlStream>>;
}

export interface RunningPeer extends AsyncDisposable {
  ready: { ready: true; peerId: string; listen: string[]; metrics?: string };
  /** What its control socket answers, for others who serve it. */
  control: PeerMethods;
  /** Settles when the peer has ended. */
  closed: Promise<void>;
  stop(): Promise<void>;
}

/** Throws `locked` for a home in use, `no-pass` before the first join, `bad-invite`. */
export async function startPeer(init: StartPeerInit): Promise<RunningPeer> {
  const home = resolve(init.home);
  const { log, listen = [LISTEN_DEFAULT], announce = [], name = hostname(), mdns } = init;
  await using opening = new AsyncDisposableStack();
  const disk = opening.use(openQuickDisk());
  opening.use(await lockHome(home, { disk, role: "peer" }));
  // Before all that may take long: whoever watches sees that it starts.
  let started: Peer | undefined;
  const monitoring =
    init.metrics &&
    opening.use(
      await serveMonitoring({
        listen: init.metrics,
        metrics: async (signal) => (await started?.metrics(signal)) ?? [],
        ready: async () => ({
          "stores open": started !== undefined,
          "index connected": started?.session.connected() ?? false,
        }),
        clock: systemClock,
        log,
      }),
    );
  const database = opening.adopt(openPeerDatabase(home, { disk }), (opened) => void opened.close());
  const credentials = new Credentials(database);
  const isMember = credentials.pass !== undefined;
  const link = typeof init.join === "function" ? await init.join({ isMember }) : init.join;
  if (link !== undefined) credentials.take(parseLink(link));
  // Before a network is opened for nothing.
  if (credentials.drive === undefined) throw noDrive();
  const identity = await openIdentity(join(home, "peer.key"));
  const network = opening.use(
    await openLibp2pNetwork({
      identity,
      listen,
      announce,
      log,
      ...(mdns === undefined ? {} : { mdns }),
      bootstrap: bootstrapOf(credentials),
    }),
  );
  const peer = opening.use(
    await openPeer({
      home,
      network,
      credentials,
      database,
      disk,
      watch: watchFolder,
      name,
      log,
      capacityBytes: init.capacityBytes,
      reserveBytes: init.reserve && (await reserveBytesOf(home, { reserve: init.reserve, disk })),
      labels: init.labels,
      scrubRate: init.scrubRate,
      bandwidth: init.bandwidth,
      clock: systemClock,
      random: Math.random,
    }),
  );
  started = peer;
  // First of all that ends: nobody asks a peer that is half closed.
  opening.defer(() => {
    started = undefined;
  });
  const closed = Promise.withResolvers<void>();
  let stop = async (): Promise<void> => undefined;
  const control = methodsOf(peer, () => void stop());
  opening.use(
    await serveControl({
      socket: controlSocketPath(home, "peer"),
      ...control,
      onFault: (error) => log.error("a command failed", { error }),
    }),
  );
  const closing = opening.move();
  stop = () => {
    closing.disposeAsync().then(closed.resolve, closed.reject);
    return closed.promise;
  };
  return {
    ready: {
      ready: true,
      peerId: peer.peerId,
      listen: peer.addresses(),
      ...(monitoring && { metrics: monitoring.url }),
    },
    control,
    closed: closed.promise,
    stop: () => stop(),
    [Symbol.asyncDispose]: () => stop(),
  };
}

function methodsOf(peer: Peer, onStop: () => void): PeerMethods {
  return {
    methods: {
      ...readMethods(peer),
      ...copiesMethods(peer),
      ...writeMethods(peer),
      ...daemonMethods({ peer, onStop }),
    },
    streams: readStreams(peer),
  };
}

function noDrive(): GoliathError {
  return new GoliathError("no-pass", "this home has not joined a drive: give --join LINK");
}

/** What a reserve is in bytes, on the disk that the home is on. */
async function reserveBytesOf(
  home: string,
  { reserve, disk }: { reserve: Reserve; disk: Disk },
): Promise<number> {
  if ("bytes" in reserve) return reserve.bytes;
  const { blocks, bsize } = await disk.statfs(home);
  return Math.ceil((blocks * bsize * reserve.percent) / 100);
}

function bootstrapOf({ addresses, index }: Credentials): string[] {
  return addresses.map((address) =>
    address.includes("/p2p/") ? address : `${address}/p2p/${index}`,
  );
}
