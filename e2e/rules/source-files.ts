/** Every source file of the repository with what the rules look at. */
import { readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";

export const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const TOP_FOLDERS = ["apps", "libs", "protocols", "e2e"];
const SKIPPED = new Set(["node_modules", "generated", "vectors", "fixtures", "dist"]);

export interface SourceFile {
  /** From the root, with `/`. */
  path: string;
  text: string;
  lines: string[];
  /** What its import and export-from statements name, types included. */
  imports: string[];
  isTest: boolean;
}

const IMPORT = /(?:from|import)\s*\(?\s*["']([^"']+)["']/gu;

export function sourceFiles(): SourceFile[] {
  return TOP_FOLDERS.flatMap((top) => [...walk(join(ROOT, top))]).map(read);
}

function* walk(folder: string): Generator<string> {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    if (SKIPPED.has(entry.name)) continue;
    const path = join(folder, entry.name);
    if (entry.isDirectory()) yield* walk(path);
    else if (/\.tsx?$/u.test(entry.name)) yield path;
  }
}

function read(file: string): SourceFile {
  const text = readFileSync(file, "utf8");
  const path = relative(ROOT, file).replaceAll("\\", "/");
  const imports = [...withoutComments(text).matchAll(IMPORT)].map(([, name]) => name ?? "");
  const isTest = /\.test\.ts$|compliance|\/testing\/|engine-model|^e2e\//u.test(path);
  return { path, text, lines: text.split("\n"), imports, isTest };
}

export function withoutComments(text: string): string {
  return text.replaceAll(/\/\*[\s\S]*?\*\//gu, "").replaceAll(/(^|[^:"'`])\/\/.*$/gmu, "$1");
}
