/** An index and peers as real processes on loopback, in a folder that goes when the world does. */
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Daemon } from "./daemon.ts";

/** Where a daemon runs, by its name: how its process is started, and what it is told of itself. */
export type PlaceOf = (name: string) => { args: string[]; through?: string[] };

const loopback: PlaceOf = () => ({
  args: ["--listen", "/ip4/127.0.0.1/tcp/0", "--no-mdns"],
});

export interface JoinOptions {
  role?: "reader" | "writer" | "admin";
  args?: string[];
}

export class World implements AsyncDisposable {
  readonly folder: string;
  readonly index: Daemon;
  readonly #placeOf: PlaceOf;
  readonly #daemons: Daemon[] = [];

  constructor(folder: string, placeOf: PlaceOf = loopback) {
    this.folder = folder;
    this.#placeOf = placeOf;
    this.index = new Daemon({
      role: "index",
      home: join(folder, "index"),
      ...placeOf("index"),
    });
    this.#daemons.push(this.index);
  }

  /** A folder of this name inside the world. */
  path(...names: string[]): string {
    return join(this.folder, ...names);
  }

  async invite(role = "writer"): Promise<string> {
    const params = { role, expiresInMs: 60 * 60_000, uses: 1 };
    return (await this.index.call<{ link: string }>("invite", params)).link;
  }

  /** Starts a peer that joins with an invite of its own. */
  async join(name: string, { role, args = [] }: JoinOptions = {}): Promise<Daemon> {
    const peer = this.peer(name, args);
    await peer.start("--join", await this.invite(role));
    return peer;
  }

  /** A peer that is not started yet. */
  peer(name: string, args: string[] = []): Daemon {
    const home = join(this.folder, name);
    const place = this.#placeOf(name);
    const peer = new Daemon({
      role: "peer",
      home,
      ...place,
      args: [...place.args, "--name", name, ...args],
    });
    this.#daemons.push(peer);
    return peer;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all(this.#daemons.map((daemon) => daemon[Symbol.asyncDispose]()));
    await rm(this.folder, { recursive: true, force: true });
  }
}

export interface OpenWorldOptions {
  /** The index's `config.toml`. */
  settings?: string | undefined;
  /** Where its folder is made; the system's place for what is temporary by default. */
  parent?: string | undefined;
}

/** A running index in a fresh folder. */
export async function openWorld(
  name = "world",
  placeOf: PlaceOf = loopback,
  { settings = "", parent = tmpdir() }: OpenWorldOptions = {},
): Promise<World> {
  const folder = await mkdtemp(join(parent, `goliath-${name}-`));
  const world = new World(folder, placeOf);
  await mkdir(world.index.home, { recursive: true });
  if (settings) await writeFile(join(world.index.home, "config.toml"), settings);
  await world.index.start();
  return world;
}
