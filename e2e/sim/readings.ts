/** What people read of the drive, now and as it was, while others change it. */
import type { Peer } from "@goliath/peer";
import { GoliathError, parsePath, type DrivePath, type Revision } from "@goliath/protocols/nouns";
import type { DriveChecks } from "./checks/drive-checks.ts";
import type { Random } from "./random.ts";
import type { World } from "./world.ts";

const ROOT = parsePath("/");
/** Revisions that are looked back at most. */
const LOOK_BACK_MAX = 20;
/** Looks at one revision, one after the other. */
const LOOKS = 3;

export class Readings {
  readonly #world: World;
  readonly #checks: DriveChecks;
  readonly #random: Random;

  constructor(world: World, { checks, random }: { checks: DriveChecks; random: Random }) {
    this.#world = world;
    this.#checks = checks;
    this.#random = random;
  }

  /** Reads a version to its end, slowly, whatever is committed meanwhile. */
  async read(peer: Peer, signal: AbortSignal): Promise<void> {
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

  async list(peer: Peer, signal: AbortSignal): Promise<void> {
    const generation = peer.session.info()?.generation;
    const { revision, entry } = await peer.reader.stat({ path: ROOT, signal });
    const found = await this.#walk(peer, { at: revision, signal });
    if (peer.session.info()?.generation === generation && entry.kind === "dir")
      this.#checks.wasListed(found, revision);
  }

  /** Finds all of one past revision, and single names of it, slowly. */
  async lookBack(peer: Peer, signal: AbortSignal): Promise<void> {
    const { record, site } = this.#world;
    const { restores } = record;
    const back = this.#random.int(LOOK_BACK_MAX);
    const at = Math.max(0, record.revision - back) as Revision;
    for (let i = 0; i < LOOKS; i++) {
      const found = await this.#walk(peer, { at, signal });
      const path = this.#somePath(at);
      const entry = await peer.reader.stat({ path, at, signal }).catch(absent);
      if (record.restores !== restores) return;
      this.#checks.wasListed(found, at);
      this.#checks.wasFound(entry?.entry, { path, at });
      await site.clock.sleep(this.#random.next() * 500, signal);
    }
  }

  /** What was appended just now is in the revision that was named, once. */
  async journal(
    peer: Peer,
    { path, token, revision }: { path: DrivePath; token: string; revision: Revision },
  ): Promise<void> {
    const { restores } = this.#world.record;
    const chunks: Uint8Array[] = [];
    const { signal } = new AbortController();
    for await (const bytes of peer.reader.read({ path, at: revision, signal })) chunks.push(bytes);
    if (this.#world.record.restores === restores)
      this.#checks.journalHas(Buffer.concat(chunks), { path, token });
  }

  async #walk(peer: Peer, { at, signal }: { at: Revision; signal: AbortSignal }) {
    const found = [];
    for await (const one of peer.reader.walk({ path: ROOT, at, signal })) found.push(one);
    return found;
  }

  /** What stood there then, or stands there now. */
  #somePath(at: Revision): DrivePath {
    const { record } = this.#world;
    const tree = this.#random.chance(0.7) ? record.at(at) : record.at();
    return this.#random.pick([...tree.keys()]);
  }
}

function absent(error: unknown): undefined {
  const { code } = GoliathError.from(error);
  if (code !== "not-found" && code !== "not-a-directory") throw error;
}
