/** The model on thousands of long histories. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll } from "vitest";
import { testAgainstModel } from "./engine-model.ts";
import { openMemoryIndexEngine } from "./open-memory-engine.ts";
import { openSqliteIndexEngine } from "./open-sqlite-engine.ts";
import { engineInit, TestClock } from "./testing/test-engine.ts";

/** Turns of the longest histories. */
const TURNS_MAX = 60;
/** Bounds a run on a slow machine, in milliseconds. */
const TIMEOUT_MS = 1_800_000;

let home: string;
let files = 0;

beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), "goliath-model-"));
});
afterAll(() => rm(home, { recursive: true, force: true }));

testAgainstModel("openMemoryIndexEngine", {
  drive: () => {
    const clock = new TestClock();
    return { open: () => openMemoryIndexEngine(engineInit(clock)), restarts: false, clock };
  },
  runs: 3000,
  turnsMax: TURNS_MAX,
  timeoutMs: TIMEOUT_MS,
});

testAgainstModel("openSqliteIndexEngine", {
  drive: () => {
    const clock = new TestClock();
    const init = { ...engineInit(clock), file: join(home, `${files++}.db`) };
    return { open: () => openSqliteIndexEngine(init), restarts: true, clock };
  },
  runs: 100,
  turnsMax: TURNS_MAX,
  timeoutMs: TIMEOUT_MS,
});
