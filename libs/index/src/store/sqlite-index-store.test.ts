import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll } from "vitest";
import { openSqliteIndexStore } from "./sqlite-index-store.ts";
import { storeCompliance } from "./store-compliance.ts";

let home: string;
let files = 0;

beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), "goliath-index-"));
});
afterAll(() => rm(home, { recursive: true, force: true }));

storeCompliance("SqliteIndexStore", {
  open: (init) => openSqliteIndexStore({ ...init, file: join(home, `${files++}.db`) }),
});
