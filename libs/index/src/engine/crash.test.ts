import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";
import type { DrivePath, PeerId } from "@goliath/protocols/nouns";
import { openSqliteIndexEngine } from "./open-sqlite-engine.ts";
import { CHANGES_PER_COMMIT } from "./testing/committing-process.ts";
import { readTree } from "./testing/read-tree.ts";
import { engineInit } from "./testing/test-engine.ts";

const PROCESS = fileURLToPath(new URL("./testing/committing-process.ts", import.meta.url));
/** Commits answered before the process is killed, in each of the rounds. */
const ANSWERED = [1, 60];

interface Answered {
  revision: number;
  folder: DrivePath;
  chunk: number;
}

/** Lets a process commit and kills it; returns what it was told is committed. */
async function killAfter(file: string, count: number): Promise<Answered[]> {
  const child = spawn(process.execPath, [PROCESS, file], { stdio: ["ignore", "pipe", "inherit"] });
  const exited = once(child, "exit");
  const answered: Answered[] = [];
  for await (const line of createInterface({ input: child.stdout })) {
    const [revision, folder, chunk] = line.split(" ");
    answered.push({
      revision: Number(revision),
      folder: folder as DrivePath,
      chunk: Number(chunk),
    });
    if (answered.length === count) child.kill("SIGKILL");
  }
  await exited;
  return answered;
}

it("openSqliteIndexEngine has every acknowledged commit whole after kill -9", async () => {
  const home = await mkdtemp(join(tmpdir(), "goliath-crash-"));
  try {
    for (const [round, count] of ANSWERED.entries()) {
      const file = join(home, `${round}.db`);
      const answered = await killAfter(file, count);
      expect(answered.length).toBeGreaterThanOrEqual(count);
      await using engine = await openSqliteIndexEngine({ ...engineInit(), file });
      const tree = await readTree(engine, { limit: 1000 });
      for (const { folder, revision } of answered) {
        expect(tree.get(`${folder}/0` as DrivePath)).toMatchObject({ kind: "file", revision });
      }
      for (const entry of tree.values()) {
        if (entry.kind === "dir") expect(entry.files % CHANGES_PER_COMMIT).toBe(0);
      }
      const files = [...tree.values()].filter(({ kind }) => kind === "file");
      expect(files.length).toBe((await engine.drive()).revision * CHANGES_PER_COMMIT);
      const { first } = await engine.allocate("ann" as PeerId, 1);
      expect(first).toBeGreaterThan(Math.max(...answered.map(({ chunk }) => chunk)));
    }
  } finally {
    await rm(home, { recursive: true, force: true });
  }
});
