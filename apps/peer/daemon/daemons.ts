/** The daemons that `goliath` can become, loaded only when one is started. */
import type { Log } from "@goliath/kit";
import type { Reserve } from "@goliath/peer";
import type { BandwidthPlan } from "@goliath/peer/bandwidth";
import type { SocketAddress } from "../arguments/socket-address.ts";

/** What a daemon says once it serves. */
export interface PeerReady {
  ready: true;
  /** Absent before the home has a drive. */
  peerId?: string;
  /** Multiaddrs. */
  listen: string[];
  /** Where metrics are served, as `http://127.0.0.1:9464`. */
  metrics?: string;
  /** What opens the web UI signed in, as `http://127.0.0.1:4680/#token=…`. */
  http?: string;
  /** Before the home has a drive: what the web UI does about it. */
  setup?: "new" | "joining";
}

export interface IndexReady extends PeerReady {
  peerId: string;
  /** What others join with. */
  link: string;
}

export interface Daemon<Ready> extends AsyncDisposable {
  readonly ready: Ready;
  /** Settles when the daemon has ended, by `stop` or by a fault, which it rejects with. */
  readonly closed: Promise<void>;
  stop(): Promise<void>;
}

export interface StartIndexOptions {
  home: string;
  /** Multiaddrs; undefined: the daemon's own choice. */
  listen?: string[];
  /** Multiaddrs told to others in place of those. */
  announce?: string[];
  name?: string;
  /** Whether to look for peers on the local network. */
  mdns?: boolean;
  /** Where metrics and health are served over HTTP. */
  metrics?: SocketAddress;
  /** How long a keeper may be away before its copies are made anew. */
  graceMs?: number;
  log: Log;
}

export interface StartPeerOptions extends Omit<StartIndexOptions, "graceMs"> {
  /** A link, for the first start in a home. */
  join?: string;
  /** Pledged to the drive: makes the peer a keeper. */
  capacityBytes?: number;
  /** Left free on the home's disk. */
  reserve?: Reserve;
  /** As `parseLabels` gives them. */
  labels?: readonly string[];
  bandwidth?: BandwidthPlan;
  /** Where the web UI is served. */
  http?: HttpOptions;
  /** How the index of this home runs, where its drive was created from the web UI. */
  index?: Omit<StartIndexOptions, "home" | "log">;
}

export interface HttpOptions {
  listen: SocketAddress;
  /** Names it is reached by besides its address. */
  names?: readonly string[];
  /** Files, for who comes from elsewhere: a password in one line, and PEM. */
  passwordFile?: string;
  certFile?: string;
  keyFile?: string;
}

export interface RestoreIndexOptions {
  home: string;
  /** A backup made by `goliath index backup`. */
  from: string;
}

export interface Daemons {
  startIndex(options: StartIndexOptions): Promise<Daemon<IndexReady>>;
  startPeer(options: StartPeerOptions): Promise<Daemon<PeerReady>>;
  /** Puts a backup in place of an index's store; it starts a new generation. */
  restoreIndex(options: RestoreIndexOptions): Promise<{ generation: number; revision: number }>;
}
