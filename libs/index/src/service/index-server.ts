/**
 * The index as a service on the network: it admits members, answers their calls, takes their
 * reports, tells them what changes.
 */
import type { KeyObject } from "node:crypto";
import { silentLog, type Clock, type Log, type Metric } from "@goliath/kit";
import type { Network } from "@goliath/net";
import type {
  InviteRequest,
  LogEntry,
  LogRequest,
  Member,
  PeerInfo,
} from "@goliath/protocols/index";
import { GoliathError, ROOT_PATH, type PeerId } from "@goliath/protocols/nouns";
import { formatLink, type Invite } from "@goliath/protocols/pass";
import type { IndexEngine } from "../engine/engine.ts";
import { openCopies } from "./copies/open-copies.ts";
import type { CopiesStatus } from "./copies/copies.ts";
import { copiesMetrics } from "./copies/copies-metrics.ts";
import type { CopiesSettings } from "./copies/copies-settings.ts";
import { CommitFeed } from "./feed/commit-feed.ts";
import { HoldingsMap } from "./holdings/holdings-map.ts";
import { Presence } from "./holdings/presence.ts";
import { ReportDesk } from "./holdings/report-desk.ts";
import { Admission } from "./membership/admission.ts";
import { Invites } from "./membership/invites.ts";
import { openMembers, type Members } from "./membership/members.ts";
import type { IndexStatus } from "./index-status.ts";
import { indexMetrics } from "./index-metrics.ts";
import { CommitDesk } from "./session/commit-desk.ts";
import { LiveStreams } from "./session/live-streams.ts";
import { Roster } from "./session/roster.ts";
import { StreamDesk } from "./session/stream-desk.ts";
import { ReadBack } from "./verification/read-back.ts";
import { Verifier } from "./verification/verifier.ts";

export interface IndexServerInit {
  network: Network;
  /** Outlives the server. */
  engine: IndexEngine;
  clock: Clock;
  /** The private key of the network's peer id: it signs passes and invites. */
  indexKey: KeyObject;
  /** The drive key's word that this index speaks for the drive. */
  certificate: Uint8Array;
  /** From 0 to 1, exclusive; not foreseeable by holders. */
  random: () => number;
  randomBytes: (count: number) => Uint8Array;
  /** What differs from the defaults. */
  copies?: Partial<CopiesSettings>;
  log?: Log;
}

/** What whoever runs the index may do with it, as an admin would over the network. */
export interface IndexServer extends AsyncDisposable {
  status(): Promise<IndexStatus>;
  peers(): PeerInfo[];
  members(): Member[];
  log(request: LogRequest): Promise<LogEntry[]>;
  /** Throws `bad-request`, `full`. */
  invite(request: InviteRequest): Promise<{ link: string; invite: Invite }>;
  /** Throws `not-found`. */
  revoke(peer: PeerId): Promise<void>;
  /** The drive's link without an invite. */
  link(): string;
  /** How the copies are, and what was done about them. */
  copies(): CopiesStatus;
  /** For Prometheus. */
  metrics(): Promise<Metric[]>;
}

/** Answers on the network until disposed. */
export async function openIndexServer(init: IndexServerInit): Promise<IndexServer> {
  const parts = await assemble(init);
  const endings = [
    endMembershipsAtOnce(init, parts),
    init.network.onDisconnect((peer) => parts.presence.disconnected(peer)),
  ];
  await parts.streams.answerOn(init.network);
  parts.caring.start();
  return new Server(init, { parts, endings });
}

type Parts = Awaited<ReturnType<typeof assemble>>;

