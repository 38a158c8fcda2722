/**
 * The disk of one simulated machine: an in-memory file system with Linux's behaviour and errors,
 * deterministic but for the `random` it is given. No call takes time: a test that wants latency
 * waits in `before`.
 *
 * What a power cut (`crash`) leaves, drawn from `random`:
 * - of a file, what was synced; blocks, length and facts that were not are there or not, each by
 *   itself, so that a time may be new and the bytes old, or a new length hold zeros;
 *   What could not be synced is lost for good, however often it is synced again, as on Linux;
 * - of each directory, what was synced and a beginning of what was done since, in order; a rename
 *   is whole or not at all. Syncing a file does not sync its name, nor its directory's;
 * - of a database, every transaction that returned; where it does not sync each (synchronous below
 *   FULL), the last ones since a checkpoint may be missing.
 * Every two changes have different times, whatever the clock says. Inode numbers are used again.
 */
import type { Clock } from "../../clock.ts";
import type { DirectoryInode, Inode } from "./inode.ts";
import { FileTree, type CallAt } from "./file-tree.ts";
import { SimulatedProcess } from "./simulated-process.ts";
import { SpaceCount } from "./space-count.ts";

/** A call that is about to happen. */
export interface DiskCall {
  /** From 1, over all processes of the machine. */
  index: number;
  /** The system's name of it; `database` opens one, `commit` ends a transaction. */
  call: string;
  path: string;
  process: string;
}

export interface SimulatedDiskInit {
  clock: Pick<Clock, "nowMs">;
  /** From 0 to 1. */
  random: () => number;
}

/** How much of what was not synced a power cut leaves: nothing, all, or some of it. */
const KEPT_SHARES = [0, 0.5, 0.9, 1];

export class SimulatedDisk {
  /**
   * Called before each call. What it throws is the call's failure (see `diskError`); it may change
   * the disk, kill or crash; what it returns is waited for, but before `database` and `commit`.
   */
  before: (call: DiskCall) => void | Promise<void> = () => undefined;
  readonly #random: () => number;
  readonly #space = new SpaceCount();
  readonly #tree: FileTree;
  readonly #processes = new Set<SimulatedProcess>();
  #calls = 0;
  #crashed = Promise.withResolvers<void>();

  constructor({ clock, random }: SimulatedDiskInit) {
    this.#random = random;
    let lastNs = 0n;
    const nowNs = (): bigint => {
      const now = BigInt(Math.floor(clock.nowMs() * 1e6));
      return (lastNs = now > lastNs ? now : lastNs + 1n);
    };
    this.#tree = new FileTree({
      space: this.#space,
      nowNs,
      onChange: (path) => this.#tell(path),
    });
  }

  /** Resolves at the next power cut. */
  get crashed(): Promise<void> {
    return this.#crashed.promise;
  }

  /** Calls so far. */
  get calls(): number {
    return this.#calls;
  }

  /** The disk as a process that starts now has it; `watch` is the system's events. */
  process(name = "process"): SimulatedProcess {
    const process: SimulatedProcess = new SimulatedProcess({
      tree: this.#tree,
      enter: (call, path) => this.before({ index: ++this.#calls, call, path, process: name }),
      onChange: (path) => this.#tell(path),
    });
    this.#processes.add(process);
    return process;
  }

  /** Cuts the power: all processes are gone, and of what was not synced only some is left. */
  crash(): void {
    const share = this.#draw(KEPT_SHARES);
    const keep = (): boolean => this.#random() < share;
    for (const process of this.#processes) {
      process.end((states) => Math.floor(this.#random() * states));
    }
    this.#processes.clear();
    this.#tree.losePower(keep);
    this.#crashed.resolve();
    this.#crashed = Promise.withResolvers();
  }

  /** Puts all there is on the disk, as the system does by itself after a while. */
  syncAll(): void {
    this.#tree.syncAll();
  }

  /** From now on so many bytes more can be written, beside what is freed. */
  leave(bytes: number): void {
    this.#space.leave(bytes);
  }

  /** What the user and other programs do: at once, never refused, and not counted as a call. */
  write(path: string, bytes: Uint8Array | string): void {
    const at = { call: "write", path };
    const place = this.#tree.place(at, { follow: true });
    const file = place.inode ?? this.#tree.makeFile(at, { place, mode: 0o644 });
    if (file.kind !== "file") throw new TypeError(`${path} is no file`);
    file.content.truncate(0);
    file.content.write(typeof bytes === "string" ? Buffer.from(bytes) : bytes, 0);
    this.#tree.written(file);
    this.#tell(path);
  }

  bytesOf(path: string): Buffer {
    const file = this.#find({ call: "read", path });
    if (file.kind !== "file") throw new TypeError(`${path} is no file`);
    const bytes = Buffer.alloc(file.content.size);
    file.content.read(bytes, 0);
    return bytes;
  }

  sizeOf(path: string): number {
    const file = this.#find({ call: "stat", path });
    if (file.kind !== "file") throw new TypeError(`${path} is no file`);
    return file.content.size;
  }

  textOf(path: string): string {
    return this.bytesOf(path).toString("utf8");
  }

  /** Undefined when nothing is there. */
  kindOf(path: string): Inode["kind"] | undefined {
    try {
      return this.#tree.place({ call: "lstat", path }, { follow: false }).inode?.kind;
    } catch {
      return undefined;
    }
  }

  names(path: string): string[] {
    return [...this.#tree.directory({ call: "scandir", path }).entries.keys()].toSorted();
  }

  makeDirectory(path: string): void {
    const names = path.split("/").filter(Boolean);
    for (let depth = 1; depth <= names.length; depth++) {
      const above = `/${names.slice(0, depth).join("/")}`;
      if (!this.kindOf(above)) this.#tree.makeDirectory({ call: "mkdir", path: above }, 0o777);
    }
  }

  makeLink(path: string, target: string): void {
    this.#tree.makeLink({ call: "symlink", path }, target);
  }

  rename(from: string, to: string): void {
    this.#tree.rename({ call: "rename", path: from }, to);
  }

  /** With all below it. */
  remove(path: string): void {
    this.#tree.removeAll({ call: "rm", path });
  }

  /** Rot: a byte is another one, and nothing tells of it. */
  rot(path: string, position: number): void {
    const file = this.#find({ call: "read", path });
    if (file.kind !== "file") throw new TypeError(`${path} is no file`);
    file.content.flip(position);
  }

  /** Another, empty disk in place of a directory. */
  mount(path: string, device: bigint): void {
    this.#tree.mount(path, device);
  }

  /** Takes it away: the empty directory below is seen. It comes back with `remount`. */
  unmount(path: string): DirectoryInode {
    return this.#tree.unmount(path);
  }

  remount(path: string, disk: DirectoryInode): void {
    this.#tree.remount(path, disk);
  }

  #find(at: CallAt): Inode {
    return this.#tree.find(at, { follow: true });
  }

  #tell(path: string): void {
    for (const process of this.#processes) process.tell(path);
  }

  #draw<Item>(items: readonly Item[]): Item {
    return items[Math.floor(this.#random() * items.length)] as Item;
  }
}
