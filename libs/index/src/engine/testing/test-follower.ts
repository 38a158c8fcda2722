/**
 * A follower as a mirror would be: it knows what the feed told it, and lists what came in once the
 * whole of the revision is told.
 */
import { GoliathError } from "@goliath/protocols/nouns";
import type { EntryChange, FeedEvent } from "@goliath/protocols/feed";
import type { DirId, DrivePath, Entry, Revision } from "@goliath/protocols/nouns";
import type { IndexEngine } from "../engine.ts";

export interface TestFollowerInit {
  dir: DirId;
  /** The revision whose state it begins with. */
  from: Revision;
  /** Changes asked for at once. */
  limit: number;
}

export class TestFollower {
  /** Another after a restart. */
  engine: IndexEngine;
  readonly dir: DirId;
  readonly #limit: number;
  readonly #names = new Map<DirId, Map<string, Entry>>();
  reached: Revision;
  lost: Revision | undefined;

  constructor(engine: IndexEngine, { dir, from, limit }: TestFollowerInit) {
    this.engine = engine;
    this.dir = dir;
    this.#limit = limit;
    this.reached = from;
    this.#names.set(dir, new Map<string, Entry>());
  }

  /** Takes the state of its first revision by listing. */
  async start(): Promise<this> {
    await this.#list(this.dir, this.reached);
    return this;
  }

  /** Follows until nothing more comes, telling of each revision that it has whole. */
  async follow(onRevision: (revision: Revision) => Promise<void>): Promise<void> {
    while (this.lost === undefined) {
      const from = this.reached;
      const request = { dir: this.dir, from, limit: this.#limit };
      for (const event of (await this.engine.changes(request)).events) {
        if (await this.#takeEvent(event)) await onRevision(this.reached);
      }
      if (this.reached === from) return;
    }
  }

  /** The subtree by path. */
  tree(): Map<DrivePath, Entry> {
    const tree = new Map<DrivePath, Entry>();
    const walk = (dir: DirId, path: string): void => {
      for (const [name, entry] of this.#names.get(dir) ?? []) {
        tree.set(`${path}/${name}` as DrivePath, entry);
        if (entry.kind === "dir") walk(entry.dir, `${path}/${name}`);
      }
    };
    walk(this.dir, "");
    return tree;
  }

  /** Whether the follower has a revision whole. */
  async #takeEvent(event: FeedEvent): Promise<boolean> {
    if (event.kind === "reset") throw new GoliathError("reset", "the feed was reset");
    if (event.kind === "changes") for (const change of event.changes) this.#take(change);
    if (event.kind === "changes" && !event.last) return false;
    if (event.kind === "lost") this.lost = event.revision;
    else await this.#finish(event.revision);
    this.reached = event.revision;
    return event.kind !== "lost";
  }

  /** What changed in a directory that came in with this revision is in its listing. */
  #take({ dir, name, entry }: EntryChange): void {
    const names = this.#names.get(dir);
    if (!names) return;
    if (entry) names.set(name, entry);
    else names.delete(name);
  }

  /** Lists what came in, and forgets what left: it is unknown from then on. */
  async #finish(at: Revision): Promise<void> {
    const inside = new Set<DirId>([this.dir]);
    for (const entry of this.tree().values()) if (entry.kind === "dir") inside.add(entry.dir);
    for (const dir of this.#names.keys()) if (!inside.has(dir)) this.#names.delete(dir);
    for (const dir of inside) if (!this.#names.has(dir)) await this.#list(dir, at);
  }

  async #list(dir: DirId, at: Revision): Promise<void> {
    const names = new Map<string, Entry>();
    let after: string | undefined;
    do {
      const page = { where: { dir }, at, ...(after !== undefined && { after }) };
      const { entries, next } = await this.engine.list(page);
      for (const { name, entry } of entries) names.set(name, entry);
      after = next;
    } while (after !== undefined);
    this.#names.set(dir, names);
    for (const entry of names.values()) if (entry.kind === "dir") await this.#list(entry.dir, at);
  }
}
