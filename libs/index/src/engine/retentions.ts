/** Which revisions' ends are longer ago than a retention, and which retentions there are. */
import { DEFAULT_POLICY, PATH_DEPTH_MAX, REVISION_ZERO, ROOT_DIR } from "@goliath/protocols/nouns";
import type { DirId, Revision } from "@goliath/protocols/nouns";
import type { Head, StoreReader } from "../store/index-store.ts";
import type { PastKey, PolicyKey } from "../store/upkeep-store.ts";
import { PLACES_READ_MAX, RETENTIONS_MAX } from "./bounds.ts";
import { lastPlace, type HeldPolicies } from "./held-policies.ts";

export interface RetentionsInit {
  /** With the running time of now. */
  head: Head;
  held: HeldPolicies;
}

export class Retentions {
  readonly #reader: StoreReader;
  readonly #head: Head;
  readonly #held: HeldPolicies;
  readonly #inside = new Map<DirId, number>();
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

  /**
   * How long what ended under a name is kept: for as long as any path to it promises, or did while
   * the path led there. A directory that moves brings its past to where less is promised.
   */
  async of({ dir, name, until }: PastKey): Promise<number> {
    const [own] = await this.#reader.policies([{ dir, name, until }]);
    return own?.retentionMs ?? this.#longestInside(dir);
  }

  /** The longest retention that is set for anything in a directory or below; 0 for none. */
  async longestWithin(dir: DirId): Promise<number> {
    this.#within ??= await this.#readWithin();
    return this.#within.get(dir) ?? 0;
  }

  /** The longest that any path to a directory promises for what is in it. */
  async #longestInside(dir: DirId): Promise<number> {
    const known = this.#inside.get(dir);
    if (known !== undefined) return known;
    let longest = 0;
    // Paths of the past may go in circles: what lay in a directory may have it in itself today.
    const seen = new Set([dir]);
    for (const at of seen) {
      if (at === ROOT_DIR) {
        longest = Math.max(longest, (await this.#held.inside(ROOT_DIR)).retentionMs);
        continue;
      }
      const keys = await waysTo(this.#reader, at);
      const set = await this.#reader.policies(keys);
      for (const [index, { dir: above }] of keys.entries()) {
        const retentionMs = set[index]?.retentionMs;
        if (retentionMs === undefined) seen.add(above);
        else longest = Math.max(longest, retentionMs);
      }
    }
    // What no path leads to any more is on its way out.
    if (longest === 0) longest = DEFAULT_POLICY.retentionMs;
    this.#inside.set(dir, longest);
    return longest;
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

/** The names under which a directory stands, and stood. */
async function waysTo(reader: StoreReader, dir: DirId): Promise<PolicyKey[]> {
  const [row] = await reader.dirs([dir]);
  const last = row && (await lastPlace(reader, row));
  const ways = await reader.placesOf(dir, PLACES_READ_MAX);
  const keys: PolicyKey[] = ways.map(({ parent, name, until }) => ({ dir: parent, name, until }));
  if (!row || !last) return keys;
  const until = row.gone === REVISION_ZERO ? {} : { until: row.gone };
  return [...keys, { dir: last.parent, name: last.name, ...until }];
}
