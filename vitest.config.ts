import { defineConfig } from "vitest/config";

/** Long tests state their own bound; this one catches a test that hangs. */
const TEST_TIMEOUT_MS = 240_000;

const project = (name: string, include: string[], exclude: string[] = []) => ({
  test: {
    name,
    include,
    exclude: ["**/node_modules/**", ...exclude],
    pool: "forks" as const,
    testTimeout: TEST_TIMEOUT_MS,
    hookTimeout: TEST_TIMEOUT_MS,
  },
});

export default defineConfig({
  test: {
    projects: [
      project("unit", [
        "libs/**/*.test.ts",
        "protocols/**/*.test.ts",
        "apps/**/*.test.ts",
        "e2e/sim/**/*.test.ts",
      ]),
      project("rules", ["e2e/rules/**/*.test.ts"]),
      project("e2e", ["e2e/{system,faults,web}/**/*.test.ts"]),
      project("soak", ["e2e/soak/**/*.test.ts", "libs/**/*.soak.ts"]),
    ],
  },
});
