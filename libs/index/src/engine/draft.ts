/**
 * The drive as it stands within a commit under way: what was read of it, and what the changes so
 * far made of that. Nothing is written before all changes have applied.
 */
import { GoliathError, namesOf, parentOf, ROOT_DIR, ROOT_PATH } from "@goliath/protocols/nouns";
import type { DirId, DrivePath, PeerId, Revision } from "@goliath/protocols/nouns";
import { emptyDir } from "../store/first-head.ts";
import type {
  Content,
  DirRow,
  EntryKey,
  EntryRow,
  Head,
  StoreReader,
} from "../store/index-store.ts";
import { COMMIT_NAMES_MAX } from "./bounds.ts";
import { DraftPolicies } from "./draft-policies.ts";

/** What stands under a name, and the revision it had before this commit; undefined when new. */
export interface Standing {
  content: Content;
  since: Revision | undefined;
}

/** One name in one directory. */
export interface Cell {
  before: EntryRow | undefined;
  now: Standing | undefined;
}

/** Where a path leads. */
export interface Spot {
  path: DrivePath;
  /** The directories above it that exist, the root first; empty for the root itself. */
  line: DirRow[];
  /** The directories above it that do not. */
  absent: string[];
  /** Whether a file stands where a directory above it should. */
  blocked: boolean;
  name: string;
  now: Standing | undefined;
}

type Parents = Pick<Spot, "line" | "absent" | "blocked">;

export class Draft {
  readonly reader: StoreReader;
  readonly head: Head;
  readonly peer: PeerId;
  /** The revision being made. */
  readonly revision: Revision;
  readonly cells = new Map<DirId, Map<string, Cell>>();
  readonly dirs = new Map<DirId, DirRow>();
  /** As the store has them; a directory made here is not among them. */
  readonly stored = new Map<DirId, DirRow>();
  readonly dirty = new Set<DirRow>();
  readonly policies: DraftPolicies;
  nextDir: DirId;
  /** Entries that copies of directories brought. */
  copied = 0;
  #names = 0;
  #claimsLoaded = false;
  /** Complete lines by path; emptied when a directory moves or goes. */
  readonly #lines = new Map<DrivePath, Parents>();

  constructor(init: { reader: StoreReader; head: Head; peer: PeerId }) {
    this.reader = init.reader;
    this.head = init.head;
    this.peer = init.peer;
    this.revision = (init.head.revision + 1) as Revision;
    this.nextDir = init.head.nextDir;
    this.policies = new DraftPolicies(init.reader);
  }

  /** Reads all that these paths lead over, level by level. */
  async load(paths: Iterable<DrivePath>): Promise<void> {
    const wanted = new Set(paths);
    if (!this.dirs.has(ROOT_DIR)) this.#keep(await this.reader.dirs([ROOT_DIR]));
    await this.#loadEach(new Set([...wanted].map(parentOf)));
    await this.#loadEach(wanted);
  }

  /** Where `path` leads, reading what is not yet known. */
  async spot(path: DrivePath): Promise<Spot> {
    for (;;) {
      const found = this.look(path);
      if ("path" in found) return found;
      await this.#fetch([found]);
    }
  }

  /** Where `path` leads, or the first key on the way that was not read yet. */
  look(path: DrivePath): Spot | EntryKey {
    if (path === ROOT_PATH) return this.#rootSpot();
    const parents = this.#parents(parentOf(path));
    if ("dir" in parents) return parents;
    const name = path.slice(path.lastIndexOf("/") + 1);
    const { line, absent, blocked } = parents;
    if (blocked || absent.length > 0) return { path, line, absent, blocked, name, now: undefined };
    const dir = (line.at(-1) as DirRow).dir;
    const cell = this.cell({ dir, name });
    return cell ? { path, line, absent, blocked, name, now: cell.now } : { dir, name };
  }

  /** Undefined when it was not read yet. */
  cell({ dir, name }: EntryKey): Cell | undefined {
    let names = this.cells.get(dir);
    if (!names) this.cells.set(dir, (names = new Map<string, Cell>()));
    const cell = names.get(name);
    if (cell || dir < this.head.nextDir) return cell;
    const empty: Cell = { before: undefined, now: undefined };
    names.set(name, empty);
    return empty;
  }

  row(dir: DirId): DirRow {
    const row = this.dirs.get(dir);
    if (!row) throw new GoliathError("internal", "a directory has no row", { about: { id: dir } });
    return row;
  }

