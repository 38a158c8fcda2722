/** A member's machine: a disk, a user at it, and a peer that may be killed and started again. */
import { dirname, join } from "node:path";
import type { Clock, Disk, WatchFolder } from "@goliath/kit";
import { diskError, SimulatedDisk, type DiskCall } from "@goliath/kit/simulated-disk";
import type { Identity } from "@goliath/net";
import { Credentials, openPeer, openPeerDatabase, type Peer } from "@goliath/peer";
import type { DirId, DrivePath, FileBody } from "@goliath/protocols/nouns";
import { parseLink } from "@goliath/protocols/pass";
import { CHUNK_BYTES, identityOf, type IndexMachine } from "./index-machine.ts";
import { filesBelow, foldersBelow, OwnFiles, type FoundFile } from "./own-files.ts";
import { OwnPacks } from "./own-packs.ts";
import type { Profile } from "./profile.ts";
import type { Program } from "./program.ts";
import type { Random } from "./random.ts";
import type { Site } from "./site.ts";
import { traceLog } from "./trace-log.ts";
import { User } from "./user.ts";

const HOME = "/home/goliath";
const PACKS = join(HOME, "packs");
/** Where users keep what they share, mirror and copy. */
const FOLDERS = "/folders";
/** Local folders of one machine, in there. */
export const LOCALS = ["one", "two", "three", "four"];
/** Milliseconds between two tries to start a peer that could not. */
const START_RETRY_MS = 3_000;
/** Milliseconds after which the system's watcher has told of a change. */
const WATCHER_MS_MAX = 200;
/** What a disk that was full has again. */
const ROOM_BYTES = 2 ** 40;
/** The process of whoever works at the machine. */
const USER = "user";
/** Milliseconds after the last fault of its disk by which a peer has done what it could not do then. */
const FAULT_SETTLES_MS = 60_000;
/** How many events the watcher loses. */
const EVENTS_LOST = 0.1;
/** Folders that are disks of their own, where there are any. */
const MOUNTS = ["three", "four"];
/** The first such disk's number: any but the others'. */
const DEVICE = 100n;
/** Calls whose moment a user's hand may hit. */
const DELICATE = new Set(["link", "unlink", "rename", "rmdir", "open"]);

export interface PeerMachineInit {
  name: string;
  site: Site;
  index: IndexMachine;
  /** How often a user's hand hits just the moment before a delicate call, from 0 to 1. */
  clumsiness: number;
  profile: Pick<Profile, "again" | "keptOpen" | "hasMounts">;
  /** What it pledges to the drive; it is no keeper without. */
  capacityBytes?: number;
}

export class PeerMachine {
  readonly name: string;
  readonly identity: Identity;
  readonly disk: SimulatedDisk;
  readonly user: User;
  readonly own = new OwnFiles();
  readonly clock: Clock;
  /** What was put from here and acknowledged: nothing takes it from the store again. */
  readonly stored: { path: DrivePath; extents: FileBody["extents"] }[] = [];
  /** Folders shared at paths where something stood: that stays in the drive. */
  readonly sharedOver = new Set<string>();
  /** Bytes it pledged: more than none makes it a keeper. */
  readonly capacityBytes: number;
  readonly packs: OwnPacks;
  isDraining = false;
  /** Its disk is no more. */
  isGone = false;
  hasLostPower = false;
  /** The most files of several chunks that were in the making in one mirror at a time. */
  makingMost = 0;
  readonly #init: PeerMachineInit;
  readonly #random: Random;
  #skewMs = 0;
  #isFull = false;
  #failing = 0;
  #failedMs = -Infinity;
  #clumsiness: number;
  #process: Program | undefined;
  #peer: Peer | undefined;
  #database: ReturnType<typeof openPeerDatabase> | undefined;
  #hands: Disk;
  #hand: Promise<void> = Promise.resolve();
  #isActing = false;
  /** Disks that are not there now. */
  readonly #away = new Map<string, ReturnType<SimulatedDisk["unmount"]>>();
  /** The call after which the power goes, with how many more there are until then. */
  #cut: { call: string; more: number; isDue: boolean; isDone: boolean } | undefined;

