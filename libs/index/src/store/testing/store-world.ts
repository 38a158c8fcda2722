/** What the suites of the store share. */
import { digestOf, ROOT_DIR } from "@goliath/protocols/nouns";
import type { ChunkId, DirId, DriveId, PeerId, Revision } from "@goliath/protocols/nouns";
import type { Batch, EntryWrite, FileContent, IndexStore, StoreReader } from "../index-store.ts";

export interface StoreUnderTest {
  /** Opens an empty store of this drive. */
  open: (init: { drive: DriveId; chunkBytes: number }) => Promise<IndexStore>;
}

/** Opens an empty store. */
export type OpenedStore = () => Promise<IndexStore>;

export const DRIVE = "drive" as DriveId;
export const PEER = "peer" as PeerId;
export const CHUNK_BYTES = 4096;
/** No name, then names in byte order, which UTF-16's would break: U+FF5E comes before U+1F600. */
export const NAMES = [
  "",
  "a",
  "a ",
  "a.b",
  "ab",
  "b",
  "z",
  "é",
  "日本",
  "\uff5e",
  "\u{1f600}",
  "\u{10fffd}",
];

export function file(first: number, size = 5000): FileContent {
  const count = Math.ceil(size / CHUNK_BYTES);
  return {
    kind: "file",
    root: digestOf(Buffer.from(`${first}`)),
    extents: size > 0 ? [{ first: first as ChunkId, count, bytes: size }] : [],
    size,
    mtimeMs: -first,
    executable: first % 2 === 0,
  };
}

/** Applies one batch as one job, and throws what it threw. */
export async function apply(store: IndexStore, batch: Batch): Promise<void> {
  const [result] = await store.write([(transaction) => transaction.apply(batch)]);
  if (result?.status === "rejected") throw result.reason;
}

/** Makes the next revision out of new contents by name; undefined removes. */
export async function revise(
  store: IndexStore,
  contents: Record<string, EntryWrite["now"]>,
  { dir = ROOT_DIR, ...more }: Batch & { dir?: DirId } = {},
): Promise<Revision> {
  return store
    .read(async (reader) => {
      const head = await reader.head();
      const names = Object.keys(contents);
      const before = await reader.entries(names.map((name) => ({ dir, name })));
      const entries = names.map((name, i) => ({
        dir,
        name,
        before: before[i],
        now: contents[name],
      }));
      const revision = (head.revision + 1) as Revision;
      return { revision, batch: { ...more, entries, head: { ...head, revision } } };
    })
    .then(async ({ revision, batch }) => {
      await apply(store, batch);
      return revision;
    });
}

export async function names(
  store: IndexStore,
  request: { at?: Revision; limit: number },
): Promise<string[]> {
  const found: string[] = [];
  let after: string | undefined;
  do {
    const page = await store.read((reader) =>
      reader.list({ dir: ROOT_DIR, ...request, ...(after !== undefined && { after }) }),
    );
    found.push(...page.rows.map(({ name }) => name));
    after = page.next;
  } while (after !== undefined);
  return found;
}

/** One read as one job. */
export function one<Result>(
  store: IndexStore,
  job: (reader: StoreReader) => Promise<Result>,
): Promise<Result> {
  return store.read(job);
}

export function hex(bytes: Uint8Array): string;
export function hex(bytes: Uint8Array | undefined): string | undefined;
export function hex(bytes: Uint8Array | undefined): string | undefined {
  return bytes && Buffer.from(bytes).toString("hex");
}
