/** A follower as a mirror would be: it knows what the feed told it, and lists what moved in. */
import type { DirId, DrivePath, Entry, Revision } from "@goliath/protocols/nouns";
import type { IndexEngine } from "../engine.ts";

export class TestFollower {
  readonly #engine: IndexEngine;
  readonly dir: DirId;
  readonly #names = new Map<DirId, Map<string, Entry>>();
  reached: Revision;
  lost: Revision | undefined;

  constructor(engine: IndexEngine, { dir, from }: { dir: DirId; from: Revision }) {
    this.#engine = engine;
    this.dir = dir;
    this.reached = from;
  }

  /** Takes the state of its first revision by listing. */
  async start(): Promise<this> {
    await this.#list(this.dir, this.reached);
    return this;
  }

  /** Follows until nothing more comes, `limit` changes at a time. */
  async follow(limit: number): Promise<void> {
    for (;;) {
      const { events, reached } = await this.#engine.changes({
        dir: this.dir,
        from: this.reached,
        limit,
      });
      for (const event of events) {
        if (event.kind === "reset") throw new Error("the feed was reset");
        if (event.kind === "lost") this.lost = event.revision;
        if (event.kind !== "changes") continue;
        for (const { dir, name, entry } of event.changes) {
          await this.#set({ dir, name, entry, at: event.revision });
        }
        if (event.last) this.#forgetOutside();
      }
      if (reached === this.reached || this.lost !== undefined) return;
      this.reached = reached;
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

  async #set(change: {
    dir: DirId;
    name: string;
    entry: Entry | undefined;
    at: Revision;
  }): Promise<void> {
    const { dir, name, entry, at } = change;
    const names = this.#names.get(dir) ?? new Map<string, Entry>();
    this.#names.set(dir, names);
    if (!entry) names.delete(name);
    else names.set(name, entry);
    if (entry?.kind === "dir" && !this.#names.has(entry.dir)) await this.#list(entry.dir, at);
  }

  async #list(dir: DirId, at: Revision): Promise<void> {
    const { entries } = await this.#engine.list({ where: { dir }, at });
    this.#names.set(dir, new Map(entries.map(({ name, entry }) => [name, entry])));
    for (const { entry } of entries) if (entry.kind === "dir") await this.#list(entry.dir, at);
  }

  /** What left the subscription is unknown from then on. */
  #forgetOutside(): void {
    const inside = new Set<DirId>([this.dir]);
    for (const entry of this.tree().values()) if (entry.kind === "dir") inside.add(entry.dir);
    for (const dir of this.#names.keys()) if (!inside.has(dir)) this.#names.delete(dir);
  }
}
