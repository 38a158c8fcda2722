/**
 * Keeps the table of names in step with the index, one short step after the other. It reads the
 * commits from the index's own feed and writes nothing there: a table that is lost, or behind, or
 * of another drive or history, is made anew or caught up from the revision it has.
 */
import { ROOT_DIR, type DirId, type Revision } from "@goliath/protocols/nouns";
import type { EntryKey, EntryRow, Head, StoreReader } from "../store/index-store.ts";
import type { ChangedNames } from "../store/upkeep-store.ts";
import { foldName } from "./fold-name.ts";
import { LivingDirs } from "./living-dirs.ts";
import type { SearchBounds } from "./search-bounds.ts";
import type { NamedRow, NameTable, NameTableState } from "./name-table.ts";

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
    this.#table.change(begun, () => undefined);
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
    const last = rows.length < stepNamesMax ? undefined : rows.at(-1);
    const sweep = last && { dir: last.dir, name: last.name };
    this.#table.change({ ...state, sweep }, () => {
      for (const row of standing) this.#settle(row, row);
    });
  }

  async #takeChanges(
    reader: StoreReader,
    { state, head }: { state: NameTableState; head: Head },
  ): Promise<void> {
    const { revision, part } = state;
    const { stepNamesMax, stepPartsMax } = this.#init.bounds;
    const position = { revision: revision as Revision, part };
    const found = await reader.changedAfter(position, stepPartsMax);
    const taken = firstOf(found, stepNamesMax);
    const keys = keysIn(taken);
    const rows = await reader.entries(keys);
    const living = new LivingDirs(reader);
    const stands: (EntryRow | undefined)[] = [];
    for (const row of rows) stands.push(row && (await living.get(row.dir)) ? row : undefined);
    const gone = await this.#goneIn(reader, { keys, living, from: revision });
    const last = taken.at(-1);
    const isAll = taken.length === found.length && found.length < stepPartsMax;
    const reached = isAll || !last ? { revision: head.revision, part: ALL_PARTS } : last;
    const mark = await markOf(reader, reached.revision as Revision);
    this.#table.change({ ...state, revision: reached.revision, part: reached.part, mark }, () => {
      for (const [index, key] of keys.entries()) this.#settle(key, stands[index]);
      for (const dir of gone) this.#table.doom(dir);
    });
  }

  /** Directories that stood under these names, here or in the index, and are no more. */
  async #goneIn(
    reader: StoreReader,
    { keys, living, from }: { keys: EntryKey[]; living: LivingDirs; from: number },
  ): Promise<DirId[]> {
    const stood = new Set<DirId>();
    for (const key of keys) {
      const { child } = this.#table.get(key) ?? {};
      if (child !== undefined) stood.add(child);
    }
    const before = Math.max(0, from - 1) as Revision;
    for (const { content } of await reader.since(keys, before)) {
      if (content.kind === "dir") stood.add(content.dir);
    }
    const gone: DirId[] = [];
    for (const dir of stood) if (!(await living.get(dir))) gone.push(dir);
    return gone;
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
    const gone: DirId[] = [];
    for (const { child } of rows) {
      if (child !== undefined && !(await living.get(child))) gone.push(child);
    }
    this.#table.change(state, () => {
      for (const row of rows) this.#remove(row);
      for (const below of gone) this.#table.doom(below);
      if (rows.length < stepNamesMax) this.#table.spare(dir);
    });
  }

  /** What stands there now is what is found; the same again changes nothing. */
  #settle({ dir, name }: EntryKey, row: EntryRow | undefined): void {
    const known = this.#table.get({ dir, name });
    const child = row?.content.kind === "dir" ? row.content.dir : undefined;
    if (known && row && known.child === child) return;
    if (known) this.#remove(known);
    if (row) this.#table.add({ dir, name, child }, foldName(name));
  }

  #remove(row: NamedRow): void {
    this.#table.remove(row, foldName(row.name));
  }
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
