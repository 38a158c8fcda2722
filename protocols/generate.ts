/**
 * Makes `protocols/<name>/generated/` from `protocols/<name>/<name>.proto`: `npm run proto`.
 *
 * protons writes TypeScript with namespaces, which cannot be stripped to JavaScript, so it is
 * compiled here and the result committed: nothing else in Goliath has a build step.
 */
import { execFile } from "node:child_process";
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { basename, dirname, join, relative } from "node:path";
import { promisify } from "node:util";
import { generate } from "protons";

const ROOT = import.meta.dirname;
/** Compiling takes about a second; a hung compiler must not hang whoever waits for it. */
const COMPILE_TIMEOUT_MS = 60_000;

const COMPILER_OPTIONS = {
  target: "es2024",
  lib: ["esnext"],
  module: "nodenext",
  moduleResolution: "nodenext",
  types: [],
  strict: true,
  skipLibCheck: true,
  declaration: true,
};

/** Every generated file's text by its path below `protocols/`, from all the `.proto` files there. */
export async function generateProtocols(): Promise<Map<string, string>> {
  // Below node_modules the packages resolve, and no check of the tree sees the temporary files.
  const folder = await mkdtemp(join(ROOT, "..", "node_modules", ".proto-"));
  try {
    const protos = await listProtos();
    for (const proto of protos) await transpile(proto, folder);
    await compile(folder);
    return await collect(protos, folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function listProtos(): Promise<string[]> {
  const files = await readdir(ROOT, { recursive: true });
  return files
    .filter((file) => file.endsWith(".proto") && !file.includes("node_modules"))
    .toSorted();
}

async function transpile(proto: string, folder: string): Promise<void> {
  await generate(join(ROOT, proto), { output: folder });
  const file = join(folder, `${basename(proto, ".proto")}.ts`);
  const text = await readFile(file, "utf8");
  // The one use of this import is an empty array: not worth a dependency.
  const lean = text
    .replace(/^import \{ alloc as uint8ArrayAlloc \}.*\n/m, "")
    .replaceAll("uint8ArrayAlloc(0)", "new Uint8Array(0)")
    // Bytes may lie in any buffer: digests are plain `Uint8Array`s.
    .replaceAll("Uint8Array<ArrayBuffer>", "Uint8Array");
  await writeFile(file, lean);
}

async function compile(folder: string): Promise<void> {
  const config = join(folder, "tsconfig.json");
  await writeFile(config, JSON.stringify({ compilerOptions: COMPILER_OPTIONS, include: ["*.ts"] }));
  const typescript = createRequire(import.meta.url).resolve("typescript/package.json");
  const tsc = join(dirname(typescript), "bin", "tsc");
  await promisify(execFile)(process.execPath, [tsc, "-p", config], { timeout: COMPILE_TIMEOUT_MS });
}

async function collect(protos: string[], folder: string): Promise<Map<string, string>> {
  const texts = new Map<string, string>();
  for (const proto of protos) {
    const name = basename(proto, ".proto");
    for (const file of [`${name}.js`, `${name}.d.ts`]) {
      const note = `// Generated from ${name}.proto by \`npm run proto\`; do not edit.\n`;
      const text = await readFile(join(folder, file), "utf8");
      texts.set(join(dirname(proto), "generated", file), note + text);
    }
  }
  return texts;
}

if (import.meta.main) {
  for (const [path, text] of await generateProtocols()) {
    const file = join(ROOT, path);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, text);
    process.stdout.write(`${relative(process.cwd(), file)}\n`);
  }
}