  constructor(init: PeerMachineInit) {
    const { name, site } = init;
    this.#init = init;
    this.name = name;
    this.capacityBytes = init.capacityBytes ?? 0;
    this.#clumsiness = init.clumsiness;
    this.identity = identityOf(name);
    this.#random = site.random.fork(`machine ${name}`);
    this.clock = {
      nowMs: () => site.clock.nowMs() + this.#skewMs,
      monotonicMs: () => site.clock.monotonicMs(),
      sleep: (ms, signal) => site.clock.sleep(ms, signal),
    };
    this.disk = new SimulatedDisk({ clock: this.clock, random: this.#random.fork("disk").next });
    this.disk.before = (call) => this.#beforeCall(call);
    this.packs = new OwnPacks({
      disk: this.disk,
      directory: PACKS,
      random: this.#random,
      note: (what) => site.trace.note(name, what),
    });
    this.#hands = this.disk.process(USER);
    this.user = new User({
      name,
      disk: () => this.#hands,
      own: this.own,
      again: init.profile.again,
      keptOpen: init.profile.keptOpen,
      random: this.#random.fork("user"),
      trace: site.trace,
    });
  }

  /** The running peer, or undefined while there is none. */
  get peer(): Peer | undefined {
    return this.#process?.alive ? this.#peer : undefined;
  }

  get process(): Program | undefined {
    return this.#process?.alive ? this.#process : undefined;
  }

  get isUp(): boolean {
    return this.peer !== undefined;
  }

  prepare(): void {
    this.disk.makeDirectory(HOME);
    this.disk.makeDirectory(FOLDERS);
    if (this.#init.profile.hasMounts) {
      for (const [i, name] of MOUNTS.entries()) {
        this.disk.makeDirectory(folderOf(name));
        this.disk.mount(folderOf(name), DEVICE + BigInt(i));
      }
    }
    this.disk.syncAll();
  }

  /** Starts the peer, again and again until it runs; one that is killed meanwhile stays dead. */
  async start(): Promise<void> {
    const { site } = this.#init;
    while (!this.process && !this.isGone) {
      const program = site.process(this.name);
      try {
        const peer = await program.outlive(this.#open(program));
        if (!program.alive || !peer) return;
        this.#peer = peer;
        this.packs.watch(peer);
        site.trace.note(this.name, "started");
      } catch (error) {
        site.trace.note(this.name, `cannot start: ${(error as Error).message}`);
        program.kill();
        await site.clock.sleep(START_RETRY_MS);
      }
    }
  }

  kill(): void {
    this.#process?.kill();
  }

  /** Machine and disk are no more. */
  die(): void {
    this.#init.site.trace.note(this.name, "dies for good");
    this.isGone = true;
    this.kill();
  }

  /** Kills all that runs here; of what was not synced only some is left. */
  async cutPower(): Promise<void> {
    await this.#hand;
    this.#losePower();
  }

  #losePower(): void {
    this.#cut = undefined;
    this.hasLostPower = true;
    this.#init.site.trace.note(this.name, "loses power");
    this.disk.crash();
    this.kill();
    this.#hands = this.disk.process(USER);
    this.user.letGo();
  }

  /**
   * The power goes soon after the peer's next call of this name: `more` calls later. Tells whether
   * it has; asked once, it does not go any more.
   */
  cutPowerAfter(call: string, more: number): () => boolean {
    const cut = { call, more, isDue: false, isDone: false };
    this.#cut ??= cut;
    return () => {
      if (this.#cut === cut) this.#cut = undefined;
      return cut.isDone;
    };
  }

  /** One of its disks is gone, and nobody was asked. */
  async unmount(): Promise<void> {
    const folder = folderOf(this.#random.pick(MOUNTS));
    await this.#hand;
    if (this.#away.has(folder)) return;
    this.#init.site.trace.note(this.name, `${folder} is unmounted`);
    this.#away.set(folder, this.disk.unmount(folder));
  }

  /** All disks are there again. */
  async remount(): Promise<void> {
    await this.#hand;
    for (const [folder, disk] of this.#away) {
      this.#init.site.trace.note(this.name, `${folder} is mounted again`);
      this.disk.remount(folder, disk);
    }
    this.#away.clear();
  }

  /** Whether some disk of it is not there now. */
  get lacksDisk(): boolean {
    return this.#away.size > 0;
  }

  /** Ends the peer as a person would. */
  async stop(): Promise<void> {
    const { process, peer } = this;
    if (process && peer) await process.outlive((async () => peer[Symbol.asyncDispose]())());
    this.kill();
  }

  /** The directory that is mirrored into a folder, as the running peer knows it. */
  mirrored(local: string): DirId | undefined {
    const row = this.#database?.prepare("SELECT dir FROM mirror WHERE local = ?").get(local);
    return (row as { dir: DirId } | undefined)?.dir;
  }

  /** Nothing more can be written for a while; its users wait with what they do. */
  fill(): void {
    this.#isFull = true;
    this.disk.leave(0);
    this.#init.site.trace.note(this.name, "its disk is full");
  }

  empty(): void {
    this.#isFull = false;
    this.disk.leave(ROOM_BYTES);
  }

  /** How many of a peer's calls to the disk fail, from 0 to 1. */
  fail(share: number): void {
    this.#failing = share;
    this.#init.site.trace.note(this.name, `${share} of its disk's calls fail`);
  }

  /** A byte of some file of its users changes by itself. */
  async rot(): Promise<void> {
    const files = (await this.files()).filter(({ bytes }) => bytes.length > 0);
    if (files.length === 0) return;
    const { path, bytes } = this.#random.pick(files);
    this.disk.rot(path, this.#random.int(bytes.length));
    this.own.rotted(bytes, this.disk.bytesOf(path));
    this.#init.site.trace.note(this.name, `rot in ${path}`);
  }

  drain(draining: boolean): void {
    const { peer } = this;
    if (!peer) return;
    const { trace } = this.#init.site;
    try {
      peer.setDraining(draining);
    } catch (error) {
      // On a disk that is full it cannot be written down.
      return trace.note(this.name, `cannot be drained: ${(error as Error).message}`);
    }
    this.isDraining = draining;
    trace.note(this.name, draining ? "is drained" : "is drained no more");
  }

  jump(ms: number): void {
    this.#skewMs += ms;
    this.#init.site.trace.note(this.name, `its clock jumps by ${ms} ms`);
  }

  /** Its clock is right again, and nobody works at it any more. */
  calm(): void {
    this.#skewMs = 0;
    this.#clumsiness = 0;
    this.#failing = 0;
    this.empty();
  }

  /** Something by hand, alone on the disk. */
  async byHand(act: (user: User) => Promise<void>): Promise<void> {
    while (this.#isActing) await this.#hand;
    if (this.#isFull || this.lacksDisk) return;
    this.#isActing = true;
    const done: Promise<void> = act(this.user).finally(() => {
      this.#isActing = false;
    });
    this.#hand = done.catch(() => undefined);
    await done;
  }

  /** Every file of the users, wherever it is. */
  files(folder: string = FOLDERS): Promise<FoundFile[]> {
    return filesBelow(this.#hands, folder);
  }

  /**
   * Files that mirrors moved out of their way and could not give back yet, because the disk failed
   * lately: that they wait there is all that can be asked.
   */
  async waiting(): Promise<FoundFile[]> {
    if (this.clock.monotonicMs() - this.#failedMs > FAULT_SETTLES_MS) return [];
    const names = await this.#hands.readdir(FOLDERS);
    const areas = names.toSorted().map((name) => this.files(join(FOLDERS, name, ".goliath/keep")));
    return (await Promise.all(areas)).flat();
  }

  /** What lies in the keep areas of mirrors, on its way out or back. */
  async keptFiles(): Promise<FoundFile[]> {
    const found: FoundFile[] = [];
    for (const folder of await foldersBelow(this.#hands, FOLDERS))
      found.push(...(await filesBelow(this.#hands, join(folder, ".goliath", "keep"))));
    return found;
  }

  async #open(process: Program): Promise<Peer> {
    const { site, index, name } = this.#init;
    this.#process = process;
    this.#peer = undefined;
    this.packs.letGo();
    const joined = site.network.join(this.identity);
    const disk = this.disk.process(name);
    process.onKill(() => {
      disk.kill();
      site.network.crash(this.identity.peerId);
    });
    const random = site.random.fork(`peer ${name} ${site.trace.count}`);
    const database = openPeerDatabase(HOME, { disk });
    this.#database = database;
    const credentials = new Credentials(database);
    if (!credentials.drive) {
      const link = await index.invite("writer");
      if (link === undefined) throw new Error("no index to invite");
      credentials.take(parseLink(link));
    }
    return openPeer({
      home: HOME,
      network: process.network(joined),
      credentials,
      database,
      disk,
      watch: this.#watchWith(disk.watch),
      name,
      capacityBytes: this.capacityBytes,
      clock: this.#processClock(process),
      random: random.next,
      randomBytes: random.bytes,
      log: traceLog(this.name, site),
    });
  }

  #processClock(process: Program): Clock {
    return { ...process.clock, nowMs: () => this.clock.nowMs() };
  }

  /** The system's events as they come: late, and not all. */
  #watchWith(watch: WatchFolder): WatchFolder {
    const random = this.#random.fork("watcher");
    return (folder, { onPaths, onError }) =>
      watch(folder, {
        onError,
        onPaths: (paths) => {
          if (random.chance(EVENTS_LOST)) return;
          void this.clock.sleep(random.next() * WATCHER_MS_MAX).then(() => onPaths(paths));
        },
      });
  }

  /** A user works on the same disk: between any two calls, and now and then just before this one. */
  #beforeCall({ call, path, process: name }: DiskCall): void | Promise<void> {
    if (name === USER) return;
    if (path.startsWith(PACKS)) this.packs.onCall();
    const process = this.#process;
    const isSync = call === "database" || call === "commit";
    this.#countDown(call, { isSync });
    if (isSync) return process?.beforeSync(`${call} ${path}`);
    return this.#beforeSlowCall({ call, path, process });
  }

  #countMaking(folder: string): void {
    if (this.disk.kindOf(folder) !== "directory") return;
    const large = this.disk
      .names(folder)
      .filter((name) => this.disk.sizeOf(join(folder, name)) > CHUNK_BYTES);
    this.makingMost = Math.max(this.makingMost, large.length);
  }

  /** A user's save is not cut in two: what is on the disk then nobody could say. */
  #countDown(call: string, { isSync }: { isSync: boolean }): void {
    const cut = this.#cut;
    if (!cut) return;
    if (cut.isDue && cut.more-- <= 0 && !this.#isActing) {
      cut.isDone = true;
      this.#cut = undefined;
      // What cannot wait is not cut in two either: see `Program.beforeSync`.
      if (isSync) queueMicrotask(() => this.#losePower());
      else this.#losePower();
    }
    cut.isDue ||= cut.call === call;
  }

  async #beforeSlowCall({
    call,
    path,
    process,
  }: {
    call: string;
    path: string;
    process: Program | undefined;
  }): Promise<void> {
    await process?.beforeCall(`${call} ${path}`);
    while (this.#isActing) await this.#hand;
    if (call === "write" && isInTheMaking(path)) this.#countMaking(dirname(path));
    if (process?.alive && this.#random.chance(this.#failing)) {
      this.#failedMs = this.clock.monotonicMs();
      throw diskError("EIO", { call, path });
    }
    const isDelicate =
      DELICATE.has(call) && path.startsWith(FOLDERS) && !path.includes("/.goliath");
    if (!process?.alive || !isDelicate || !this.#random.chance(this.#clumsiness)) return;
    const way = this.#random.pick(["save", "edit", "remove"] as const);
    await this.byHand((user) => user[way](path));
  }
}

function isInTheMaking(path: string): boolean {
  return path.includes("/.goliath/tmp/");
}

/** A folder of this machine's users. */
export function folderOf(name: string): string {
  return join(FOLDERS, name);
}
