/** What people do with a drive: drawn at random, many at once, whatever may fail meanwhile. */
import type { Peer } from "@goliath/peer";
import {
  GoliathError,
  isWithin,
  parsePath,
  type DrivePath,
  type FileBody,
  type Revision,
} from "@goliath/protocols/nouns";
import type { DriveChecks } from "./checks/drive-checks.ts";
import type { ServedChecks } from "./checks/served-checks.ts";
import { PromiseBroken } from "./failure.ts";
import { codeOf } from "./drive-record.ts";
import { folderOf, LOCALS, type PeerMachine } from "./peer-machine.ts";
import type { ActionName } from "./profile.ts";
import type { Random } from "./random.ts";
import { Readings } from "./readings.ts";
import { peopleOf, type World } from "./world.ts";

const TOP = ["/docs", "/data", "/data/in", "/box"];
const NAMES = ["a", "b", "c", "d.txt", "x", "y"];
const JOURNALS = ["/log", "/data/log"];
/** Things under way at once. */
const AT_ONCE_MAX = 8;
/** Copies asked for: as many as keepers have room for all there is. */
const WANTED_MAX = 4;
/** Whoever waits longer than this gives up. */
const PATIENCE_MS = 90_000;

export interface WorkloadInit {
  checks: DriveChecks;
  served: ServedChecks;
}

type Action = (machine: PeerMachine, peer: Peer, signal: AbortSignal) => Promise<void>;

export class Workload {
  readonly #world: World;
  readonly #init: WorkloadInit;
  readonly #checks: DriveChecks;
  readonly #random: Random;
  readonly #readings: Readings;
  /** Names of actions, each as often as it is to be drawn. */
  readonly #names: ActionName[];
  /** Where people share from and work, and where they mirror into. */
  readonly #ownFolders: string[];
  readonly #mirrorFolders: string[];
  readonly #underWay = new Set<Promise<void>>();
  #appends = 0;

