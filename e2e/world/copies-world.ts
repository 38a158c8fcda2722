/** A drive with a writer and keepers, as real processes, and what tests of copies ask of it. */
import { randomBytes } from "node:crypto";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect } from "vitest";
import type { Daemon } from "./daemon.ts";
import { parseExposition } from "./exposition.ts";
import type { CommandResult } from "./goliath-command.ts";
import { until } from "./settled.ts";
import { openWorld, type PlaceOf, type World } from "./world.ts";

export const MIB = 1024 * 1024;

export interface KeeperSeen {
  usedBytes: number;
  freeBytes: number;
  capacityBytes: number;
  scrub: { rotten: number };
}

interface PeerSeen {
  peer: string;
  online: boolean;
  keeper?: object;
}

export interface StatusSeen {
  chunks: number;
  keeper?: KeeperSeen;
}

export interface CopiesSeen {
  chunks: number;
  fewestCopies: number;
  under: number;
  policy: { copies: number };
  holders: { peer: string; chunks: number }[];
}

/** A file on its way into the drive. */
export interface Put {
  path: string;
  bytes: Buffer;
  done: Promise<CommandResult>;
}

export interface CopiesWorldInit {
  name: string;
  keepers: readonly string[];
  /** How long a keeper may be away before its copies are made anew. */
  grace?: string;
  /** Chunks of each file, the last of them shorter. */
  chunks?: number;
  placeOf?: PlaceOf;
  /** Of every keeper, as its `config.toml` says it. */
  settings?: string;
  /** Where the world's folder is made. */
  parent?: string;
}

export class CopiesWorld implements AsyncDisposable {
  readonly world: World;
  readonly writer: Daemon;
  readonly keepers: Daemon[] = [];
  readonly chunks: number;
  /** Each put is a file of its own. */
  #files = 0;

  /** Use `openCopiesWorld`. */
  constructor({ world, writer, chunks }: { world: World; writer: Daemon; chunks: number }) {
    this.world = world;
    this.writer = writer;
    this.chunks = chunks;
  }

  /** Starts a keeper; the index may not know of it yet. */
  async join(name: string, { settings = "" } = {}): Promise<Daemon> {
    const keeper = this.world.peer(name, ["--capacity", "1GB"]);
    await mkdir(keeper.home, { recursive: true });
    await writeFile(join(keeper.home, "config.toml"), settings);
    await keeper.start("--join", await this.world.invite());
    this.keepers.push(keeper);
    return keeper;
  }

  get index(): Daemon {
    return this.world.index;
  }

  path(...names: string[]): string {
    return this.world.path(...names);
  }

  keeper(at: number): Daemon {
    const keeper = this.keepers[at];
    if (!keeper) throw new RangeError(`no keeper ${at}`);
    return keeper;
  }

  status(peer: Daemon): Promise<StatusSeen> {
    return peer.call<StatusSeen>("status");
  }

  /** Of keepers, of one that does not run as of one that has nothing. */
  statuses(): Promise<StatusSeen[]> {
    return Promise.all(this.keepers.map((keeper) => this.status(keeper).catch(() => NOTHING)));
  }

  copies(path: string, peer = this.writer): Promise<CopiesSeen> {
    return peer.call<CopiesSeen>("copies", { path });
  }

  /** What the index counts, by the name of the figure. */
  async figures(): Promise<Map<string, number>> {
    return parseExposition(await (await fetch(`${this.index.ready?.metrics}/metrics`)).text());
  }

  /** Until what stands there has all its copies. */
  async whole(path: string, { copies, peer = this.writer, timeoutMs }: Whole): Promise<void> {
    await until(
      () => this.copies(path, peer),
      ({ fewestCopies, under }) => under === 0 && fewestCopies >= copies,
      { what: `${copies} copies of ${path}`, ...(timeoutMs !== undefined && { timeoutMs }) },
    );
  }

  /** Until the index knows that these keepers are here. */
  async known(keepers: readonly Daemon[] = this.keepers): Promise<void> {
    const ids = new Set(keepers.map(({ ready }) => ready?.peerId));
    await until(
      () => this.writer.call<PeerSeen[]>("peers").catch((): PeerSeen[] => []),
      (peers) =>
        peers.filter(({ peer, online, keeper }) => ids.has(peer) && online && keeper).length ===
        ids.size,
      { what: "the index's knowing of the keepers" },
    );
  }

  /** After a test that may have failed halfway: all run, as fast as they can. */
  async revive(): Promise<void> {
    const all = [this.index, this.writer, ...this.keepers];
    for (const daemon of all) daemon.thaw();
    for (const daemon of all.filter(({ runs }) => !runs)) await daemon.start();
    await this.writer.call("limits", { reset: true });
    await this.known();
  }

  /** Begins to put a file of bytes that no other has. */
  async put(...options: string[]): Promise<Put> {
    const path = `/file-${++this.#files}`;
    const bytes = randomBytes(this.chunks * MIB - this.#files);
    await writeFile(this.path(path), bytes);
    return { path, bytes, done: this.again(path, ...options) };
  }

  /** Puts the same file once more. */
  again(path: string, ...options: string[]): Promise<CommandResult> {
    return this.writer.goliath("put", this.path(path), path, ...options);
  }

  /** A file that is put, with all it was to have. */
  async putWhole(...options: string[]): Promise<Put> {
    const put = await this.put(...options);
    const { code, stderr } = await put.done;
    expect([code, stderr]).toEqual([0, expect.any(String)]);
    return put;
  }

  async expectWhole(peer: Daemon, { path, bytes }: Pick<Put, "path" | "bytes">): Promise<void> {
    expect(bytes.equals(await peer.bytes("cat", { path }))).toBe(true);
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.world[Symbol.asyncDispose]();
  }
}

interface Whole {
  copies: number;
  /** Who is asked. */
  peer?: Daemon;
  timeoutMs?: number;
}

const NOTHING: StatusSeen = { chunks: 0 };

/** An index, a writer and keepers that the index knows. */
export async function openCopiesWorld(init: CopiesWorldInit): Promise<CopiesWorld> {
  const { name, keepers, grace = "5s", chunks = 12, placeOf, settings = "", parent } = init;
  const indexSettings = `[index]\ngrace = "${grace}"\nmetrics = "127.0.0.1:0"\n`;
  const world = await openWorld(name, placeOf, { settings: indexSettings, parent });
  const copies = new CopiesWorld({ world, writer: await world.join("writer"), chunks });
  for (const keeper of keepers) await copies.join(keeper, { settings });
  await copies.known();
  return copies;
}

export const usedOf = (one: StatusSeen | undefined): number => one?.keeper?.usedBytes ?? 0;
export const countOf = (one: StatusSeen | undefined): number => one?.chunks ?? 0;
