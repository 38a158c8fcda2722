/**
 * The story of Goliath in the terminal: an index and three peers as real processes over TCP share a
 * real folder, mirror it whole and in part, follow changes, lose a peer in mid-transfer, and end
 * with a table of what was compared. Usage: `npm run demo [-- FOLDER]`.
 */
import { appendFile, lstat, mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { openWorld, type World } from "../world/world.ts";
import type { Daemon } from "../world/daemon.ts";
import { until } from "../world/settled.ts";
import { compareFolders } from "./compare-folders.ts";
import { pickFolder } from "./pick-folder.ts";
import { Narrator, type TableRow } from "./narrator.ts";

/**
 * Of the checkout's own modules: the story is the same with a gigabyte, only longer. Names with a
 * dot before are our tools'.
 */
const MODULES = { bytesMax: 24 * 1024 * 1024, fileBytesMax: 8 * 1024 * 1024, without: /^\./u };
/** A folder that was named is taken whole. */
const ALL = { bytesMax: Infinity, fileBytesMax: Infinity };
/** One file large enough to be caught in mid-transfer. */
const BIG_BYTES = 64 * 1024 * 1024;
/** What alice writes at the end of a file. */
const EDIT = "\nWritten while others watch.\n";
/** Commits of the story: more are not shown. */
const LOG_LINES = 10;

interface MirrorView {
  path: string;
  state: string;
  revision: number;
  files: number;
  bytes: number;
  missingBytes: number;
}

interface Stage {
  world: World;
  say: Narrator;
  alice: Daemon;
  bob: Daemon;
  carol: Daemon;
  source: string;
  /** A folder inside the source that carol mirrors. */
  part: string;
  /** A file elsewhere in the source that alice edits. */
  edited: string;
  /** Another folder there, which she deletes. */
  gone: string | undefined;
}

interface Commit {
  revision: number;
  changes: number;
  summary: string;
}

const compared: TableRow[] = [];

async function main(): Promise<void> {
  const say = new Narrator(process.stdout);
  const root = fileURLToPath(new URL("../..", import.meta.url));
  const given = process.argv[2];
  const folder = given ? resolve(given) : join(root, "node_modules");
  const picked = await pickFolder(folder, given ? ALL : MODULES);
  say.title("Goliath: one drive, many peers, mirror what you choose");
  await using world = await openWorld("demo");
  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    process.once(signal, () => void world[Symbol.asyncDispose]().then(() => process.exit(130)));
  }
  say.did(`an index runs: ${world.index.ready?.listen[0] ?? ""}`);
  const [alice, bob, carol] = await Promise.all([
    world.join("alice"),
    world.join("bob"),
    world.join("carol"),
  ]);
  say.did("three peers joined with an invite each: alice, bob, carol");
  const source = world.path("alices-folder");
  say.step(
    `alice has a folder: a copy of ${picked.files} files from ${given ?? "this checkout's node_modules"}`,
  );
  await picked.copyTo(source);
  const { part, edited, gone } = picked;
  const stage = { world, say, alice, bob, carol, source, part, edited, gone };
  const published = await shareAndMirror(stage);
  await changeThings(stage);
  await losePeer(stage);
  await lookBack(stage, published);
  say.table(compared);
  if (compared.some(({ same }) => !same))
    throw new Error("what was mirrored differs from what was shared");
  say.next();
}

/** Returns the revision that has all of it. */
async function shareAndMirror(stage: Stage): Promise<number> {
  const { world, say, alice, bob, carol, source, part } = stage;
  say.step("alice shares it, in place: nothing is copied");
  const shared = await alice.call<{ files: number; bytes: number; revision: number }>("share", {
    local: source,
    path: "/demo",
  });
  say.did(
    `published at /demo: ${shared.files} files, ${say.size(shared.bytes)}, revision ${shared.revision}`,
  );
  say.step(`bob mirrors all of it; carol only ${part}`);
  const since = performance.now();
  const [copy, piece] = [world.path("bobs-copy"), world.path("carols-part")];
  await mkdir(copy);
  const timed = (work: Promise<unknown>): Promise<number> => work.then(() => performance.now());
  const [bobAt, carolAt] = await Promise.all([
    timed(bob.call("mirror", { path: "/demo", local: copy })),
    timed(carol.call("mirror", { path: `/demo/${part}`, local: piece })),
  ]);
  await compare(say, { what: "bob: all of it", from: source, to: copy, since, at: bobAt });
  const from = join(source, part);
  await compare(say, { what: `carol: ${part}`, from, to: piece, since, at: carolAt });
  return shared.revision;
}

