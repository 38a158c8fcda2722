import { engineCompliance } from "./engine-compliance.ts";
import { openMemoryIndexEngine } from "./open-memory-engine.ts";
import { engineInit } from "./testing/test-engine.ts";

engineCompliance("openMemoryIndexEngine", {
  open: openMemoryIndexEngine,
  drive: () => ({ open: () => openMemoryIndexEngine(engineInit()), restarts: false }),
  modelRuns: 200,
});
