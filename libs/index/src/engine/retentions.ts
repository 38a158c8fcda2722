/** Which revisions' ends are longer ago than a retention, and which retentions there are. */
import { PATH_DEPTH_MAX, REVISION_ZERO, ROOT_DIR } from "@goliath/protocols/nouns";
import type { DirId, Revision } from "@goliath/protocols/nouns";
import type { Head, StoreReader } from "../store/index-store.ts";
import { RETENTIONS_MAX } from "./bounds.ts";
import type { HeldPolicies } from "./held-policies.ts";

export interface RetentionsInit {
  /** With the running time of now. */
  head: Head;
  held: HeldPolicies;
}

export class Retentions {
  readonly #reader: StoreReader;
  readonly #head: Head;
  readonly #held: HeldPolicies;
  readonly #cutoffs = new Map<number, Revision>();
  #within: Map<DirId, number> | undefined;
  /** Of the whole drive. */
  #longest: number | undefined;

  constructor(reader: StoreReader, { head, held }: RetentionsInit) {
    this.#reader = reader;
    this.#head = head;
    this.#held = held;
  }

  /** The oldest revision that anything may still be read of: it never goes back. */
  async oldest(): Promise<Revision> {
    return this.expiredUpTo(await this.#longestOfAll());
  }

  /**
   * What ended with this revision or before is past a retention. A revision ends with the commit
   * of the next, so the one returned here is itself still kept.
   */
  async expiredUpTo(retentionMs: number): Promise<Revision> {
    const known = this.#cutoffs.get(retentionMs);
    if (known !== undefined) return known;
    const found = await this.#reader.revisionBy(this.#head.runMs - retentionMs);
    // What the log forgot ended before anything that it remembers.
    const cutoff = Math.max(found, this.#head.oldest, REVISION_ZERO) as Revision;
    this.#cutoffs.set(retentionMs, cutoff);
    return cutoff;
  }

  /** The longest retention that is set for anything in a directory or below; 0 for none. */
  async longestWithin(dir: DirId): Promise<number> {
    this.#within ??= await this.#readWithin();
    return this.#within.get(dir) ?? 0;
  }

  async #longestOfAll(): Promise<number> {
    if (this.#longest !== undefined) return this.#longest;
    const { retentionMs } = await this.#held.inside(ROOT_DIR);
    const set = (await this.#reader.longestRetention()) ?? 0;
    return (this.#longest = Math.max(retentionMs, set));
  }

  /** By directory, for all that lie above a name with a retention of its own. */
  async #readWithin(): Promise<Map<DirId, number>> {
    const within = new Map<DirId, number>();
    // Removals and moves may leave more behind than can be set: those looked at are the longest.
    const rows = await this.#reader.retentions(RETENTIONS_MAX);
    const parents = new Map<DirId, DirId | undefined>();
    for (const { dir, retentionMs } of rows) {
      let at: DirId | undefined = dir;
      for (let depth = 0; at !== undefined && depth <= PATH_DEPTH_MAX; depth++) {
        if ((within.get(at) ?? 0) >= retentionMs) break;
        within.set(at, retentionMs);
        at = at === ROOT_DIR ? undefined : await this.#parentOf(at, parents);
      }
    }
    return within;
  }

  async #parentOf(dir: DirId, parents: Map<DirId, DirId | undefined>): Promise<DirId | undefined> {
    if (!parents.has(dir)) {
      const [row] = await this.#reader.dirs([dir]);
      parents.set(dir, row?.parent);
    }
    return parents.get(dir);
  }
}
