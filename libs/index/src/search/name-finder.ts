/** The best names for what somebody typed, out of the table, in one snapshot of the index. */
import type { DirId } from "@goliath/protocols/nouns";
import type { StoreReader } from "../store/index-store.ts";
import { foldName, foldText } from "./fold-name.ts";
import { isBelow, LivingDirs, pathIn, type LivingDir } from "./living-dirs.ts";
import { idsOf, kindOfId, type NamedRow, type NameTable } from "./name-table.ts";
import {
  ANYWHERE,
  BEGINS_NAME,
  BEGINS_WORDS,
  EXACT,
  tierOf,
  type SearchQuery,
  type Tier,
} from "./search-query.ts";
import { anyTier, ofTier } from "./search-terms.ts";
import type { SearchBounds } from "./search-bounds.ts";

/** Above every id. */
const NO_ID = Number.MAX_SAFE_INTEGER;
const TIERS: readonly Tier[] = [EXACT, BEGINS_NAME, BEGINS_WORDS, ANYWHERE];

export interface NameFinderInit {
  table: NameTable;
  reader: StoreReader;
  query: SearchQuery;
  /** Only what lies below. */
  under: DirId | undefined;
  limit: number;
  bounds: SearchBounds;
}

export interface FoundNames {
  /** The best first. */
  names: { row: NamedRow; within: LivingDir }[];
  more: boolean;
}

interface Ranked {
  row: NamedRow;
  within: LivingDir;
  tier: Tier;
}

export async function findNames(init: NameFinderInit): Promise<FoundNames> {
  return new NameFinder(init).find();
}

class NameFinder {
  readonly #init: NameFinderInit;
  readonly #living: LivingDirs;
  /** Whether names in a directory may be found. */
  readonly #places = new Map<DirId, LivingDir | undefined>();

  constructor(init: NameFinderInit) {
    this.#init = init;
    this.#living = new LivingDirs(init.reader);
  }

  async find(): Promise<FoundNames> {
    const { table, query, under, bounds } = this.#init;
    const terms = anyTier(query);
    if (terms === undefined) return { names: [], more: false };
    const ids = table.idsMatching(terms, bounds.allMax + 1);
    if (ids.length <= bounds.allMax) return this.#inOrder(table.byIds(ids));
    const below = under === undefined ? undefined : this.#walk(under);
    return below ? this.#inOrder(below) : this.#byTiers();
  }

  async #inOrder(rows: readonly NamedRow[]): Promise<FoundNames> {
    const found: Ranked[] = [];
    for (const row of rows) {
      const ranked = await this.#rank(row);
      if (ranked) found.push(ranked);
    }
    found.sort((a, b) => a.tier - b.tier || a.row.id - b.row.id);
    return this.#answer(found, false);
  }

  /** From the best tier on, each in the order of ids, until there are enough. */
  async #byTiers(): Promise<FoundNames> {
    const { table, query, limit, bounds } = this.#init;
    const { page, examinedMax } = bounds;
    const found: Ranked[] = [];
    let examined = 0;
    for (const tier of TIERS) {
      const terms = ofTier(query, tier) ?? "";
      const ids = tier === EXACT ? idsOfLength(query.whole) : { after: -1, before: NO_ID };
      for (let { after } = ids, rows: NamedRow[] = []; ; after = rows.at(-1)?.id ?? NO_ID) {
        rows = table.matching(terms, { after, before: ids.before, limit: page });
        for (const row of rows) {
          const ranked = await this.#rank(row);
          if (ranked?.tier === tier) found.push(ranked);
          if (found.length > limit) return this.#answer(found, true);
        }
        examined += rows.length;
        if (rows.length < page) break;
        if (examined > examinedMax) return this.#answer(found, true);
      }
    }
    return this.#answer(found, false);
  }

  /** All names below a directory, unless there are many. */
  #walk(under: DirId): NamedRow[] | undefined {
    const { table, bounds } = this.#init;
    const { walkMax } = bounds;
    const all: NamedRow[] = [];
    const open = [under];
    for (let dir = open.pop(); dir !== undefined; dir = open.pop()) {
      const rows = table.inDirectory(dir, { limit: walkMax + 1 - all.length });
      for (const row of rows) {
        all.push(row);
        if (row.child !== undefined) open.push(row.child);
      }
      if (all.length + open.length > walkMax) return undefined;
    }
    return all;
  }

  #answer(found: readonly Ranked[], more: boolean): FoundNames {
    const { limit } = this.#init;
    return { names: found.slice(0, limit), more: more || found.length > limit };
  }

  async #rank(row: NamedRow): Promise<Ranked | undefined> {
    const { query } = this.#init;
    if (query.kind !== undefined && kindOfId(row.id) !== query.kind) return undefined;
    const within = await this.#place(row.dir);
    if (!within) return undefined;
    const tier = tierOf(query, foldName(row.name));
    return tier === undefined ? undefined : { row, within, tier };
  }

  async #place(dir: DirId): Promise<LivingDir | undefined> {
    if (this.#places.has(dir)) return this.#places.get(dir);
    const { query, under } = this.#init;
    const living = await this.#living.get(dir);
    const fits = living && (under === undefined || isBelow(living, under));
    const place = fits && isWithin(living, query.within) ? living : undefined;
    this.#places.set(dir, place);
    return place;
  }
}

function isWithin(living: LivingDir, within: readonly string[]): boolean {
  if (within.length === 0) return true;
  // With an empty name the path ends in the slash that a text may end in.
  const path = foldText(pathIn(living, ""));
  return within.every((text) => path.includes(text));
}

function idsOfLength(text: string): { after: number; before: number } {
  return { after: idsOf(text, "dir").after, before: idsOf(text, "file").before };
}
