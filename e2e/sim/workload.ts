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
import { codeOf } from "./drive-record.ts";
import { folderOf, type PeerMachine } from "./peer-machine.ts";
import type { Random } from "./random.ts";
import type { World } from "./world.ts";

const TOP = ["/docs", "/data", "/data/in", "/box"];
const NAMES = ["a", "b", "c", "d.txt", "x", "y"];
const JOURNALS = ["/log", "/data/log"];
/** Local folders of one machine. */
const LOCALS = ["one", "two", "three", "four"];
/** Things under way at once. */
const AT_ONCE_MAX = 8;
/** Milliseconds between two beginnings, at most. */
const PAUSE_MS_MAX = 1_500;
/** Whoever waits longer than this gives up. */
const PATIENCE_MS = 90_000;

type Action = (machine: PeerMachine, peer: Peer, signal: AbortSignal) => Promise<void>;

export class Workload {
  readonly #world: World;
  readonly #checks: DriveChecks;
  readonly #random: Random;
  readonly #underWay = new Set<Promise<void>>();
  #appends = 0;

  constructor(world: World, checks: DriveChecks) {
    this.#world = world;
    this.#checks = checks;
    this.#random = world.random.fork("workload");
  }

  async run(steps: number): Promise<void> {
    const { clock } = this.#world.site;
    for (let step = 0; step < steps; step++) {
      await clock.sleep(this.#random.next() * PAUSE_MS_MAX);
      this.#begin(this.#random.pick(this.#world.peers));
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
    if (random.chance(0.5)) return this.#byHand(machine);
    const { process, peer } = machine;
    if (!process || !peer) return;
    const [name, act] = random.pick(this.#actions);
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
      this.#checks.refused(name, error);
    } finally {
      over.abort();
    }
  }

  async #byHand(machine: PeerMachine): Promise<void> {
    const folder = folderOf(this.#random.pick(LOCALS));
    await machine.byHand((user) => user.act(folder));
  }

  /** Each as often as it stands here. */
  readonly #actions: [string, Action][] = [
    ["share", (machine, peer, signal) => this.#share(machine, peer, signal)],
    ["share", (machine, peer, signal) => this.#share(machine, peer, signal)],
    ["mirror", (_m, peer, signal) => this.#mirror(peer, signal)],
    ["mirror", (_m, peer, signal) => this.#mirror(peer, signal)],
    ["mirror", (_m, peer, signal) => this.#mirror(peer, signal)],
    ["unshare", (_machine, peer, signal) => this.#unshare(peer, signal)],
    ["unmirror", (_machine, peer) => this.#unmirror(peer)],
    ["put", (machine, peer, signal) => this.#put(machine, peer, signal)],
    ["put", (machine, peer, signal) => this.#put(machine, peer, signal)],
    ["put", (machine, peer, signal) => this.#put(machine, peer, signal)],
    ["put tree", (machine, peer, signal) => this.#putTree(machine, peer, signal)],
    ["append", (machine, peer, signal) => this.#append(machine, peer, signal)],
    ["append", (machine, peer, signal) => this.#append(machine, peer, signal)],
    ["append", (machine, peer, signal) => this.#append(machine, peer, signal)],
    ["mkdir", async (_m, peer, signal) => void (await peer.writer.mkdir(this.#path(), signal))],
    ["rm", async (_m, peer, signal) => this.#remove(peer, signal)],
    ["mv", async (_m, peer, signal) => this.#move(peer, signal)],
    ["mv", async (_m, peer, signal) => this.#move(peer, signal)],
    ["restore", async (_m, peer, signal) => this.#restore(peer, signal)],
    ["read", (_m, peer, signal) => this.#read(peer, signal)],
    ["read", (_m, peer, signal) => this.#read(peer, signal)],
    ["list", (_m, peer, signal) => this.#list(peer, signal)],
  ];

  async #share(machine: PeerMachine, peer: Peer, signal: AbortSignal): Promise<void> {
    const local = folderOf(this.#random.pick(LOCALS));
    const path = this.#random.chance(0.7)
      ? parsePath(this.#random.pick(TOP))
      : this.#somewhere("dir");
    await machine.byHand((user) => user.makeFolder(local));
    if (this.#world.record.at().has(path)) machine.sharedOver.add(local);
    await peer.shares.share({ local, path, signal });
  }

  async #mirror(peer: Peer, signal: AbortSignal): Promise<void> {
    const local = folderOf(this.#random.pick(LOCALS));
    const path = this.#somewhere("dir");
    await peer.mirrors.mirror({ path, local, signal });
  }

  async #unshare(peer: Peer, signal: AbortSignal): Promise<void> {
    const [share] = peer.shares.list();
    if (share) await peer.shares.unshare({ local: share.local }, { signal });
  }

  async #unmirror(peer: Peer): Promise<void> {
    const [mirror] = peer.mirrors.list();
    if (mirror) await peer.mirrors.unmirror({ local: mirror.local });
  }

  async #put(machine: PeerMachine, peer: Peer, signal: AbortSignal): Promise<void> {
    const bytes = machine.user.content();
    const path = this.#path();
    if (isOwnShare(peer, path)) return;
    const { revision } = await peer.writer.putStream({ path, bytes: pieces(bytes), signal });
    this.#stored(machine, { path, revision, bytes });
  }

  /** The chunks at the end of a version are those of the bytes that were written just now. */
  #stored(
    { stored }: PeerMachine,
    { path, revision, bytes }: { path: DrivePath; revision: Revision; bytes: Buffer },
  ): void {
    const { record, wasRestored } = this.#world;
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

  /** Reads a version to its end, slowly, whatever is committed meanwhile. */
  async #read(peer: Peer, signal: AbortSignal): Promise<void> {
    const { record, site } = this.#world;
    const at = Math.max(0, record.revision - this.#random.int(5)) as Revision;
    const files = [...record.at(at)].filter(([, { body }]) => body);
    if (files.length === 0) return;
    const [path, { body }] = this.#random.pick(files);
    const chunks: Uint8Array[] = [];
    for await (const bytes of peer.reader.read({ path, at, signal })) {
      chunks.push(bytes);
      await site.clock.sleep(this.#random.next() * 50);
    }
    if (body) this.#checks.wasRead(Buffer.concat(chunks), { path, at, body });
  }

  async #list(peer: Peer, signal: AbortSignal): Promise<void> {
    const generation = peer.session.info()?.generation;
    const { revision, entry } = await peer.reader.stat({ path: parsePath("/"), signal });
    const found = [];
    for await (const one of peer.reader.walk({ path: parsePath("/"), at: revision, signal }))
      found.push(one);
    if (peer.session.info()?.generation === generation && entry.kind === "dir")
      this.#checks.wasListed(found, revision);
  }

  /** A share does not follow the directory it published when somebody else moves that. */
  #isShared(path: DrivePath): boolean {
    const tree = this.#world.record.at();
    return [...tree].some(([other, { owner }]) => owner !== undefined && isWithin(other, path));
  }

  /** A place to put something. */
  #path(): DrivePath {
    const random = this.#random;
    const dir = random.chance(0.3) ? "" : random.pick(TOP);
    const below = random.chance(0.3) ? `/${random.pick(NAMES)}` : "";
    return parsePath(`${dir}${below}/${random.pick(NAMES)}`);
  }

  /** What stands in the drive now. */
  #somewhere(kind?: "dir"): DrivePath {
    const all = [...this.#world.record.at()]
      .filter(([path, { body }]) => path !== "/" && (kind === undefined || !body))
      .map(([path]) => path);
    return all.length > 0 ? this.#random.pick(all) : this.#path();
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
