/** The index daemon, put together: a home, a store, a network, a service, a control socket. */
import { randomBytes, randomInt } from "node:crypto";
import {
  controlSocketPath,
  lockHome,
  serveControl,
  serveMonitoring,
  silentLog,
  systemClock,
  type Log,
  type Monitoring,
  systemDisk,
} from "@goliath/kit";
import {
  indexControl,
  openIndexServer,
  openSqliteIndexEngine,
  type IndexEngine,
  type IndexServer,
} from "@goliath/index";
import { openLibp2pNetwork } from "@goliath/net";
import { openIndexHome, type IndexHome } from "./index-home.ts";
import { listenSteadily, type SteadyListenInit, type SteadyNetwork } from "./steady-listen.ts";

export { restoreIndex, type RestoreIndexInit } from "./restore.ts";

/** The record that keeps the drive key's word for this index. */
const CERTIFICATE_RECORD = "certificate";
/** Steps of a random number from 0 to 1. */
const RANDOM_STEPS = 2 ** 32;

export interface StartIndexInit {
  home: string;
  /** Multiaddrs to listen on; default: as at the last start, or `LISTEN_DEFAULT`. */
  listen?: readonly string[];
  /** Told to others, in the link too, in place of what is listened on. */
  announce?: readonly string[];
  /** Whether peers on the same LAN find it. Default: yes. */
  mdns?: boolean;
  /** Whether it helps to find peers by id. Default: yes. */
  dht?: boolean;
  /** Where metrics and health are served over HTTP; nowhere when absent. Port 0 is any. */
  metrics?: { host: string; port: number };
  /** How long a keeper may be away before its copies are made anew elsewhere. */
  graceMs?: number;
  log?: Log;
}

export interface IndexReady {
  ready: true;
  peerId: string;
  /** Multiaddrs. */
  listen: string[];
  /** Where the drive is; admits nobody. */
  link: string;
  /** Where metrics are served, as `http://127.0.0.1:9465`. */
  metrics?: string;
}

export interface IndexDaemon extends AsyncDisposable {
  readonly ready: IndexReady;
  /** Settles when it has ended, whoever ended it; rejects when that went wrong. */
  readonly closed: Promise<void>;
  stop(): Promise<void>;
}

/**
 * Starts the index of a home and returns once it serves; the first start makes the drive. Throws
 * `locked` while another process runs it, `unavailable` when it cannot listen.
 */
export async function startIndex(init: StartIndexInit): Promise<IndexDaemon> {
  const { home, log = silentLog } = init;
  await using parts = new AsyncDisposableStack();
  parts.use(await lockHome(home, { disk: systemDisk, role: "index" }));
  let started: IndexServer | undefined;
  const monitoring =
    init.metrics && parts.use(await monitor(init.metrics, { log, index: () => started }));
  const kept = await openIndexHome(home, { log });
  await kept.requireStore();
  const { drive } = kept.config;
  const engine = parts.use(
    await openSqliteIndexEngine({
      file: kept.database,
      drive,
      clock: systemClock,
      search: {
        file: kept.search,
        onFault: (error) => log.warn("the names to search are read anew", { error }),
      },
    }),
  );
  const { network, config } = await openNetwork(kept, init);
  parts.use(network);
  const { generation } = await engine.drive();
  await kept.save({ ...config, generation: Math.max(generation, config.generation) });
  const server = parts.use(
    await openIndexServer({
      network,
      engine,
      clock: systemClock,
      indexKey: kept.identity.key,
      certificate: await certificateOf(kept, engine),
      random: () => randomInt(RANDOM_STEPS) / RANDOM_STEPS,
      randomBytes,
      ...(init.graceMs !== undefined && { copies: { graceMs: init.graceMs } }),
      log,
    }),
  );
  started = server;
  // First of all that ends: nobody asks an index that is half closed.
  parts.defer(() => {
    started = undefined;
  });
  const asked = Promise.withResolvers<void>();
  parts.use(
    await serveControl({
      socket: controlSocketPath(home, "index"),
      methods: indexControl({ server, stop: asked.resolve, file: kept.database }),
      onFault: (error) => log.error("a command failed by our fault", { error }),
    }),
  );
  const { peerId } = network;
  const ready: IndexReady = {
    ready: true,
    peerId,
    listen: network.addresses(),
    link: server.link(),
    ...(monitoring && { metrics: monitoring.url }),
  };
  return runUntil(asked, { ready, running: parts.move() });
}

/** Serves what the index is once it is there; from the start on, whether it is. */
function monitor(
  listen: { host: string; port: number },
  { log, index }: { log: Log; index: () => IndexServer | undefined },
): Promise<Monitoring> {
  return serveMonitoring({
    listen,
    metrics: async () => (await index()?.metrics()) ?? [],
    ready: async () => ({ "store open": (await index()?.status()) !== undefined }),
    clock: systemClock,
    log,
  });
}

/** Ends once when asked, by `stop` or over the control socket. */
function runUntil(
  asked: PromiseWithResolvers<void>,
  { ready, running }: { ready: IndexReady; running: AsyncDisposableStack },
): IndexDaemon {
  // A turn of the event loop later, so that whoever asked over the socket is answered.
  const aside = (): Promise<void> => new Promise((resolve) => void setImmediate(resolve));
  const closed = asked.promise.then(aside).then(() => running.disposeAsync());
  const stop = async (): Promise<void> => {
    asked.resolve();
    await closed;
  };
  // Whoever waits for it hears of a fault; nobody has to.
  closed.catch(() => undefined);
  return { ready, closed, stop, [Symbol.asyncDispose]: stop };
}

function openNetwork(
  { identity, config }: IndexHome,
  { listen, announce, mdns = true, dht = true, log = silentLog }: StartIndexInit,
): Promise<SteadyNetwork> {
  const open: SteadyListenInit["open"] = (listen, announce) =>
    openLibp2pNetwork({ identity, listen, announce, mdns, dht, log });
  return listenSteadily({ listen, announce, config, open });
}

/** Certificates count generations from 1, stores from 0. */
async function certificateOf(kept: IndexHome, engine: IndexEngine): Promise<Uint8Array> {
  const { generation } = await engine.drive();
  const before = await engine.record(CERTIFICATE_RECORD);
  const certificate = await kept.certify({ generation: generation + 1, kept: before });
  if (certificate !== before) await engine.setRecord(CERTIFICATE_RECORD, certificate);
  return certificate;
}
