/** A search that goes through all names: for small drives in memory, and to compare with. */
import type { FoundAt, SearchReply, SearchRequest } from "@goliath/protocols/index/service";
import { ROOT_DIR, type DirId } from "@goliath/protocols/nouns";
import { entriesOf } from "../engine/entry-of.ts";
import type { EntryRow, StoreReader } from "../store/index-store.ts";
import { foundAt, limitOf, underDir } from "./answer-search.ts";
import { foldName, foldText } from "./fold-name.ts";
import { LivingDirs, pathIn, type LivingDir } from "./living-dirs.ts";
import { parseQuery, tierOf, type SearchQuery } from "./search-query.ts";

/** Names gone through: some tens of milliseconds. */
const SCANNED_MAX = 100_000;
const PAGE = 1000;

interface Match {
  row: EntryRow;
  within: LivingDir;
  /** Compared one after the other. */
  order: number[];
}

export async function search(reader: StoreReader, request: SearchRequest): Promise<SearchReply> {
  const query = parseQuery(request.text, request.kind);
  const limit = limitOf(request);
  const { revision } = await reader.head();
  const under = (await underDir(reader, request)) ?? ROOT_DIR;
  const { matches, complete } = await scan(reader, { query, under });
  matches.sort((a, b) => compare(a.order, b.order));
  const best = matches.slice(0, limit);
  const found = await entriesOf(
    reader,
    best.map(({ row }) => row),
    {},
  );
  const entries = best.flatMap(({ row, within }, index): FoundAt[] => {
    const entry = found[index];
    return entry ? [foundAt(pathIn(within, row.name), entry)] : [];
  });
  return { revision, complete, entries, more: matches.length > limit || !complete };
}

async function scan(
  reader: StoreReader,
  { query, under }: { query: SearchQuery; under: DirId },
): Promise<{ matches: Match[]; complete: boolean }> {
  const living = new LivingDirs(reader);
  const matches: Match[] = [];
  const open = query.words.length > 0 ? [under] : [];
  let scanned = 0;
  for (let dir = open.pop(); dir !== undefined; dir = open.pop()) {
    const within = await living.get(dir);
    if (!within) continue;
    const path = foldText(pathIn(within, ""));
    const fits = query.within.every((text) => path.includes(text));
    for await (const row of rowsOf(reader, dir)) {
      if (++scanned > SCANNED_MAX) return { matches, complete: false };
      if (row.content.kind === "dir") open.push(row.content.dir);
      const order = fits ? orderOf(query, row) : undefined;
      if (order) matches.push({ row, within, order });
    }
  }
  return { matches, complete: true };
}

async function* rowsOf(reader: StoreReader, dir: DirId): AsyncGenerator<EntryRow> {
  for (let after: string | undefined = ""; after !== undefined;) {
    const page: Awaited<ReturnType<StoreReader["list"]>> = await reader.list({
      dir,
      after,
      limit: PAGE,
    });
    yield* page.rows;
    after = page.next;
  }
}

function orderOf(query: SearchQuery, { name, content }: EntryRow): number[] | undefined {
  if (query.kind !== undefined && content.kind !== query.kind) return undefined;
  const folded = foldName(name);
  const tier = tierOf(query, folded);
  if (tier === undefined) return undefined;
  return [tier, folded.text.length, content.kind === "dir" ? 0 : 1];
}

function compare(a: readonly number[], b: readonly number[]): number {
  const at = a.findIndex((value, index) => value !== b[index]);
  return at === -1 ? 0 : (a[at] as number) - (b[at] as number);
}
