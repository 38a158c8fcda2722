/**
 * What the replicas of the mirrors know of the drive, for reading while the index is away. A replica
 * holds names, extents and the digests of small files, all as of its cursor; one that is being
 * listed, or holds a part of the next revision, is of no revision and answers nothing.
 */
import type { ChunkReader } from "@goliath/chunks";
import type { SqliteDatabase } from "@goliath/kit";
import {
  LIST_ENTRIES_MAX,
  type ListReply,
  type ListRequest,
  type ResolveReply,
  type ResolveRequest,
} from "@goliath/protocols/index";
import {
  GoliathError,
  hasCode,
  isWithin,
  parsePath,
  type ChunkRun,
  type Digest,
  type DirId,
  type DrivePath,
  type Entry,
  type FileEntry,
  type NamedEntry,
  type Revision,
} from "@goliath/protocols/nouns";
import type { KnownTree } from "../parts.ts";
import { decodeExtents } from "./extent-codec.ts";
import { FILE_COLUMNS, type FileRow, type Place } from "./replica-tables.ts";

/** The longest path first: it names the smallest tree that answers. */
const WHOLE_TREES = `SELECT id AS mirror, dir, path, cursor FROM mirror
  WHERE cursor >= 0 AND lost = 0 AND id NOT IN (SELECT mirror FROM mirror_midway)
  ORDER BY length(path) DESC, cursor DESC`;
const CHILD_DIR =
  "SELECT dir FROM mirror_dir WHERE mirror = @mirror AND parent = @dir AND name = @name";
const CHILD_FILE = `SELECT ${FILE_COLUMNS} FROM mirror_file
  WHERE mirror = @mirror AND dir = @dir AND name = @name AND root IS NOT NULL`;
const IS_HERE =
  "SELECT 1 FROM mirror_dir WHERE mirror = @mirror AND dir = @dir AND parent IS NOT NULL";
/** Both halves come from an index in the order of the names' UTF-8 bytes. */
const NAMES = `SELECT name FROM mirror_dir
    WHERE mirror = @mirror AND parent = @dir AND name > @after
  UNION ALL SELECT name FROM mirror_file
    WHERE mirror = @mirror AND dir = @dir AND name > @after AND root IS NOT NULL
  ORDER BY name LIMIT @limit`;
const TOTALS = `WITH RECURSIVE below (dir) AS (SELECT @dir UNION
    SELECT d.dir FROM mirror_dir d JOIN below b ON d.mirror = @mirror AND d.parent = b.dir)
  SELECT count(*) AS files, coalesce(sum(size), 0) AS bytes FROM mirror_file
    WHERE mirror = @mirror AND root IS NOT NULL AND dir IN below`;

/** A replica that is of one whole revision. */
interface Tree {
  mirror: number;
  dir: number;
  path: string;
  cursor: Revision;
}

export class MirroredTree implements KnownTree {
  readonly #database: SqliteDatabase;
  readonly #chunks: ChunkReader;

  constructor({ database, chunks }: { database: SqliteDatabase; chunks: ChunkReader }) {
    this.#database = database;
    this.#chunks = chunks;
  }

  resolve({ paths, at }: ResolveRequest): ResolveReply | undefined {
    const tree = this.#trees(at).find(({ path }) => paths.every((one) => isIn(one, path)));
    if (!tree) return undefined;
    return { revision: tree.cursor, entries: paths.map((path) => this.#at(tree, path)) };
  }

  list({ where, at, after = "", limit = LIST_ENTRIES_MAX }: ListRequest): ListReply | undefined {
    const tree = this.#trees(at).find((one) =>
      "path" in where ? isIn(where.path, one.path) : this.#holds(one, where.dir),
    );
    if (!tree) return undefined;
    const dir = "path" in where ? this.#dirAt(tree, where.path) : where.dir;
    const most = Math.min(limit, LIST_ENTRIES_MAX);
    const values = { mirror: tree.mirror, dir, after, limit: most };
    const rows = this.#database.prepare(NAMES).all(values) as { name: string }[];
    const entries = rows.flatMap(({ name }): NamedEntry[] => {
      const entry = this.#child(tree, { dir, name });
      return entry ? [{ name, entry }] : [];
    });
    const last = rows.length < most ? undefined : rows.at(-1)?.name;
    return { revision: tree.cursor, dir, entries, ...(last === undefined ? {} : { next: last }) };
  }

  /** Those of chunks that are on this disk, under whatever name. */
  digests(runs: readonly ChunkRun[]): Uint8Array | undefined {
    try {
      return this.#chunks.digests(runs);
    } catch (error) {
      if (hasCode(error, "missing")) return undefined;
      throw error;
    }
  }

  /** Those of this revision only, when one is asked for. */
  #trees(at: Revision | undefined): Tree[] {
    const trees = this.#database.prepare(WHOLE_TREES).all() as Tree[];
    return trees.filter(({ cursor }) => at === undefined || at === cursor);
  }

  #holds({ mirror }: Tree, dir: DirId): boolean {
    return this.#database.prepare(IS_HERE).get({ mirror, dir }) !== undefined;
  }

  #dirAt(tree: Tree, path: DrivePath): DirId {
    const entry = this.#at(tree, path);
    if (entry?.kind === "dir") return entry.dir;
    const about = { path };
    if (!entry) throw new GoliathError("not-found", "nothing is there", { about });
    throw new GoliathError("not-a-directory", "this is a file", { about });
  }

  #at(tree: Tree, path: DrivePath): Entry | undefined {
    const names = path.slice(tree.path === "/" ? 1 : tree.path.length + 1).split("/");
    let dir = tree.dir;
    const last = names.pop();
    if (!last) return this.#dirEntry(tree, dir);
    for (const name of names) {
      const below = this.#childDir(tree, { dir, name });
      if (below === undefined) return undefined;
      dir = below;
    }
    return this.#child(tree, { dir, name: last });
  }

  #child(tree: Tree, place: Place): Entry | undefined {
    const dir = this.#childDir(tree, place);
    if (dir !== undefined) return this.#dirEntry(tree, dir);
    const values = { mirror: tree.mirror, ...place };
    const row = this.#database.prepare(CHILD_FILE).get(values) as FileRow | undefined;
    return row && fileEntry(row);
  }

  #childDir({ mirror }: Tree, place: Place): number | undefined {
    const row = this.#database.prepare(CHILD_DIR).get({ mirror, ...place });
    return (row as { dir: number } | undefined)?.dir;
  }

  /** When it was named is not kept: not after the replica's revision. */
  #dirEntry({ mirror, cursor }: Tree, dir: number): Entry {
    const totals = this.#database.prepare(TOTALS).get({ mirror, dir });
    const { files, bytes } = totals as { files: number; bytes: number };
    return { kind: "dir", revision: cursor, dir: dir as DirId, files, bytes };
  }
}

/** The mirrored directory goes by the name it had when last heard of. */
function isIn(path: DrivePath, base: string): boolean {
  return isWithin(path, parsePath(base));
}

function fileEntry(row: FileRow): FileEntry {
  const { revision, size, mtimeMs, executable, root, extents, sums } = row;
  return {
    kind: "file",
    revision: revision as Revision,
    size,
    mtimeMs,
    executable: executable === 1,
    root: root as Digest,
    extents: decodeExtents(extents),
    ...(sums ? { sums } : {}),
  };
}
