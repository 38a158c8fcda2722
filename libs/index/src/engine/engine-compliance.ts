/** What every `IndexEngine` must do, whatever its store and threads. */
import { testAgainstModel } from "./engine-model.ts";
import { feedCompliance } from "./feed-compliance.ts";
import { leaseCompliance } from "./lease-compliance.ts";
import { namespaceCompliance } from "./namespace-compliance.ts";
import { engineInit, type EngineUnderTest } from "./testing/test-engine.ts";

/** `modelRuns` random histories: a store that syncs to disk takes a second for each. */
export function engineCompliance(
  name: string,
  { open, modelRuns }: EngineUnderTest & { modelRuns: number },
): void {
  namespaceCompliance(name, { open });
  leaseCompliance(name, { open });
  feedCompliance(name, { open });
  testAgainstModel(name, { open: () => open(engineInit()), runs: modelRuns, timeoutMs: 180_000 });
}
