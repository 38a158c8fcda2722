/** A process for tests that kill it: commits without end, and tells each commit that was answered. */
import { openSqliteIndexEngine } from "../open-sqlite-engine.ts";
import { engineInit } from "./test-engine.ts";
import { put, TestWriter } from "./test-writer.ts";

/** Changes in each commit: a torn one would show. */
export const CHANGES_PER_COMMIT = 5;

async function commitForEver(file: string): Promise<void> {
  const engine = await openSqliteIndexEngine({ ...engineInit(), file });
  const writers = ["ann", "bob", "eve"].map((name) => new TestWriter(engine, name));
  await Promise.all(
    writers.map(async (writer) => {
      for (;;) {
        const body = await writer.file([`${writer.peer} ${writer.number}`]);
        const folder = `/${writer.peer}/${writer.number + 1}`;
        const changes = Array.from({ length: CHANGES_PER_COMMIT }, (_, i) =>
          put(`${folder}/${i}`, body),
        );
        const { revision } = await writer.commit(...changes);
        process.stdout.write(`${revision} ${folder} ${body.extents[0]?.first}\n`);
      }
    }),
  );
}

if (import.meta.main) await commitForEver(process.argv[2] as string);
