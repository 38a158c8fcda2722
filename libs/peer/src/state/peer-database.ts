/** The peer's own state: one SQLite file, each part's tables made by the part. */
import { join } from "node:path";
import { openDatabase, type Disk, type SqliteDatabase } from "@goliath/kit";
import { createGetTable } from "../drive/gets-under-way.ts";
import { createKeeperTables } from "../keeper/drain-flag.ts";
import { createReplicaTables } from "../mirror/replica-tables.ts";
import { createCommitTables } from "../publish/commit-queue.ts";
import { createCredentialTables } from "../session/credentials.ts";
import { createShareTables } from "../share/share-tables.ts";

/** Counts changes of the tables' shape: an older home is migrated, a newer one refused. */
const FORMAT = 5;

export function openPeerDatabase(home: string, { disk }: { disk: Disk }): SqliteDatabase {
  return openDatabase(join(home, "peer.db"), {
    disk,
    format: FORMAT,
    migrate: (database) => {
      createCredentialTables(database);
      createGetTable(database);
      createCommitTables(database);
      createShareTables(database);
      createReplicaTables(database);
      createKeeperTables(database);
    },
  });
}