  set(key: EntryKey, now: Standing | undefined): void {
    const cell = this.cell(key);
    if (!cell) throw new GoliathError("internal", "a name was not read before it changed");
    cell.now = now;
    if (++this.#names > COMMIT_NAMES_MAX) {
      throw new GoliathError("too-large", `a commit changes at most ${COMMIT_NAMES_MAX} names`);
    }
  }

  /** A new empty directory, not yet under any name. */
  make(parent: DirId, name: string): DirRow {
    const row = emptyDir({ dir: this.nextDir, parent, name, made: this.revision });
    this.nextDir = (this.nextDir + 1) as DirId;
    this.dirs.set(row.dir, row);
    this.dirty.add(row);
    return row;
  }

  /** After a directory moved or went. */
  forgetLines(): void {
    this.#lines.clear();
  }

  /** The directory and those above it, the root last. */
  lineOf(dir: DirId): DirRow[] {
    const line = [this.row(dir)];
    for (let row = this.row(dir); row.dir !== ROOT_DIR;) {
      row = this.row(row.parent);
      line.push(row);
    }
    return line;
  }

  /** Live directories with an owner, at or below `dir`. */
  async claimsWithin(dir: DirRow): Promise<DirRow[]> {
    if (dir.claims === 0) return [];
    await this.#loadClaims();
    const owned = [...this.dirs.values()].filter(({ owner }) => owner !== undefined);
    return owned.filter((claim) => this.lineOf(claim.dir).includes(dir));
  }

  #rootSpot(): Spot {
    const now: Standing = { content: { kind: "dir", dir: ROOT_DIR }, since: 0 as Revision };
    return { path: ROOT_PATH, line: [], absent: [], blocked: false, name: "", now };
  }

  #parents(path: DrivePath): Parents | EntryKey {
    const known = this.#lines.get(path);
    if (known) return known;
    const line = [this.row(ROOT_DIR)];
    const names = namesOf(path);
    for (const [index, name] of names.entries()) {
      const dir = (line.at(-1) as DirRow).dir;
      const cell = this.cell({ dir, name });
      if (!cell) return { dir, name };
      if (!cell.now) return { line, absent: names.slice(index), blocked: false };
      if (cell.now.content.kind !== "dir") return { line, absent: [], blocked: true };
      line.push(this.row(cell.now.content.dir));
    }
    const parents = { line, absent: [], blocked: false };
    this.#lines.set(path, parents);
    return parents;
  }

  async #loadEach(paths: Set<DrivePath>): Promise<void> {
    for (let left = [...paths]; left.length > 0;) {
      const missing = new Map<DirId, Set<string>>();
      left = left.filter((path) => {
        const found = this.look(path);
        if ("path" in found) return false;
        const names = missing.get(found.dir) ?? new Set<string>();
        missing.set(found.dir, names.add(found.name));
        return true;
      });
      const keys: EntryKey[] = [];
      for (const [dir, names] of missing) for (const name of names) keys.push({ dir, name });
      if (keys.length > 0) await this.#fetch(keys);
    }
  }

  async #fetch(keys: EntryKey[]): Promise<void> {
    const rows = await this.reader.entries(keys);
    const children = new Set<DirId>();
    for (const [index, before] of rows.entries()) {
      const { dir, name } = keys[index] as EntryKey;
      const now = before && { content: before.content, since: before.revision };
      this.cells.get(dir)?.set(name, { before, now });
      if (now?.content.kind === "dir" && !this.dirs.has(now.content.dir)) {
        children.add(now.content.dir);
      }
    }
    if (children.size > 0) this.#keep(await this.reader.dirs([...children]));
  }

  #keep(rows: readonly (DirRow | undefined)[]): void {
    for (const row of rows) {
      if (!row || this.dirs.has(row.dir)) continue;
      this.stored.set(row.dir, row);
      this.dirs.set(row.dir, { ...row });
    }
  }

  async #loadClaims(): Promise<void> {
    if (this.#claimsLoaded) return;
    this.#claimsLoaded = true;
    let rows: readonly (DirRow | undefined)[] = await this.reader.claims();
    while (rows.length > 0) {
      this.#keep(rows);
      const above = new Set(rows.flatMap((row) => (row ? [row.parent] : [])));
      const missing = [...above].filter((dir) => !this.dirs.has(dir));
      rows = missing.length > 0 ? await this.reader.dirs(missing) : [];
    }
  }
}
