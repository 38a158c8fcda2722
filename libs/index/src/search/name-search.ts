/** Searches over a table of names that is kept in step: what runs in the thread of its own. */
import type { Clock } from "@goliath/kit";
import type { FoundAt, SearchReply, SearchRequest } from "@goliath/protocols/index/service";
import { GoliathError } from "@goliath/protocols/nouns";
import { entriesOf } from "../engine/entry-of.ts";
import type { EntryRow, IndexStore, StoreReader } from "../store/index-store.ts";
import { foundAt, limitOf, underDir } from "./answer-search.ts";
import { pathIn } from "./living-dirs.ts";
import { findNames } from "./name-finder.ts";
import { NameFollower } from "./name-follower.ts";
import { makeNameTable, openNameTable, type NameTable } from "./name-table.ts";
import { SEARCH_BOUNDS, type SearchBounds } from "./search-bounds.ts";
import { parseQuery } from "./search-query.ts";

/** A search waits so long for the commits before it to be taken in, in milliseconds. */
const CATCH_UP_MS = 30;
/** How long after a fault the table is made anew: a full disk stays full for a while. */
const REMADE_AFTER_MS = 10_000;

export interface NameSearchInit {
  /** The index's own, to read. Not closed here. */
  store: IndexStore;
  /** Where the table of names is kept, or made. */
  file: string;
  clock: Pick<Clock, "monotonicMs">;
  /** Told why the table is made anew. */
  onFault: (error: unknown) => void;
  bounds?: SearchBounds;
}

interface Open {
  table: NameTable;
  follower: NameFollower;
}

export class NameSearch implements Disposable {
  readonly #init: NameSearchInit;
  readonly #bounds: SearchBounds;
  #open: Open | undefined;
  #brokenAtMs: number | undefined;

  constructor(init: NameSearchInit) {
    this.#init = init;
    this.#bounds = init.bounds ?? SEARCH_BOUNDS;
  }

  /** Takes in some of what is missing; false when there is nothing to do now. */
  async step(): Promise<boolean> {
    if (this.#isResting()) return false;
    try {
      const { follower } = this.#opened();
      return await this.#init.store.read((reader) => follower.step(reader));
    } catch (error) {
      this.#break(error);
      return false;
    }
  }

  /** Throws `busy` while there is no table, besides what the protocol names. */
  async search(request: SearchRequest): Promise<SearchReply> {
    await this.#catchUp();
    if (this.#isResting()) throw notNow();
    const { table, follower } = this.#opened();
    try {
      return await this.#init.store.read(async (reader) => {
        const complete = await follower.isComplete(reader);
        return { complete, ...(await answer(reader, { table, request, bounds: this.#bounds })) };
      });
    } catch (error) {
      if (error instanceof GoliathError) throw error;
      this.#break(error);
      throw notNow();
    }
  }

  [Symbol.dispose](): void {
    this.#open?.table[Symbol.dispose]();
    this.#open = undefined;
  }

  async #catchUp(): Promise<void> {
    const { clock } = this.#init;
    const beganMs = clock.monotonicMs();
    while (await this.step()) if (clock.monotonicMs() - beganMs > CATCH_UP_MS) return;
  }

  /** What is wrong with the table is mended by making it anew, a while later. */
  #break(error: unknown): void {
    const { clock, onFault } = this.#init;
    this.#brokenAtMs = clock.monotonicMs();
    onFault(error);
    this[Symbol.dispose]();
  }

  #isResting(): boolean {
    if (this.#brokenAtMs === undefined) return false;
    return this.#init.clock.monotonicMs() - this.#brokenAtMs < REMADE_AFTER_MS;
  }

  #opened(): Open {
    if (this.#open) return this.#open;
    const { file } = this.#init;
    const table = this.#brokenAtMs === undefined ? openNameTable(file) : makeNameTable(file);
    this.#brokenAtMs = undefined;
    const remake = (): NameTable => {
      this[Symbol.dispose]();
      const made = makeNameTable(file);
      this.#open = { table: made, follower };
      return made;
    };
    const follower = new NameFollower(table, { remake, bounds: this.#bounds });
    this.#open = { table, follower };
    return this.#open;
  }
}

async function answer(
  reader: StoreReader,
  { table, request, bounds }: { table: NameTable; request: SearchRequest; bounds: SearchBounds },
): Promise<Omit<SearchReply, "complete">> {
  const query = parseQuery(request.text, request.kind);
  const limit = limitOf(request);
  const { revision } = await reader.head();
  const under = await underDir(reader, request);
  const { names, more } = await findNames({ table, reader, query, under, limit, bounds });
  // The index has the last word: what was removed since the table was caught up is left out.
  const rows = await reader.entries(names.map(({ row: { dir, name } }) => ({ dir, name })));
  const standing = rows.map((row, index) => (isSame(row, names[index]?.row) ? row : undefined));
  const found = await entriesOf(reader, standing, {});
  const entries = names.flatMap(({ row, within }, index): FoundAt[] => {
    const entry = found[index];
    return entry ? [foundAt(pathIn(within, row.name), entry)] : [];
  });
  return { revision, entries, more };
}

function isSame(row: EntryRow | undefined, named: { child: number | undefined } | undefined) {
  if (!row || !named) return false;
  return (row.content.kind === "dir") === (named.child !== undefined);
}

const notNow = (): GoliathError => new GoliathError("busy", "names cannot be searched right now");
