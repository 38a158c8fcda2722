/**
 * Keeps the table of names in step with the index, one short step after the other. It reads the
 * commits from the index's own feed and writes nothing there: a table that is lost, or behind, or
 * of another drive or history, is made anew or caught up from the revision it has.
 */
import { ROOT_DIR, type DirId, type Revision } from "@goliath/protocols/nouns";
import type { Content, EntryKey, EntryRow, Head, StoreReader } from "../store/index-store.ts";
import type { ChangedNames, FeedPosition } from "../store/upkeep-store.ts";
import { LivingDirs } from "./living-dirs.ts";
import type { SearchBounds } from "./search-bounds.ts";
import type { Changes, NamedRow, NameTable, NameTableState, NewName } from "./name-table.ts";

/** After all parts of a revision. */
const ALL_PARTS = Number.MAX_SAFE_INTEGER;

export interface NameFollowerInit {
  /** Gives an empty table in place of one that is of no use. */
  remake: () => NameTable;
  bounds: SearchBounds;
}

export class NameFollower {
  #table: NameTable;
  readonly #init: NameFollowerInit;

  constructor(table: NameTable, init: NameFollowerInit) {
    this.#table = table;
    this.#init = init;
  }

  /** Takes in some of what is missing; false when nothing is. */
  async step(reader: StoreReader): Promise<boolean> {
    const head = await reader.head();
    const state = await this.#stateFor(reader, head);
    if (state.sweep) await this.#sweep(reader, { state, from: state.sweep });
    else if (!isAt(state, head)) await this.#takeChanges(reader, { state, head });
    else {
      const dir = this.#table.doomed();
      if (dir === undefined) return false;
      await this.#clear(reader, { state, dir });
    }
    return true;
  }

  /** Whether all names of the snapshot are in. */
  async isComplete(reader: StoreReader): Promise<boolean> {
    const state = this.#table.state();
    return state !== undefined && !state.sweep && isAt(state, await reader.head());
  }

  /** The table's state, or that of a new one where this one cannot be caught up. */
  async #stateFor(reader: StoreReader, head: Head): Promise<NameTableState> {
    const state = this.#table.state();
    if (state && (await isOfHistory(state, { reader, head }))) return state;
    if (state) this.#table = this.#init.remake();
    const { drive, generation, revision } = head;
    const mark = await markOf(reader, revision);
    const sweep = { dir: ROOT_DIR, name: "" };
    const begun = { drive, generation, revision, part: ALL_PARTS, mark, sweep };
    this.#table.apply(begun, {});
    return begun;
  }

  /** All names once, while commits go on: what these change meanwhile is taken in afterwards. */
  async #sweep(
    reader: StoreReader,
    { state, from }: { state: NameTableState; from: EntryKey },
  ): Promise<void> {
    const { stepNamesMax } = this.#init.bounds;
    const rows = await reader.entriesAfter(from, stepNamesMax);
    const living = new LivingDirs(reader);
    const standing: EntryRow[] = [];
    for (const row of rows) if (await living.get(row.dir)) standing.push(row);
    const known = this.#table.get(standing);
    const last = rows.length < stepNamesMax ? undefined : rows.at(-1);
    const sweep = last && { dir: last.dir, name: last.name };
    this.#table.apply({ ...state, sweep }, differences(standing, { known, standing }));
  }

  async #takeChanges(
    reader: StoreReader,
    { state, head }: { state: NameTableState; head: Head },
  ): Promise<void> {
    const { revision, part } = state;
    const from = { revision: revision as Revision, part };
    const { taken, isAll } = await this.#nextParts(reader, from);
    const keys = keysIn(taken);
    const rows = await reader.entries(keys);
    const living = new LivingDirs(reader);
    const standing: (EntryRow | undefined)[] = [];
    for (const row of rows) standing.push(row && (await living.get(row.dir)) ? row : undefined);
    const known = this.#table.get(keys);
    const past = await reader.since(keys, Math.max(0, revision - 1) as Revision);
    const doomed = await goneOf([...known, ...past.map(({ content }) => content)], living);
    const last = taken.at(-1);
    const reached = isAll || !last ? { revision: head.revision, part: ALL_PARTS } : last;
    const mark = await markOf(reader, reached.revision as Revision);
    const now = { ...state, revision: reached.revision, part: reached.part, mark };
    this.#table.apply(now, { ...differences(keys, { known, standing }), doomed });
  }

  /** What one step takes of the feed. A part of a large commit has a thousand names, or one. */
  async #nextParts(
    reader: StoreReader,
    from: FeedPosition,
  ): Promise<{ taken: ChangedNames[]; isAll: boolean }> {
    const { stepNamesMax, stepPartsMax } = this.#init.bounds;
    const found: ChangedNames[] = [];
    for (let limit = 1; ; limit = Math.min(4 * limit, stepPartsMax)) {
      const more = await reader.changedAfter(found.at(-1) ?? from, limit);
      found.push(...more);
      const taken = firstOf(found, stepNamesMax);
      if (taken.length < found.length) return { taken, isAll: false };
      if (more.length < limit) return { taken, isAll: true };
      if (found.length >= stepPartsMax) return { taken, isAll: false };
    }
  }

  /** Lets go of some names in a directory that is no more, and then of those below it. */
  async #clear(
    reader: StoreReader,
    { state, dir }: { state: NameTableState; dir: DirId },
  ): Promise<void> {
    const { stepNamesMax } = this.#init.bounds;
    const living = new LivingDirs(reader);
    const isBack = (await living.get(dir)) !== undefined;
    const rows = isBack ? [] : this.#table.inDirectory(dir, { limit: stepNamesMax });
    const doomed = await goneOf(rows, living);
    const isEmptied = rows.length < stepNamesMax;
    this.#table.apply(state, { removed: rows, doomed, spared: isEmptied ? dir : undefined });
  }
}

