import { engineCompliance } from "./engine-compliance.ts";
import { openMemoryIndexEngine } from "./open-memory-engine.ts";

engineCompliance("openMemoryIndexEngine", { open: openMemoryIndexEngine, modelRuns: 200 });
