/** A process for tests that kill it: commits without end, and tells each commit that was answered. */
import { openSqliteIndexEngine } from "../open-sqlite-engine.ts";
import { engineInit } from "./test-engine.ts";
import { put, TestWriter } from "./test-writer.ts";

/** Changes in each commit: a torn one would show. */
export const CHANGES_PER_COMMIT = 5;

/** With a file for searches, it also searches after each commit. */
async function commitForEver(file: string, search: string | undefined): Promise<void> {
  const engine = await openSqliteIndexEngine({
    ...engineInit(),
    file,
    ...(search !== undefined && { search: { file: search } }),
  });
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
        if (search !== undefined) await engine.search({ text: folder });
        process.stdout.write(`${revision} ${folder} ${body.extents[0]?.first}\n`);
      }
    }),
  );
}

if (import.meta.main) await commitForEver(process.argv[2] as string, process.argv[3]);
