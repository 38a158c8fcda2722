/** A world that older code left behind, in a folder of its own, ready to be started by today's. */
import { statSync } from "node:fs";
import { chmod, mkdir, mkdtemp, readFile, stat, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { fileURLToPath } from "node:url";
import { gunzipSync } from "node:zlib";
import { World } from "../world/world.ts";

const HERE = dirname(fileURLToPath(import.meta.url));

type Facts = Record<string, { mtimeMs: number; mode: number }>;

/** The index, alice and bob of `keep-homes.ts`, none of them started. */
export async function openOldWorld(name: string): Promise<World> {
  const kept = join(HERE, name);
  const world = new World(await mkdtemp(join(tmpdir(), `goliath-${name}-`)));
  const facts = JSON.parse(await readFile(join(kept, "facts.json"), "utf8")) as Facts;
  const names = Object.keys(facts).toSorted();
  for (const path of names) {
    const packed = await readFile(join(kept, `${path}.gz`)).catch(() => undefined);
    if (packed) await writeFile(join(world.folder, path), gunzipSync(packed));
    else await mkdir(join(world.folder, path), { recursive: true });
  }
  // Deepest first: a file that is made sets the time of its directory.
  for (const path of names.toReversed()) {
    const { mtimeMs = 0, mode = 0o700 } = facts[path] ?? {};
    await chmod(join(world.folder, path), mode);
    await utimes(join(world.folder, path), mtimeMs / 1000, mtimeMs / 1000);
  }
  await moveFolders(world);
  return world;
}

/** The format of a peer's database, as it lies there. */
export function formatOf(home: string): number {
  const database = new DatabaseSync(join(home, "peer.db"), { readOnly: true });
  const row = database.prepare("PRAGMA user_version").get();
  database.close();
  return Number(row?.["user_version"]);
}

/** The folders stand elsewhere than when they were kept: both peers are told as if they did not. */
async function moveFolders(world: World): Promise<void> {
  const [source, copy] = [world.path("source"), world.path("copy")];
  const shared = await stat(source, { bigint: true });
  const mirrored = await stat(copy, { bigint: true });
  change(world.path("alice", "peer.db"), (database) => {
    database
      .prepare("UPDATE share SET local = ?, device = ?, inode = ?")
      .run(source, String(shared.dev), `${shared.ino}:${shared.birthtimeNs}`);
  });
  change(world.path("bob", "peer.db"), (database) => {
    database
      .prepare("UPDATE mirror SET local = ?, root_inode = ?")
      .run(copy, `${mirrored.dev}:${mirrored.ino}`);
  });
  for (const name of ["alice", "bob"])
    change(world.path(name, "chunks.db"), (database) => movePlaced(world, database));
}

/** Files in place, by their path and the nanosecond of their last change; not by their inode. */
function movePlaced(world: World, database: DatabaseSync): void {
  for (const { file, path } of database.prepare("SELECT file, path FROM files").all()) {
    const moved = String(path).replace(/^\/tmp\/goliath-old-homes-[^/]+/u, world.folder);
    const { mtimeNs } = statSync(moved, { bigint: true, throwIfNoEntry: false }) ?? { mtimeNs: 0n };
    database
      .prepare("UPDATE files SET path = ?, mtime_ns = ? WHERE file = ?")
      .run(moved, mtimeNs, file ?? null);
  }
}

function change(file: string, work: (database: DatabaseSync) => void): void {
  const database = new DatabaseSync(file);
  work(database);
  // Nothing is left in the log beside it.
  database.exec("PRAGMA wal_checkpoint(TRUNCATE)");
  database.close();
}
