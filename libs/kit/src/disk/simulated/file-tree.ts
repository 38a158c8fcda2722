/**
 * The files of a simulated disk as every process sees them at once: names, inodes, and the calls
 * that change names. Synchronous; errors are those of Linux.
 */
import { diskError, type DiskErrorCode } from "./disk-error.ts";
import { DirectoryJournal, type DirectoryEdit } from "./directory-journal.ts";
import type { DirectoryInode, FileInode, Inode } from "./inode.ts";
import { NewInodes } from "./new-inodes.ts";
import type { SpaceCount } from "./space-count.ts";

/** As Linux: more links in one path are taken for a circle. */
const LINKS_MAX = 40;
const NAME_BYTES_MAX = 255;
/** Of the top directory of a file system. */
const MODE_ROOT = 0o755;

/** A call on its way, for its errors. */
export interface CallAt {
  call: string;
  path: string;
}

/** A name in a directory, and what it stands for now. */
export interface Place {
  parent: DirectoryInode;
  name: string;
  inode: Inode | undefined;
}

export interface FileTreeInit {
  space: SpaceCount;
  /** Nanoseconds since 1970, later at each call. */
  nowNs: () => bigint;
  /** Told of the path of each change. */
  onChange: (path: string) => void;
}

export class FileTree {
  readonly journal = new DirectoryJournal();
  readonly #init: FileTreeInit;
  /** What stands in place of a directory: another file system. */
  readonly #mounts = new Map<DirectoryInode, DirectoryInode>();
  readonly #new: NewInodes;
  readonly root: DirectoryInode;

  constructor(init: FileTreeInit) {
    this.#init = init;
    this.#new = new NewInodes(init);
    this.root = this.#top(1n);
  }

  /** The inode at a path. */
  find(at: CallAt, { follow }: { follow: boolean }): Inode {
    const { inode } = this.place(at, { follow });
    if (!inode) throw diskError("ENOENT", at);
    return inode;
  }

  directory(at: CallAt): DirectoryInode {
    const inode = this.find(at, { follow: true });
    if (inode.kind !== "directory") throw diskError("ENOTDIR", at);
    return inode;
  }

  /** Where a path leads: its last name may stand for nothing. */
  place(at: CallAt, { follow }: { follow: boolean }): Place {
    return this.#walk(at, { follow, links: 0, path: at.path });
  }

  /** The path without links and dots. */
  realPath(at: CallAt): string {
    const inode = this.find(at, { follow: true });
    const names: string[] = [];
    for (let here: Inode = inode; here !== this.root;) {
      const above = this.#above(here) ?? this.#nameless(at);
      names.push(above.name);
      here = above.parent;
    }
    return `/${names.toReversed().join("/")}`;
  }

  makeFile(at: CallAt, { place, mode }: { place: Place; mode: number }): FileInode {
    const file = this.#new.file(place.parent.device, mode);
    this.#enter(at, { place, inode: file });
    return file;
  }

