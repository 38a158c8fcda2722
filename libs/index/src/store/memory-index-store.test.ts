import { MemoryIndexStore } from "./memory-index-store.ts";
import { storeCompliance } from "./store-compliance.ts";

storeCompliance("MemoryIndexStore", { open: async (init) => new MemoryIndexStore(init) });
