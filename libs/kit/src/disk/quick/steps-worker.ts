/** The thread that does steps: many sets of them in one message, and their outcomes in one back. */
import { parentPort } from "node:worker_threads";
import type { Step } from "../steps.ts";
import { stepsNow } from "./steps-now.ts";

parentPort?.on("message", (sets: Step[][]) => {
  const outcomes = sets.map(stepsNow);
  const bytes = outcomes.flatMap(({ results }) =>
    results.filter((result) => result instanceof Uint8Array),
  );
  // Small pieces share a slab of memory, which cannot be given away.
  const own = bytes.filter(({ buffer, byteLength }) => buffer.byteLength === byteLength);
  parentPort?.postMessage(
    outcomes,
    own.map(({ buffer }) => buffer as ArrayBuffer),
  );
});