async function changeThings(stage: Stage): Promise<void> {
  const { world, say, bob, carol, source, part, edited, gone } = stage;
  const renamed = `${part}-renamed`;
  const deletes = gone === undefined ? "" : ` and deletes ${gone}`;
  say.step(`alice edits ${edited}, renames ${part}${deletes}; the mirrors follow`);
  const [copy, before] = [world.path("bobs-copy"), await downloaded(bob)];
  const since = performance.now();
  await appendFile(join(source, edited), EDIT);
  await rename(join(source, part), join(source, renamed));
  if (gone !== undefined) await rm(join(source, gone), { recursive: true });
  const isInStep = async (): Promise<boolean> =>
    (await isThere(join(copy, renamed))) &&
    !(await isThere(join(copy, gone ?? part))) &&
    (await readFile(join(copy, edited), "utf8").catch(() => "")).endsWith(EDIT) &&
    (await mirrorOf(bob)).state === "complete" &&
    (await mirrorOf(carol)).path === `/demo/${renamed}`;
  await until(isInStep, (yes) => yes, { what: "bob's mirror" });
  const at = performance.now();
  await compare(say, { what: "bob: after the changes", from: source, to: copy, since, at });
  const [from, to] = [join(source, renamed), world.path("carols-part")];
  await compare(say, { what: "carol: her folder was renamed", from, to, since, at });
  const fetched = (await downloaded(bob)) - before;
  say.did(`bob fetched ${say.size(fetched)} for all that: a rename moves no data`);
}

async function losePeer({ world, say, alice, bob, source }: Stage): Promise<void> {
  say.step(`alice adds a file of ${say.size(BIG_BYTES)}; bob is killed (kill -9) in mid-transfer`);
  const before = await downloaded(bob);
  const block = Buffer.alloc(BIG_BYTES);
  for (let at = 0; at < BIG_BYTES; at += 4096) block.writeUInt32LE(at, at);
  await writeFile(join(source, "big.bin"), block);
  await until(
    () => alice.call<{ entry: object | null }>("resolve", { path: "/demo/big.bin" }),
    ({ entry }) => entry !== null,
    { what: "the big file" },
  );
  const caught = await until(
    async () => (await downloaded(bob)) - before,
    (bytes) => bytes > BIG_BYTES / 8,
    { what: "bob's transfer", pollMs: 5 },
  );
  await bob.kill();
  const since = performance.now();
  say.did(`killed after about ${say.size(caught)}`);
  await bob.start();
  await until(
    () => mirrorOf(bob),
    ({ state }) => state === "complete",
    { what: "bob's mirror", timeoutMs: 60_000 },
  );
  const at = performance.now();
  const again = await downloaded(bob);
  say.did(
    `back, complete; fetched ${say.size(again)} of ${say.size(BIG_BYTES)} after the restart: what was there was kept`,
  );
  const to = world.path("bobs-copy");
  await compare(say, { what: "bob: after the crash", from: source, to, since, at });
}

async function lookBack({ say, carol, edited }: Stage, published: number): Promise<void> {
  say.step("carol reads what she does not mirror, as it is and as it was");
  const path = `/demo/${edited}`;
  const log = await carol.call<Commit[]>("log", { limit: LOG_LINES });
  for (const { revision, changes, summary } of log) {
    const what = changes === 1 ? summary : `${changes} changes, the first: ${summary}`;
    say.did(`revision ${revision}: ${what}`);
  }
  const newest = log[0]?.revision ?? 0;
  const now = await carol.bytes("cat", { path, at: newest });
  const before = await carol.bytes("cat", { path, at: published });
  say.did(
    `${path}@${newest}: ${say.size(now.length)}, ends in "${now.toString().trimEnd().split("\n").at(-1)}"`,
  );
  say.did(`${path}@${published}: ${say.size(before.length)}, as it was published`);
  if (!now.subarray(0, before.length).equals(before) || !now.toString().endsWith(EDIT))
    throw new Error("an old revision reads as something else");
}

interface CompareInit {
  what: string;
  from: string;
  to: string;
  /** When the mirror began to be behind, and when it was in step: milliseconds. */
  since: number;
  at: number;
}

async function compare(say: Narrator, { what, from, to, since, at }: CompareInit): Promise<void> {
  const result = await compareFolders(from, to);
  compared.push({ what, ...result, seconds: (at - since) / 1000 });
  say.did(
    `${what}: ${result.files} files, ${say.size(result.bytes)} compared by sha256: ${result.same ? "the same" : "DIFFERENT"}`,
  );
}

async function mirrorOf(peer: Daemon): Promise<MirrorView> {
  const { mirrors } = await peer.call<{ mirrors: MirrorView[] }>("status");
  const [mirror] = mirrors;
  if (!mirror) throw new Error("the peer mirrors nothing");
  return mirror;
}

async function downloaded(peer: Daemon): Promise<number> {
  return (await peer.call<{ transfers: { downBytes: number } }>("status")).transfers.downBytes;
}

async function isThere(path: string): Promise<boolean> {
  return (await lstat(path).catch(() => undefined)) !== undefined;
}

await main();
