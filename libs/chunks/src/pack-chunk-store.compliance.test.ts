import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { systemDisk } from "@goliath/kit";
import { describeChunkStore } from "./compliance.ts";
import { openPackChunkStore } from "./pack-chunk-store.ts";

describeChunkStore("PackChunkStore", async () => {
  const directory = await mkdtemp(join(tmpdir(), "goliath-packs-"));
  const store = await openPackChunkStore({ disk: systemDisk, directory, packBytesMax: 64 * 1024 });
  const close = store[Symbol.asyncDispose].bind(store);
  return Object.assign(store, {
    [Symbol.asyncDispose]: () => close().then(() => rm(directory, { recursive: true })),
  });
});
