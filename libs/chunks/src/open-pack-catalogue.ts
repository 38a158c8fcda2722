/** Opens the catalogue of a directory of packs. */
import { join } from "node:path";
import type { Database } from "better-sqlite3";
import type { Disk } from "@goliath/kit";
import { isBrokenCatalogue, openCatalogue } from "./catalogue.ts";
import { PACKS_FORMAT, PACKS_SCHEMA, SCRUBBED_SCHEMA } from "./pack-catalogue.ts";

/** A broken catalogue is put aside: the packs tell all that it knew but what was dropped. */
export async function openPackCatalogue({
  disk,
  directory,
}: {
  disk: Disk;
  directory: string;
}): Promise<Database> {
  const file = join(directory, "packs.db");
  const catalogue = {
    disk,
    file,
    format: PACKS_FORMAT,
    schema: PACKS_SCHEMA,
    additions: SCRUBBED_SCHEMA,
    durability: "normal",
  } as const;
  try {
    return openCatalogue(catalogue);
  } catch (thrown) {
    if (!isBrokenCatalogue(thrown)) throw thrown;
    await disk.rename(file, `${file}.broken`);
    await Promise.all(["-wal", "-shm"].map((suffix) => disk.rm(file + suffix, { force: true })));
    return openCatalogue(catalogue);
  }
}