async function assemble(init: IndexServerInit) {
  const { engine, network, clock, random, log = silentLog } = init;
  const { drive, chunkBytes } = await engine.drive();
  const invites = new Invites(engine);
  const members = await openMembers(engine, { turn: await invites.newestTurn() });
  const admission = new Admission({ ...init, drive, index: network.peerId, members, invites });
  const map = new HoldingsMap();
  const presence = new Presence(clock);
  const settings = init.copies ?? {};
  const readBack = new ReadBack({ network, hello: () => admission.ownHello() });
  const caring = await openCopies({
    engine,
    presence,
    map,
    readBack: (peer, id, options) => readBack.read(peer, id, options),
    demandFull: (peer) => reports.demandFull(peer),
    clock,
    log,
    random,
    settings,
  });
  const { copies } = caring;
  const learn = (peer: PeerId, at: readonly string[]) => network.learn(peer, at);
  const reports: ReportDesk = new ReportDesk({ map, presence, keeping: copies, learn });
  const verifier = new Verifier({
    holder: (peer) => (members.active(peer) ? presence.holder(peer) : undefined),
    digests: (runs) => engine.digests({ runs }),
    readBack: (peer, id, options) => readBack.read(peer, id, options),
    chunkBytes,
    random,
    clock,
    onLie: (peer) => {
      copies.lied(peer).catch((error: unknown) => {
        log.warn("could not note that a keeper lied", { peer, error });
      });
    },
  });
  const commits = new CommitDesk({ engine, verifier, members, map, copies });
  const feed = new CommitFeed({ engine, members, clock });
  const roster = new Roster({
    members,
    map,
    presence,
    random,
    copiesAt: (run) => copies.copiesAt(run),
    keeperInfo: (peer) => copies.keeperInfo(peer),
  });
  const live = new LiveStreams();
  const callers = { engine, members, admission, roster, commits, copies };
  const streams = new StreamDesk({ callers, feed, reports, presence, live, clock, log });
  return {
    drive,
    members,
    admission,
    map,
    presence,
    reports,
    copies,
    caring,
    readBack,
    feed,
    roster,
    live,
    streams,
  };
}

/** A revocation ends what the peer has open and forgets what it said it holds. */
function endMembershipsAtOnce(
  { network, log = silentLog }: IndexServerInit,
  parts: Parts,
): () => void {
  return parts.members.onChange(({ peer, kind }) => {
    if (kind !== "revoked") return;
    parts.live.end(peer, new GoliathError("no-pass", "the membership was revoked"));
    parts.presence.forget(peer);
    parts.reports.forget(peer);
    parts.readBack.forget(peer);
    parts.copies.forget(peer).catch((error: unknown) => {
      log.warn("could not forget what a revoked peer pledged", { peer, error });
    });
    network.disconnect(peer).catch((error: unknown) => {
      log.warn("could not disconnect a revoked peer", { peer, error });
    });
  });
}

class Server implements IndexServer {
  readonly #init: IndexServerInit;
  readonly #parts: Parts;
  readonly #endings: (() => void)[];

  constructor(
    init: IndexServerInit,
    { parts, endings }: { parts: Parts; endings: (() => void)[] },
  ) {
    this.#init = init;
    this.#parts = parts;
    this.#endings = endings;
  }

  async status(): Promise<IndexStatus> {
    const { engine, network } = this.#init;
    const { drive, generation, revision } = await engine.drive();
    const { entries } = await engine.resolve({ paths: [ROOT_PATH] });
    const [root] = entries;
    const { files, bytes } = root?.kind === "dir" ? root : { files: 0, bytes: 0 };
    return {
      drive,
      peerId: network.peerId,
      generation,
      revision,
      listen: network.addresses(),
      link: this.#format(),
      peers: this.#parts.roster.countOnline(),
      members: countLasting(this.#parts.members),
      files,
      bytes,
    };
  }

  peers(): PeerInfo[] {
    return this.#parts.roster.peers();
  }

  members(): Member[] {
    return this.#parts.roster.members();
  }

  log(request: LogRequest): Promise<LogEntry[]> {
    return this.#init.engine.log(request);
  }

  async invite(request: InviteRequest): Promise<{ link: string; invite: Invite }> {
    const { token, invite } = await this.#parts.admission.invite(request);
    return { link: this.#format(token), invite };
  }

  async revoke(peer: PeerId): Promise<void> {
    await this.#parts.members.revoke(peer);
  }

  link(): string {
    return this.#format();
  }

  copies(): CopiesStatus {
    return this.#parts.copies.status();
  }

  async metrics(): Promise<Metric[]> {
    const { map, roster, copies } = this.#parts;
    const metrics = indexMetrics({ status: await this.status(), map, peers: roster.peers() });
    return [...metrics, ...copiesMetrics(copies.status())];
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const end of this.#endings) end();
    await this.#parts.streams.close();
    await this.#parts.caring.close();
    this.#parts.readBack[Symbol.dispose]();
    this.#parts.feed[Symbol.dispose]();
  }

  #format(invite?: Uint8Array): string {
    const { network } = this.#init;
    return formatLink({
      drive: this.#parts.drive,
      index: network.peerId,
      addresses: network.addresses(),
      ...(invite && { invite }),
    });
  }
}

function countLasting(members: Members): number {
  return members.all().filter(({ record }) => record.revokedIn === undefined).length;
}