  constructor(world: World, init: WorkloadInit) {
    const { work, handsOff } = world.profile;
    this.#world = world;
    this.#init = init;
    this.#checks = init.checks;
    this.#random = world.random.fork("workload");
    this.#readings = new Readings(world, { checks: init.checks, random: this.#random });
    this.#names = Object.entries(work).flatMap(([name, times]) =>
      Array.from({ length: times }, () => name as ActionName),
    );
    this.#ownFolders = handsOff ? LOCALS.slice(0, 2) : LOCALS;
    this.#mirrorFolders = handsOff ? LOCALS.slice(2) : LOCALS;
  }

  async run(steps: number): Promise<void> {
    const { clock } = this.#world.site;
    for (let step = 0; step < steps; step++) {
      await clock.sleep(this.#random.next() * this.#world.profile.pauseMs);
      this.#begin(this.#random.pick(peopleOf(this.#world)));
      if (this.#underWay.size >= AT_ONCE_MAX) await Promise.race(this.#underWay);
    }
    await Promise.all(this.#underWay);
  }

  #begin(machine: PeerMachine): void {
    const work: Promise<void> = this.#one(machine).finally(() => this.#underWay.delete(work));
    this.#underWay.add(work);
  }

  async #one(machine: PeerMachine): Promise<void> {
    const random = this.#random;
    if (random.chance(this.#world.profile.byHand)) return this.#byHand(machine);
    const { process, peer } = machine;
    if (!process || !peer) return;
    const name = random.pick(this.#names);
    const act = this.#actions[name];
    const { clock, trace } = this.#world.site;
    const patience = new AbortController();
    const over = new AbortController();
    clock.sleep(PATIENCE_MS, over.signal).then(
      () => patience.abort(new GoliathError("aborted", "out of patience")),
      () => undefined,
    );
    trace.note(machine.name, `begins to ${name}`);
    try {
      await process.outlive(act(machine, peer, patience.signal));
      trace.note(machine.name, `${process.alive ? "did" : "died at"} ${name}`);
    } catch (error) {
      trace.note(machine.name, `could not ${name}: ${codeOf(error)}`);
      if (!(error instanceof PromiseBroken)) this.#checks.refused(name, error);
    } finally {
      over.abort();
    }
  }

  async #byHand(machine: PeerMachine): Promise<void> {
    const folder = folderOf(this.#random.pick(this.#ownFolders));
    await machine.byHand((user) => user.act(folder));
  }

  readonly #actions: Record<ActionName, Action> = {
    share: (machine, peer, signal) => this.#share(machine, peer, signal),
    mirror: (_machine, peer, signal) => this.#mirror(peer, signal),
    unshare: (_machine, peer, signal) => this.#unshare(peer, signal),
    unmirror: (machine, peer) => this.#unmirror(machine, peer),
    put: (machine, peer, signal) => this.#put(machine, peer, signal),
    "put tree": (machine, peer, signal) => this.#putTree(machine, peer, signal),
    append: (machine, peer, signal) => this.#append(machine, peer, signal),
    mkdir: async (_m, peer, signal) => void (await peer.writer.mkdir(this.#path(), signal)),
    rm: (_machine, peer, signal) => this.#remove(peer, signal),
    mv: (_machine, peer, signal) => this.#move(peer, signal),
    restore: (_machine, peer, signal) => this.#restore(peer, signal),
    read: (_machine, peer, signal) => this.#readings.read(peer, signal),
    list: (_machine, peer, signal) => this.#readings.list(peer, signal),
    "look back": (_machine, peer, signal) => this.#readings.lookBack(peer, signal),
    "put copies": (machine, peer, signal) => this.#putCopies(machine, peer, signal),
    "set policy": (_machine, peer, signal) => this.#setPolicy(peer, signal),
    "check served": (machine) => this.#init.served.look(machine),
  };

  async #share(machine: PeerMachine, peer: Peer, signal: AbortSignal): Promise<void> {
    const local = folderOf(this.#random.pick(this.#ownFolders));
    const path = this.#random.chance(0.7)
      ? parsePath(this.#random.pick(TOP))
      : this.#somewhere("dir");
    await machine.byHand((user) => user.makeFolder(local));
    if (this.#world.record.at().has(path)) machine.sharedOver.add(local);
    await peer.shares.share({ local, path, signal });
  }

  async #mirror(peer: Peer, signal: AbortSignal): Promise<void> {
    const local = folderOf(this.#random.pick(this.#mirrorFolders));
    const path = this.#somewhere("dir");
    await peer.mirrors.mirror({ path, local, signal });
  }

  async #unshare(peer: Peer, signal: AbortSignal): Promise<void> {
    const [share] = peer.shares.list();
    if (share) await peer.shares.unshare({ local: share.local }, { signal });
  }

  /** What was mirrored stays where it is, and is the user's from then on. */
  async #unmirror(machine: PeerMachine, peer: Peer): Promise<void> {
    const [mirror] = peer.mirrors.list();
    if (!mirror) return;
    for (const { bytes } of await machine.files(mirror.local)) machine.own.moved(bytes);
    await peer.mirrors.unmirror({ local: mirror.local });
  }

  async #put(machine: PeerMachine, peer: Peer, signal: AbortSignal): Promise<void> {
    const bytes = machine.user.content();
    const path = this.#path();
    if (isOwnShare(peer, path)) return;
    const { revision } = await peer.writer.putStream({ path, bytes: pieces(bytes), signal });
    this.#stored(machine, { path, revision, bytes });
  }

  /** Pushed to keepers before it is committed. */
  async #putCopies(machine: PeerMachine, peer: Peer, signal: AbortSignal): Promise<void> {
    const bytes = machine.user.content();
    const path = this.#path();
    if (isOwnShare(peer, path)) return;
    const copies = 1 + this.#random.int(WANTED_MAX);
    const wish = { copies, minCopies: this.#random.int(copies + 1) };
    await peer.writer.putStream({ path, bytes: pieces(bytes), signal, wish });
  }

  /** How many copies, up and down: the past is kept as long as it is at the root. */
  async #setPolicy(peer: Peer, signal: AbortSignal): Promise<void> {
    const path = this.#random.chance(0.2) ? parsePath("/") : this.#somewhere();
    const copies = this.#random.pick([null, 0, 1, 2, 2, 3, WANTED_MAX]);
    await peer.writer.setPolicy({ path, policy: { copies }, signal });
  }

  /** The chunks at the end of a version are those of the bytes that were written just now. */
  #stored(
    { stored }: PeerMachine,
    { path, revision, bytes }: { path: DrivePath; revision: Revision; bytes: Buffer },
  ): void {
    const { record, wasRestored, profile } = this.#world;
    // Where the past ends, so does what is stored of it.
    if (profile.keeping) return;
    // After a restore a revision may be another one than was answered.
    const body = wasRestored ? undefined : record.at(revision).get(path)?.body;
    const extents: FileBody["extents"] = [];
    let missing = bytes.length;
    for (const extent of body?.extents.toReversed() ?? []) {
      if (missing <= 0) break;
      extents.push(extent);
      missing -= extent.bytes;
    }
    if (missing === 0) stored.push({ path, extents });
  }

  async #putTree(_machine: PeerMachine, peer: Peer, signal: AbortSignal): Promise<void> {
    const local = folderOf(this.#random.pick(LOCALS));
    const path = this.#path();
    if (!isOwnShare(peer, path)) await peer.writer.put({ local, path, signal });
  }

  async #append(machine: PeerMachine, peer: Peer, signal: AbortSignal): Promise<void> {
    const path = parsePath(this.#random.pick(JOURNALS));
    const token = `[${machine.name} ${this.#appends++}]`;
    const bytes = Buffer.from(token.padEnd(this.#random.pick([20, 4096, 5000]), "."));
    if (isOwnShare(peer, path)) return;
    this.#checks.appending(token);
    const { revision } = await peer.writer.append({ path, bytes: pieces(bytes), signal });
    this.#checks.appended(token, revision);
    this.#stored(machine, { path, revision, bytes });
    if (this.#world.profile.isFurnished)
      await this.#readings.journal(peer, { path, token, revision });
  }

  async #remove(peer: Peer, signal: AbortSignal): Promise<void> {
    const path = this.#somewhere();
    if (!isOwnShare(peer, path)) await peer.writer.remove({ path, recursive: true, signal });
  }

  async #move(peer: Peer, signal: AbortSignal): Promise<void> {
    const [from, to] = [this.#somewhere(), this.#path()];
    if (isOwnShare(peer, from) || isOwnShare(peer, to) || this.#isShared(from)) return;
    await peer.writer.move({ from, to, signal });
  }

  async #restore(peer: Peer, signal: AbortSignal): Promise<void> {
    const { record } = this.#world;
    const at = this.#random.int(record.revision + 1) as Revision;
    const path = this.#random.pick([...record.at(at).keys()]);
    const to = this.#random.chance(0.5) ? path : this.#path();
    if (isOwnShare(peer, to)) return;
    await peer.writer.restore({ path, at, to, signal });
  }

  /** A share does not follow the directory it published when somebody else moves that. */
  #isShared(path: DrivePath): boolean {
    const tree = this.#world.record.at();
    return [...tree].some(([other, { owner }]) => owner !== undefined && isWithin(other, path));
  }

  /** A place to put something. */
  #path(): DrivePath {
    const random = this.#random;
    const { again } = this.#world.profile;
    if (again > 0 && random.chance(again)) return this.#somewhere("file");
    return this.#newPath();
  }

  #newPath(): DrivePath {
    const random = this.#random;
    const dir = random.chance(0.3) ? "" : random.pick(TOP);
    const below = random.chance(0.3) ? `/${random.pick(NAMES)}` : "";
    return parsePath(`${dir}${below}/${random.pick(NAMES)}`);
  }

  /** What stands in the drive now. */
  #somewhere(kind?: "dir" | "file"): DrivePath {
    const all = [...this.#world.record.at()]
      .filter(([path]) => path !== "/")
      .filter(([, { body }]) => kind === undefined || (kind === "file") === (body !== undefined))
      .map(([path]) => path);
    return all.length > 0 ? this.#random.pick(all) : this.#newPath();
  }
}

/**
 * A peer's own writes are not refused inside its own share, and the share does not hear of them:
 * what then is to be in the drive nobody can say.
 */
function isOwnShare(peer: Peer, path: DrivePath): boolean {
  return peer.shares
    .list()
    .some(
      ({ path: shared }) => isWithin(path, parsePath(shared)) || isWithin(parsePath(shared), path),
    );
}

async function* pieces(bytes: Buffer): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += 3000) yield bytes.subarray(at, at + 3000);
}