/** What stands there now is what is found; the same again changes nothing. */
function differences(
  keys: readonly EntryKey[],
  all: { known: (NamedRow | undefined)[]; standing: (EntryRow | undefined)[] },
): Changes {
  const removed: NamedRow[] = [];
  const added: NewName[] = [];
  for (const [index, { dir, name }] of keys.entries()) {
    const known = all.known[index];
    const row = all.standing[index];
    const child = row?.content.kind === "dir" ? row.content.dir : undefined;
    if (known && row && known.child === child) continue;
    if (known) removed.push(known);
    if (row) added.push({ dir, name, child });
  }
  return { removed, added };
}

/** The directories among what stands or stood somewhere that are in the drive no more. */
async function goneOf(
  all: readonly (NamedRow | Content | undefined)[],
  living: LivingDirs,
): Promise<DirId[]> {
  const stood = new Set<DirId>();
  for (const one of all) {
    if (one && "child" in one && one.child !== undefined) stood.add(one.child);
    else if (one && "kind" in one && one.kind === "dir") stood.add(one.dir);
  }
  const gone: DirId[] = [];
  for (const dir of stood) if (!(await living.get(dir))) gone.push(dir);
  return gone;
}

function isAt({ revision, part }: NameTableState, head: Head): boolean {
  return revision === head.revision && part === ALL_PARTS;
}

/** Whether the table is of this drive and its history, of which all that it lacks is still told. */
async function isOfHistory(
  { drive, generation, revision, mark }: NameTableState,
  { reader, head }: { reader: StoreReader; head: Head },
): Promise<boolean> {
  if (drive !== head.drive || generation !== head.generation) return false;
  if (revision > head.revision || revision < head.oldest) return false;
  return mark === (await markOf(reader, revision as Revision));
}

/** What a revision was: another history of the same drive has another of this number. */
async function markOf(reader: StoreReader, revision: Revision): Promise<string> {
  const before = (revision + 1) as Revision;
  const [row] = await reader.revisions({ before, limit: 1 });
  if (row?.revision !== revision) return "";
  return [row.atMs, row.runMs, row.peer, row.changes, row.summary].join(" ");
}

/** As many parts as one step takes, at least one. */
function firstOf(parts: ChangedNames[], namesMax: number): ChangedNames[] {
  let names = 0;
  const end = parts.findIndex(({ groups }) => {
    for (const group of groups) names += group.names.length;
    return names > namesMax;
  });
  return end === -1 ? parts : parts.slice(0, Math.max(1, end));
}

function keysIn(parts: ChangedNames[]): EntryKey[] {
  const keys = new Map<string, EntryKey>();
  for (const { groups } of parts) {
    for (const { dir, names } of groups) {
      for (const name of names) keys.set(`${dir}/${name}`, { dir, name });
    }
  }
  return [...keys.values()];
}