  makeDirectory(at: CallAt, mode: number): void {
    const place = this.place(at, { follow: false });
    if (place.inode) throw diskError("EEXIST", at);
    if (!this.#init.space.take()) throw diskError("ENOSPC", at);
    const inode = this.#new.directory(place.parent.device, mode);
    this.#enter(at, { place, inode });
  }

  makeLink(at: CallAt, target: string): void {
    const place = this.place(at, { follow: false });
    if (place.inode) throw diskError("EEXIST", at);
    const inode = this.#new.link(place.parent.device, target);
    this.#enter(at, { place, inode });
  }

  /** A second name for a file. */
  link(at: CallAt, to: string): void {
    const inode = this.find(at, { follow: false });
    const place = this.place({ ...at, path: to }, { follow: false });
    if (inode.kind === "directory") throw diskError("EPERM", at);
    if (place.inode) throw diskError("EEXIST", { ...at, path: to });
    if (inode.device !== place.parent.device) throw diskError("EXDEV", at);
    this.#enter({ ...at, path: to }, { place, inode });
  }

  unlink(at: CallAt): void {
    const place = this.place(at, { follow: false });
    if (!place.inode) throw diskError("ENOENT", at);
    if (place.inode.kind === "directory") throw diskError("EISDIR", at);
    this.#leave(at, place);
  }

  removeDirectory(at: CallAt): void {
    const place = this.place(at, { follow: false });
    if (!place.inode) throw diskError("ENOENT", at);
    if (place.inode.kind !== "directory") throw diskError("ENOTDIR", at);
    if (place.inode.entries.size > 0) throw diskError("ENOTEMPTY", at);
    this.#leave(at, place);
  }

  rename(at: CallAt, to: string): void {
    const from = this.place(at, { follow: false });
    const target = this.place({ ...at, path: to }, { follow: false });
    const { inode } = from;
    if (!inode) throw diskError("ENOENT", at);
    if (inode === target.inode) return;
    const refusal = this.#refusesRename(inode, target);
    if (refusal) throw diskError(refusal, at);
    const edits: DirectoryEdit[] = [
      { directory: target.parent, name: target.name, inode },
      { directory: from.parent, name: from.name, inode: undefined },
    ];
    this.journal.add(edits);
    this.#touch(from.parent, target.parent);
    this.changed(inode);
    if (target.inode) this.#unlinked(target.inode);
    this.#init.onChange(at.path);
    this.#init.onChange(to);
  }

  /** Something of the inode changed besides its bytes. */
  changed(inode: Inode): void {
    inode.facts = { ...inode.facts, ctimeNs: this.#init.nowNs() };
  }

  /** The inode's bytes changed. */
  written(inode: Inode): void {
    const now = this.#init.nowNs();
    inode.facts = { ...inode.facts, mtimeNs: now, ctimeNs: now };
  }

  /** Seconds since 1970; the system keeps whole microseconds of what Node passes. */
  setTime(inode: Inode, seconds: number): void {
    inode.facts = { ...inode.facts, mtimeNs: BigInt(Math.floor(seconds * 1e6)) * 1000n };
    this.changed(inode);
  }

  setMode(inode: Inode, mode: number): void {
    inode.facts = { ...inode.facts, mode: mode & 0o7777 };
    this.changed(inode);
  }

  /** Puts an inode on the disk: its bytes and facts, or its names. */
  sync(inode: Inode): void {
    if (inode.kind === "file") inode.content.sync();
    if (inode.kind === "directory") this.journal.sync(inode);
    inode.syncedFacts = inode.facts;
  }

  get usedBlocks(): number {
    return this.#init.space.used;
  }

  get freeBlocks(): number {
    return this.#init.space.freeBlocks;
  }

  /** Its last handle is closed or its last name gone: an inode that nothing leads to is free. */
  release(inode: Inode): void {
    if (inode.links > 0 || inode.opened > 0) return;
    if (inode.kind === "file") inode.content.free();
    if (inode.kind === "directory") this.#init.space.give(1);
    this.#new.free(inode);
  }

  /** Another file system, empty, in place of a directory, until `unmount`. */
  mount(path: string, device: bigint): void {
    const below = this.directory({ call: "mount", path });
    this.#mounts.set(below, this.#top(device));
  }

  /** No name leads to it, and it is there all the same. */
  #top(device: bigint): DirectoryInode {
    return { ...this.#new.directory(device, MODE_ROOT), links: 1 };
  }

  /** The directory below is seen again. Returns what was mounted, for `remount`. */
  unmount(path: string): DirectoryInode {
    const top = this.directory({ call: "umount", path });
    for (const [below, mounted] of this.#mounts) {
      if (mounted === top) this.#mounts.delete(below);
    }
    return top;
  }

  remount(path: string, top: DirectoryInode): void {
    this.#mounts.set(this.directory({ call: "mount", path }), top);
  }

  /** Everything that a name leads to, with all below other file systems. */
  *all(): Generator<Inode> {
    const seen = new Set<Inode>();
    const open: Inode[] = [this.root, ...this.#mounts.values(), ...this.#mounts.keys()];
    for (let inode = open.pop(); inode; inode = open.pop()) {
      if (seen.has(inode)) continue;
      seen.add(inode);
      yield inode;
      if (inode.kind === "directory") open.push(...inode.entries.values());
    }
  }

  /** With all below it. */
  removeAll(at: CallAt): void {
    const { inode } = this.place(at, { follow: false });
    if (inode?.kind !== "directory") return this.unlink(at);
    for (const name of inode.entries.keys()) this.removeAll({ ...at, path: `${at.path}/${name}` });
    this.removeDirectory(at);
  }

  /** Puts everything on the disk. */
  syncAll(): void {
    for (const inode of this.all()) this.sync(inode);
  }

  /** What a power cut leaves: `keep` says whether one more thing that was not synced is there. */
  losePower(keep: () => boolean): void {
    this.journal.losePower(keep);
    const open: Inode[] = [this.root, ...this.#mounts.values(), ...this.#mounts.keys()];
    const found = new Set<Inode>();
    for (let inode = open.shift(); inode; inode = open.shift()) {
      if (found.has(inode)) continue;
      found.add(inode);
      if (!keep()) inode.facts = inode.syncedFacts;
      inode.syncedFacts = inode.facts;
      if (inode.kind === "file") inode.content.losePower(keep);
      if (inode.kind !== "directory") continue;
      inode.entries = new Map(inode.syncedEntries);
      open.push(...inode.entries.values());
    }
    this.#recount();
  }

  /** After a power cut: numbers and counts of names as they are found. */
  #recount(): void {
    const links = new Map<Inode, number>();
    for (const inode of this.all()) {
      if (inode.kind !== "directory") continue;
      for (const child of inode.entries.values()) links.set(child, (links.get(child) ?? 0) + 1);
    }
    let blocks = 0;
    const found: Inode[] = [];
    for (const inode of this.all()) {
      inode.links = links.get(inode) ?? 1;
      inode.opened = 0;
      found.push(inode);
      blocks += inode.kind === "file" ? inode.content.blocks : 1;
    }
    this.#init.space.used = blocks;
    this.#new.found(found);
  }

  #walk(at: CallAt, { follow, links, path }: Walk): Place {
    if (links > LINKS_MAX) throw diskError("ELOOP", at);
    if (!path.startsWith("/"))
      throw new TypeError(`a simulated disk has no relative paths: ${path}`);
    const names = path.split("/").filter((name) => name !== "" && name !== ".");
    let parent = this.root;
    let place: Place = { parent, name: ".", inode: this.#seen(parent) };
    const passed: DirectoryInode[] = [];
    for (const [i, name] of names.entries()) {
      const here = place.inode;
      if (!here) throw diskError("ENOENT", at);
      if (here.kind !== "directory") throw diskError("ENOTDIR", at);
      if (Buffer.byteLength(name) > NAME_BYTES_MAX) throw diskError("ENAMETOOLONG", at);
      if (name === "..") {
        parent = passed.pop() ?? this.root;
        place = { parent, name: ".", inode: parent };
        continue;
      }
      const inode = this.#seen(here.entries.get(name));
      place = { parent: here, name, inode };
      const last = i === names.length - 1;
      if (inode?.kind === "link" && (!last || follow)) {
        const rest = names.slice(i + 1);
        const base = inode.target.startsWith("/") ? "" : `/${names.slice(0, i).join("/")}`;
        const on = [base + (base ? "/" : "") + inode.target, ...rest].join("/");
        return this.#walk(at, { follow, links: links + 1, path: on });
      }
      passed.push(here);
    }
    return place;
  }

  /** What is mounted there, or the inode itself. */
  #seen<Found extends Inode | undefined>(inode: Found): Found | DirectoryInode {
    return (inode?.kind === "directory" && this.#mounts.get(inode)) || inode;
  }

  #above(inode: Inode): { parent: DirectoryInode; name: string } | undefined {
    const below = [...this.#mounts].find(([, top]) => top === inode)?.[0] ?? inode;
    for (const parent of this.all()) {
      if (parent.kind !== "directory") continue;
      for (const [name, child] of parent.entries) if (child === below) return { parent, name };
    }
    return undefined;
  }

  #nameless(at: CallAt): never {
    throw diskError("ENOENT", at);
  }

  #refusesRename(inode: Inode, { parent, inode: found }: Place): DiskErrorCode | undefined {
    if (inode.device !== parent.device) return "EXDEV";
    if (inode.kind === "directory" && this.#isWithin(parent, inode)) return "EINVAL";
    if (!found) return undefined;
    if (inode.kind === "directory" && found.kind !== "directory") return "ENOTDIR";
    if (inode.kind !== "directory" && found.kind === "directory") return "EISDIR";
    return found.kind === "directory" && found.entries.size > 0 ? "ENOTEMPTY" : undefined;
  }

  #isWithin(inner: DirectoryInode, outer: DirectoryInode): boolean {
    for (let here: DirectoryInode | undefined = inner; here; here = this.#above(here)?.parent) {
      if (here === outer) return true;
    }
    return false;
  }

  #enter(at: CallAt, { place, inode }: { place: Place; inode: Inode }): void {
    this.journal.add([{ directory: place.parent, name: place.name, inode }]);
    inode.links++;
    this.#touch(place.parent);
    this.changed(inode);
    this.#init.onChange(at.path);
  }

  #leave(at: CallAt, { parent, name, inode }: Place): void {
    this.journal.add([{ directory: parent, name, inode: undefined }]);
    this.#touch(parent);
    if (inode) this.#unlinked(inode);
    this.#init.onChange(at.path);
  }

  #unlinked(inode: Inode): void {
    inode.links--;
    this.changed(inode);
    this.release(inode);
  }

  #touch(...directories: DirectoryInode[]): void {
    for (const directory of directories) this.written(directory);
  }
}

interface Walk {
  follow: boolean;
  links: number;
  /** What is left to walk, from the root. */
  path: string;
}
