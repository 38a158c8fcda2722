/**
 * When nothing is broken any more, everything comes together: every share has published what stands
 * on its disk, every mirror is the drive's directory and says so, and every chunk that a running
 * peer holds can be read by any other.
 */
import { join, relative } from "node:path";
import type { ChunkId, DirId, DrivePath } from "@goliath/protocols/nouns";
import type { ModelEntry, ModelTree } from "@goliath/index/testing";
import type { PeerMachine } from "../peer-machine.ts";
import type { World } from "../world.ts";
import { isVersion, type DriveChecks } from "./drive-checks.ts";

/** Milliseconds of simulated time it may take: the longest back-offs, several times over. */
const PATIENCE_MS = 15 * 60_000;
const LOOK_MS = 5_000;

export class Convergence {
  readonly #world: World;
  readonly #checks: DriveChecks;

  constructor(world: World, checks: DriveChecks) {
    this.#world = world;
    this.#checks = checks;
  }

  async wait(): Promise<void> {
    const { clock, verdict, trace } = this.#world.site;
    const untilMs = clock.monotonicMs() + PATIENCE_MS;
    for (;;) {
      const open = await this.#open();
      if (open === undefined) break;
      if (clock.monotonicMs() > untilMs) verdict.fail(0, `it never comes together: ${open}`);
      trace.note("world", `not yet: ${open}`);
      await clock.sleep(LOOK_MS);
    }
    await this.#readEverything();
  }

  /** What is not as it should be yet. */
  async #open(): Promise<string | undefined> {
    for (const machine of this.#world.peers) {
      const { peer } = machine;
      if (!peer?.session.connected()) return `${machine.name} is not connected`;
      for (const share of peer.shares.list()) {
        if (share.state === "waiting" || share.state === "paused") peer.shares.confirm(share);
        const open = await this.#shareOpen(machine, share);
        if (open !== undefined) return `${machine.name} shares ${share.path}: ${open}`;
      }
      for (const mirror of peer.mirrors.list()) {
        const open = await this.#mirrorOpen(machine, mirror);
        if (open !== undefined) return `${machine.name} mirrors into ${mirror.local}: ${open}`;
      }
    }
    return undefined;
  }

  async #shareOpen(
    machine: PeerMachine,
    {
      local,
      path,
      state,
      problems,
    }: { local: string; path: string; state: string; problems: string[] },
  ): Promise<string | undefined> {
    if (state !== "following") return `it is ${state} (${problems.join("; ")})`;
    // A file where the drive had a directory before the share is refused, and all that goes with it.
    if (machine.sharedOver.has(local)) return undefined;
    const tree = below(this.#world.record.at(), path as DrivePath);
    const files = await machine.files(local);
    for (const file of files) {
      const place = relative(local, file.path);
      const entry = tree.get(place);
      if (!entry?.body) return `${place} is not published`;
      if (!machine.own.isRotten(file.digest) && !isVersion(file.bytes, entry.body))
        return `${place} is another version`;
      tree.delete(place);
    }
    const extra = [...tree].find(
      ([place, { body }]) => body && machine.user.hasRemoved(join(local, place)),
    );
    // What others had put at the path stays there, and so does all when nobody knows any more.
    if (this.#world.wasRestored) return undefined;
    return extra && `${extra[0]} is published and gone`;
  }

  async #mirrorOpen(
    machine: PeerMachine,
    { local, state, problems }: { local: string; state: string; problems: string[] },
  ): Promise<string | undefined> {
    if (state === "lost") return undefined;
    // Somebody took the folder itself away: it is theirs to say what is meant.
    if (state === "paused" && machine.user.hasRemoved(local)) return undefined;
    // The simulated disk may give a folder another number when the power is cut, as no real one.
    if (problems.some((text) => text.includes("another folder stands"))) return undefined;
    if (state !== "complete") return `it is ${state} (${problems.join("; ")})`;
    const dir = machine.mirrored(local);
    const path = dir !== undefined && (await this.#pathOf(dir));
    if (!path) return "nobody knows what is mirrored there";
    const tree = below(this.#world.record.at(), path);
    const files = await machine.files(local);
    for (const file of files) {
      const place = relative(local, file.path);
      const entry = tree.get(place);
      tree.delete(place);
      const isRight = entry?.body !== undefined && isVersion(file.bytes, entry.body);
      if (machine.own.isRotten(file.digest)) continue;
      if (machine.user.hasArranged(file.path) || this.#isHeldBack(file.bytes)) continue;
      if (!isRight && !machine.own.has(file.digest) && file.bytes.length > 0)
        return `${place} is neither the drive's version nor the user's`;
    }
    // Names that are Goliath's own inside a mirror are left out.
    const missing = [...tree].find(([place, { body }]) => body && !place.includes(".goliath"));
    return missing && `${missing[0]} is missing`;
  }

  /** What a restored index has lost is not taken from a mirror at its word. */
  #isHeldBack(bytes: Buffer): boolean {
    const { wasRestored, record } = this.#world;
    return wasRestored && record.bodies(bytes.length).some((body) => isVersion(bytes, body));
  }

  async #pathOf(dir: DirId): Promise<DrivePath | undefined> {
    return this.#world.index.engine?.pathOf({ dir }).catch(() => undefined);
  }

  async #readEverything(): Promise<void> {
    const { record, peers, site } = this.#world;
    for (const [path, { body }] of record.at()) {
      // What has rotted is believed to be held until somebody asks for it.
      if (!body || this.#world.hasRotted || !this.#isHeld(body.extents)) continue;
      const reader = site.random.fork(`read ${path}`).pick(peers);
      const bytes = await this.#read(reader, path);
      this.#checks.wasRead(bytes, { path, at: record.revision, body });
      this.#checks.journalWas(path, bytes);
    }
  }

  /** A holder that was away is left alone for a while, so one refusal is none. */
  async #read(reader: PeerMachine, path: DrivePath): Promise<Buffer> {
    const { clock, verdict } = this.#world.site;
    const untilMs = clock.monotonicMs() + PATIENCE_MS;
    for (;;) {
      try {
        const chunks: Uint8Array[] = [];
        for await (const bytes of reader.peer?.reader.read({ path }) ?? []) chunks.push(bytes);
        return Buffer.concat(chunks);
      } catch (error) {
        if (clock.monotonicMs() > untilMs)
          verdict.fail(4, `${path} is held and ${reader.name} cannot read it: ${String(error)}`);
        await clock.sleep(LOOK_MS);
      }
    }
  }

  #isHeld(extents: { first: ChunkId; count: number; bytes: number }[]): boolean {
    const { peers } = this.#world;
    return extents.every(({ first, count }) =>
      Array.from({ length: count }, (_, i) => (first + i) as ChunkId).every((id) =>
        peers.some(({ peer }) => peer?.chunks.has(id)),
      ),
    );
  }
}

/** What lies below a directory, by the place inside it. */
function below(tree: ModelTree, path: DrivePath): Map<string, ModelEntry> {
  const prefix = path === "/" ? "/" : `${path}/`;
  return new Map(
    [...tree]
      .filter(([other]) => other.startsWith(prefix) && other !== path)
      .map(([other, entry]) => [other.slice(prefix.length), entry]),
  );
}
