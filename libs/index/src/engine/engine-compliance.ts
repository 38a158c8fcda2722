/** What every `IndexEngine` must do, whatever its store and threads. */
import { atomicityCompliance } from "./atomicity-compliance.ts";
import { collectCompliance } from "./collect-compliance.ts";
import { testAgainstModel, type ModelRun } from "./engine-model.ts";
import { feedCompliance } from "./feed-compliance.ts";
import { leaseCompliance } from "./lease-compliance.ts";
import { namespaceCompliance } from "./namespace-compliance.ts";
import { policyCompliance } from "./policy-compliance.ts";
import { retentionCompliance } from "./retention-compliance.ts";
import { FAILED_HISTORIES } from "./testing/failed-histories.ts";
import type { EngineUnderTest } from "./testing/test-engine.ts";
import { usageCompliance } from "./usage-compliance.ts";

const MODEL_TIMEOUT_MS = 180_000;

/** `modelRuns` random histories: a store that syncs to disk takes a second for each. */
export function engineCompliance(
  name: string,
  { open, drive, modelRuns }: EngineUnderTest & Pick<ModelRun, "drive"> & { modelRuns: number },
): void {
  namespaceCompliance(name, { open });
  atomicityCompliance(name, { open });
  leaseCompliance(name, { open });
  feedCompliance(name, { open });
  policyCompliance(name, { open });
  retentionCompliance(name, { open });
  usageCompliance(name, { open });
  collectCompliance(name, { open });
  testAgainstModel(name, {
    drive,
    runs: modelRuns,
    cases: FAILED_HISTORIES,
    timeoutMs: MODEL_TIMEOUT_MS,
  });
}
