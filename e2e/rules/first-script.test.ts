/** What a browser must load before it shows the drive: it stays small, and the rest comes when needed. */
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { build } from "vite";
import { expect, it, vi } from "vitest";
import { ROOT } from "./source-files.ts";

/** Compressed: half a second on a slow line of 3 Mbit/s. */
const FIRST_SCRIPT_BYTES_MAX = 200_000;
/** What stands on the first page, be it loaded by itself. */
const ON_FIRST_PAGE = /\/(main|pages\/browse\/page|shell\/search-box)\.tsx$/u;

interface Chunk {
  fileName: string;
  code: string;
  /** Chunks that are loaded with it. */
  imports: string[];
  isEntry: boolean;
  facadeModuleId: string | null;
}

async function builtChunks(): Promise<Map<string, Chunk>> {
  // A test's own environment would build what developers run, with all its warnings.
  vi.stubEnv("NODE_ENV", "production");
  const configFile = join(ROOT, "libs/web/vite.config.ts");
  const built = await build({ configFile, logLevel: "error", build: { write: false } });
  const { output } = (Array.isArray(built) ? built[0] : built) as unknown as {
    output: (Chunk & { type: string })[];
  };
  const chunks = output.filter(({ type }) => type === "chunk");
  return new Map(chunks.map((chunk) => [chunk.fileName, chunk]));
}

/** These and all that they import. */
function withImports(chunks: Map<string, Chunk>, from: Chunk[]): Set<Chunk> {
  const found = new Set<Chunk>();
  const left = [...from];
  for (let chunk = left.pop(); chunk; chunk = left.pop()) {
    if (found.has(chunk)) continue;
    found.add(chunk);
    for (const name of chunk.imports) {
      const imported = chunks.get(name);
      if (imported) left.push(imported);
    }
  }
  return found;
}

it("the first page of the UI loads little script", async () => {
  const chunks = await builtChunks();
  const first = [...chunks.values()].filter(
    ({ isEntry, facadeModuleId }) => isEntry || ON_FIRST_PAGE.test(facadeModuleId ?? ""),
  );
  expect(first.length).toBe(3);
  const bytes = [...withImports(chunks, first)].map(({ code }) => gzipSync(code).length);
  const total = bytes.reduce((sum, size) => sum + size, 0);
  process.stdout.write(
    `first page of the UI: ${(total / 1000).toFixed(0)} kB of script, gzipped\n`,
  );
  expect(total).toBeLessThanOrEqual(FIRST_SCRIPT_BYTES_MAX);
});
