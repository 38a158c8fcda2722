import { engineCompliance } from "./engine-compliance.ts";
import { openMemoryIndexEngine } from "./open-memory-engine.ts";
import { engineInit, TestClock } from "./testing/test-engine.ts";

engineCompliance("openMemoryIndexEngine", {
  open: openMemoryIndexEngine,
  drive: () => {
    const clock = new TestClock();
    return { open: () => openMemoryIndexEngine(engineInit(clock)), restarts: false, clock };
  },
  modelRuns: 200,
});
