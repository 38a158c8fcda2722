#!/usr/bin/env node
/**
 * What `goliath` on the path runs, with whatever Node is there: finds Node 24, which came with the
 * install, and hands over to goliath.ts. JavaScript, because an older Node cannot read the rest.
 */
import { spawn } from "node:child_process";
import { createRequire } from "node:module";
import { constants } from "node:os";
import { fileURLToPath } from "node:url";

const NODE_MAJOR_MIN = 24;
/**
 * Daemons move bytes: a small young generation halves the collector's work and saves 80 MiB. A heap
 * that may become 4 GiB is left to grow fourfold between two collections, one of at most 1 GiB by
 * half: publishing 30,000 files took 326 MiB, and takes 220. Nothing here needs that gibibyte.
 */
const DAEMON_FLAGS = ["--max-semi-space-size=1", "--max-old-space-size=1024"];
/**
 * An index answers small questions: what they make dies soon after, but not within 1 MiB. With 4
 * they take a third less CPU and the process 18 MiB more; 8 and 16 gained nothing further.
 */
const INDEX_FLAGS = ["--max-semi-space-size=4", "--max-old-space-size=1024"];
/** File operations under way at once: synced writes wait for the disk, not for each other. */
const POOL_THREADS = "16";
/** Heaps of glibc's allocator: one for each thread of the pool keeps 25 MiB that nobody uses. */
const ALLOCATOR_ARENAS = "2";

const script = fileURLToPath(new URL("goliath.ts", import.meta.url));
const words = process.argv.slice(2);
const { npm_lifecycle_event: npmScript, INIT_CWD: calledFrom } = process.env;

/** `npm run goliath` moves to the repository: relative paths are meant from where the user is. */
if (npmScript === "goliath" && calledFrom) process.chdir(calledFrom);

if (isDaemon() || major(process.versions.node) < NODE_MAJOR_MIN) handOver();
else await import("./goliath.ts");

function isDaemon() {
  return words.includes("start") && (words.includes("peer") || words.includes("index"));
}

function handOver() {
  const node = nodeToRun();
  const flags = words.includes("index") ? INDEX_FLAGS : DAEMON_FLAGS;
  const args = [...(isDaemon() ? flags : []), script, ...words];
  const env = {
    ...process.env,
    UV_THREADPOOL_SIZE: process.env.UV_THREADPOOL_SIZE ?? POOL_THREADS,
    MALLOC_ARENA_MAX: process.env.MALLOC_ARENA_MAX ?? ALLOCATOR_ARENAS,
  };
  // The same process goes on, so that whoever started us keeps its process id.
  if (process.execve && process.platform !== "win32") process.execve(node, [node, ...args], env);
  runBelow(node, { args, env });
}

/** The path of a Node that is new enough. */
function nodeToRun() {
  if (major(process.versions.node) >= NODE_MAJOR_MIN) return process.execPath;
  try {
    const name = `node-${process.platform === "win32" ? "win" : process.platform}-${process.arch}`;
    const require = createRequire(import.meta.url);
    return require.resolve(`${name}/bin/node${process.platform === "win32" ? ".exe" : ""}`);
  } catch {
    process.stderr.write(
      `goliath: needs Node ${NODE_MAJOR_MIN} or newer: install it, or run npm install again\n`,
    );
    process.exit(1);
  }
}

function runBelow(node, options) {
  const child = spawn(node, options.args, { stdio: "inherit", env: options.env });
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"])
    process.on(signal, () => child.kill(signal));
  child.on("exit", (code, signal) => process.exit(code ?? 128 + (constants.signals[signal] ?? 0)));
}

function major(version) {
  return Number(version.split(".")[0]);
}
