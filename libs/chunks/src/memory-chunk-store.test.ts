import { describeChunkStore } from "./compliance.ts";
import { MemoryChunkStore } from "./memory-chunk-store.ts";

describeChunkStore("MemoryChunkStore", async () => new MemoryChunkStore());
