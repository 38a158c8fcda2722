/** Real editors that save in a shared folder and in a mirrored one: Debian's `vim` and `sed`. */
import { execFile } from "node:child_process";
import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Daemon } from "../world/daemon.ts";
import { until } from "../world/settled.ts";
import { openWorld, type World } from "../world/world.ts";

const run = promisify(execFile);

/** Why there is no `vim`; as root it is installed where it is missing. */
async function whyNoVim(): Promise<string | undefined> {
  const isThere = (): Promise<boolean> =>
    run("vim", ["--version"]).then(
      () => true,
      () => false,
    );
  if (await isThere()) return undefined;
  if (process.getuid?.() === 0)
    await run("apt-get", ["install", "-y", "vim"]).catch(() => undefined);
  return (await isThere()) ? undefined : "vim is missing: apt-get install vim";
}

/** Each writes `to` over the text of a file, the way it saves. */
const EDITORS: [string, (file: string, to: string) => Promise<unknown>][] = [
  ["vim, writing into the file", (file, to) => vim(file, { to, backupcopy: "yes" })],
  ["vim, writing a new file in its place", (file, to) => vim(file, { to, backupcopy: "no" })],
  ["sed -i", (file, to) => run("sed", ["-i", `s/.*/${to}/`, file])],
];

function vim(file: string, { to, backupcopy }: { to: string; backupcopy: string }) {
  const settings = `set nocompatible backup writebackup backupcopy=${backupcopy}`;
  const args = [
    "-es",
    "-u",
    "NONE",
    "-i",
    "NONE",
    "-c",
    settings,
    "-c",
    `%s/.*/${to}/`,
    "-c",
    "wq",
  ];
  const running = run("vim", [...args, file]);
  running.child.stdin?.end();
  return running;
}

const reason = await whyNoVim();

let world: World;
let alice: Daemon;
let bob: Daemon;
let source: string;
let copy: string;

beforeAll(async () => {
  if (reason !== undefined) return;
  world = await openWorld("editors");
  [alice, bob] = await Promise.all([world.join("alice"), world.join("bob")]);
  source = world.path("source");
  copy = world.path("copy");
  await mkdir(source);
  for (const i of EDITORS.keys()) await writeFile(join(source, `doc ${i}`), "first\n");
  await writeFile(join(source, "stays"), "x");
  await alice.call("share", { local: source, path: "/data" });
  await bob.call("mirror", { path: "/data", local: copy });
});
afterAll(() => world?.[Symbol.asyncDispose]());

const textOf = (folder: string, name: string): Promise<string> =>
  readFile(join(folder, name), "utf8").catch(() => "");

async function comesTo(folder: string, name: string, text: string): Promise<void> {
  await until(
    () => textOf(folder, name),
    (found) => found === text,
    { what: `${name} with ${text}` },
  );
}

describe.skipIf(reason !== undefined)(`an editor${reason ? ` (${reason})` : ""}`, () => {
  it.each(EDITORS.map(([name, save], i) => ({ name, save, file: `doc ${i}` })))(
    "in a shared folder: $name",
    async ({ save, file }) => {
      await save(join(source, file), "second");
      await comesTo(copy, file, "second\n");
      interface Listing {
        entries: { name: string }[];
      }
      // No backup, no swap file; what was there for a moment may have been seen, and goes again.
      const wanted = String([...EDITORS.map((_, i) => `doc ${i}`), "stays"]);
      await until(
        async () => (await bob.call<Listing>("ls", { path: "/data" })).entries,
        (entries) => String(entries.map((entry) => entry.name).toSorted()) === wanted,
        { what: wanted },
      );
    },
  );

  it.each(EDITORS.map(([name, save], i) => ({ name, save, file: `doc ${i}` })))(
    "in a mirrored folder, under what the drive replaces: $name",
    async ({ save, file }) => {
      await save(join(copy, file), "mine");
      expect(await textOf(copy, file)).toBe("mine\n");
      await writeFile(join(source, file), "the drive's third\n");
      await comesTo(copy, file, "the drive's third\n");
      const conflict = (await readdir(copy)).find((name) => name.startsWith(`${file}.conflict-`));
      expect(await textOf(copy, conflict ?? "none")).toBe("mine\n");
      // What they did in a mirror is theirs: the drive has the sharer's.
      expect(await textOf(source, file)).toBe("the drive's third\n");
    },
  );
});
