/** The policies that hold for names by directory id, read once each: for sweeps over many rows. */
import { DEFAULT_POLICY, REVISION_ZERO, ROOT_DIR } from "@goliath/protocols/nouns";
import type { DirId, EffectivePolicy, Revision } from "@goliath/protocols/nouns";
import type { DirRow, Place, StoreReader } from "../store/index-store.ts";
import type { PolicyKey } from "../store/upkeep-store.ts";
import { ROOT_KEY } from "./policies.ts";

/** Where a directory stands, or stood just before it was removed. */
export async function lastPlace(reader: StoreReader, row: DirRow): Promise<Place | undefined> {
  if (row.gone === REVISION_ZERO) return row;
  // A commit may move a directory and then remove it: it is the past row before both that names it.
  const [place] = await reader.places([row.dir], (row.gone - 1) as Revision);
  return place;
}

export class HeldPolicies {
  readonly #reader: StoreReader;
  /** What names in a directory inherit. */
  readonly #inside = new Map<DirId, EffectivePolicy>();
  /** Whether a directory has names with a policy of their own. */
  readonly #own = new Map<DirId, boolean>();

  constructor(reader: StoreReader) {
    this.#reader = reader;
  }

  /** What holds for a name now, or held when what stood there until `until` ended. */
  async of(key: PolicyKey): Promise<EffectivePolicy> {
    const inherited = await this.inside(key.dir);
    let own = this.#own.get(key.dir);
    if (own === undefined) {
      own = await this.#reader.hasPolicies(key.dir);
      this.#own.set(key.dir, own);
    }
    if (!own) return inherited;
    const [policy] = await this.#reader.policies([key]);
    return policy ? { ...inherited, ...policy } : inherited;
  }

  async inside(dir: DirId): Promise<EffectivePolicy> {
    const known = this.#inside.get(dir);
    if (known) return known;
    const held = await this.#read(dir);
    this.#inside.set(dir, held);
    return held;
  }

  async #read(dir: DirId): Promise<EffectivePolicy> {
    if (dir === ROOT_DIR) {
      const [policy] = await this.#reader.policies([ROOT_KEY]);
      return { ...DEFAULT_POLICY, ...policy };
    }
    const [row] = await this.#reader.dirs([dir]);
    const place = row && (await lastPlace(this.#reader, row));
    // What no name leads to any more is on its way out: any policy does.
    if (!row || !place) return DEFAULT_POLICY;
    const until = row.gone === REVISION_ZERO ? {} : { until: row.gone };
    return this.of({ dir: place.parent, name: place.name, ...until });
  }
}
