/**
 * The story of Goliath in the terminal: an index and three peers as real processes over TCP share a
 * real folder, mirror it whole and in part, follow changes, lose a peer in mid-transfer, and end
 * with a table of what was compared. Usage: `npm run demo [-- FOLDER]`.
 */
import { lstat, mkdir, rename, rm, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { openWorld, type World } from "../world/world.ts";
import type { Daemon } from "../world/daemon.ts";
import { until } from "../world/settled.ts";
import { compareFolders, type Comparison } from "./compare-folders.ts";
import { pickFolder } from "./pick-folder.ts";
import { Narrator } from "./narrator.ts";

/** Bytes of a default demo at most: the story is the same with a gigabyte, only longer. */
const BYTES_MAX = 24 * 1024 * 1024;
/** One file large enough to be caught in mid-transfer. */
const BIG_BYTES = 64 * 1024 * 1024;

interface MirrorView {
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
}

const compared: (Comparison & { what: string })[] = [];

async function main(): Promise<void> {
  const say = new Narrator(process.stdout);
  const root = fileURLToPath(new URL("../..", import.meta.url));
  const given = process.argv[2];
  const picked = await pickFolder(
    given ? resolve(given) : join(root, "node_modules"),
    given ? Infinity : BYTES_MAX,
  );
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
    `alice has a folder: ${picked.files} files from ${given ?? "this checkout's node_modules"}`,
  );
  await picked.copyTo(source);
  const stage = { world, say, alice, bob, carol, source, part: picked.part };
  await shareAndMirror(stage);
  await changeThings(stage);
  await losePeer(stage);
  await lookBack(stage);
  say.table(compared);
  if (compared.some(({ same }) => !same))
    throw new Error("what was mirrored differs from what was shared");
  say.next();
}

async function shareAndMirror({
  world,
  say,
  alice,
  bob,
  carol,
  source,
  part,
}: Stage): Promise<void> {
  say.step("alice shares it, in place: nothing is copied");
  const shared = await alice.call<{ files: number; bytes: number; revision: number }>("share", {
    local: source,
    path: "/demo",
  });
  say.did(
    `published at /demo: ${shared.files} files, ${say.size(shared.bytes)}, revision ${shared.revision}`,
  );
  say.step(`bob mirrors all of it; carol only ${part}`);
  await mkdir(world.path("bobs-copy"));
  await Promise.all([
    bob.call("mirror", { path: "/demo", local: world.path("bobs-copy") }),
    carol.call("mirror", { path: `/demo/${part}`, local: world.path("carols-part") }),
  ]);
  await compare(say, { what: "bob: all of it", from: source, to: world.path("bobs-copy") });
  await compare(say, {
    what: `carol: ${part}`,
    from: join(source, part),
    to: world.path("carols-part"),
  });
}

async function changeThings({ world, say, bob, source, part }: Stage): Promise<void> {
  say.step("alice edits a file, renames a folder and deletes another; the mirrors follow");
  await writeFile(join(source, "README-first.txt"), "Written while others watch.\n");
  await rename(join(source, part), join(source, `${part}-renamed`));
  await rm(join(source, "README-first.txt"));
  await writeFile(join(source, "NOTES.txt"), "The file before was deleted; this one stays.\n");
  const copy = world.path("bobs-copy");
  await until(
    async () => ({
      renamed: await isThere(join(copy, `${part}-renamed`)),
      notes: await isThere(join(copy, "NOTES.txt")),
      state: (await mirrorOf(bob)).state,
    }),
    ({ renamed, notes, state }) => renamed && notes && state === "complete",
    { what: "bob's mirror" },
  );
  await compare(say, { what: "bob: after the changes", from: source, to: copy });
  await compare(say, {
    what: "carol: her folder was renamed",
    from: join(source, `${part}-renamed`),
    to: world.path("carols-part"),
  });
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
  say.did(`killed after about ${say.size(caught)}`);
  await bob.start();
  await until(
    () => mirrorOf(bob),
    ({ state }) => state === "complete",
    { what: "bob's mirror", timeoutMs: 60_000 },
  );
  const again = await downloaded(bob);
  say.did(
    `back, complete; fetched ${say.size(again)} of ${say.size(BIG_BYTES)} after the restart: what was there was kept`,
  );
  await compare(say, { what: "bob: after the crash", from: source, to: world.path("bobs-copy") });
}

async function lookBack({ say, carol }: Stage): Promise<void> {
  say.step("carol reads what she does not mirror, and what happened");
  const log = await carol.call<{ revision: number; summary: string }[]>("log", { limit: 5 });
  for (const { revision, summary } of log) say.did(`revision ${revision}: ${summary}`);
  const bytes = await carol.bytes("cat", { path: "/demo/NOTES.txt" });
  say.did(`carol reads /demo/NOTES.txt: ${bytes.toString().trim()}`);
}

async function compare(
  say: Narrator,
  { what, from, to }: { what: string; from: string; to: string },
): Promise<void> {
  const result = await compareFolders(from, to);
  compared.push({ what, ...result });
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
