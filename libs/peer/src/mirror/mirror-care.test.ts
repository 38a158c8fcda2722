/** What a mirror must never do to what its user puts into its folder, however the moments fall. */
import { existsSync } from "node:fs";
import {
  chmod,
  lstat,
  mkdir,
  open,
  readdir,
  readFile,
  readlink,
  rename,
  rm,
  symlink,
  unlink,
  utimes,
  writeFile,
} from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { parsePath } from "@goliath/protocols/nouns";
import type { Peer } from "../peer.ts";
import { createMeddledDisk, type DiskCall, type MeddledDisk } from "../testing/meddled-disk.ts";
import { openPeerWorld, type PeerWorld } from "../testing/peer-world.ts";

const DATA = parsePath("/data");
/** Long ago, so that a file put into the mirror by the drive never looks new. */
const LONG_AGO = 1_600_000_000;

let world: PeerWorld;
let disk: MeddledDisk;
let alice: Peer;
let bob: Peer;
let source: string;
let target: string;

beforeEach(async () => {
  world = await openPeerWorld();
  disk = createMeddledDisk();
  alice = await world.peer("alice");
  bob = await world.peer("bob", { disk });
  source = await world.path("source");
  target = await world.path("target");
});
afterEach(() => world[Symbol.asyncDispose]());

const at = (...names: string[]): string => join(target, ...names);
const text = (...names: string[]): Promise<string> => readFile(at(...names), "utf8");

async function put(name: string, bytes: string): Promise<void> {
  await writeFile(join(source, name), bytes);
  await utimes(join(source, name), LONG_AGO, LONG_AGO);
}

async function shareAndMirror(): Promise<void> {
  await alice.shares.share({ local: source, path: DATA });
  await bob.mirrors.mirror({ path: DATA, local: target });
}

/** Resolves once bob's mirror is complete at a revision in which `isThere` holds. */
async function mirrored(isThere: () => boolean | Promise<boolean>): Promise<void> {
  const signal = AbortSignal.timeout(20_000);
  for (;;) {
    const [status] = bob.mirrors.list();
    if (status?.state === "complete" && (await isThere())) return;
    await bob.mirrors.nextChange(signal);
  }
}

const isText = (name: string, wanted: string) => async (): Promise<boolean> =>
  (await text(name).catch(() => "")) === wanted;

/** As an editor does: a new file is renamed over the old. */
async function saveByRename(name: string, bytes: string): Promise<void> {
  const beside = join(world.folder, "editor's temporary");
  await writeFile(beside, bytes);
  await rename(beside, at(name));
}

/** The texts of everything in the folder, our own area included. */
async function allTexts(folder: string): Promise<string[]> {
  const found = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = found.filter((entry) => entry.isFile());
  return Promise.all(files.map(({ parentPath, name }) => readFile(join(parentPath, name), "utf8")));
}

/** The texts the user can see: in the mirror, outside of our own area. */
async function seenTexts(): Promise<string[]> {
  const names = (await readdir(target)).filter((name) => name !== ".goliath");
  const texts = await Promise.all(
    names.map(async (name) =>
      (await lstat(at(name))).isDirectory() ? allTexts(at(name)) : [await text(name)],
    ),
  );
  return texts.flat();
}

async function* piecesOf(bytes: string): AsyncGenerator<Uint8Array> {
  yield Buffer.from(bytes);
}

const conflicts = async (name: string): Promise<string[]> =>
  (await readdir(target)).filter((one) => one.startsWith(`${name}.conflict-`));

const moves = (op: DiskCall["op"], part: { from?: string; to?: string }) => (call: DiskCall) =>
  call.op === op &&
  (part.from === undefined || call.paths[0] === part.from) &&
  (part.to === undefined || call.paths[1] === part.to);

describe("a save in the instant of a replacement", () => {
  beforeEach(async () => {
    await put("doc", "drive 1");
    await shareAndMirror();
  });

  const replace = async (): Promise<void> => {
    await put("doc", "drive 2 is here");
    await mirrored(isText("doc", "drive 2 is here"));
  };

  it("by rename, before the old file is moved away", async () => {
    disk.before(moves("rename", { from: at("doc") }), () => saveByRename("doc", "mine"));
    await replace();
    expect(await seenTexts()).toContain("mine");
    expect(await conflicts("doc")).toHaveLength(1);
  });

  it("by rename, after the old file was moved away", async () => {
    disk.before(moves("link", { to: at("doc") }), async () => {
      await saveByRename("doc", "one");
      disk.before(moves("link", { to: at("doc") }), () => saveByRename("doc", "two"));
    });
    await replace();
    expect(await seenTexts()).toEqual(expect.arrayContaining(["one", "two"]));
  });

  it("by rename, just after the new file is there, is theirs at the next replacement", async () => {
    disk.after(moves("link", { to: at("doc") }), () => saveByRename("doc", "mine"));
    await put("doc", "drive 2 is here");
    await mirrored(isText("doc", "mine"));
    await put("doc", "drive 3");
    await mirrored(isText("doc", "drive 3"));
    expect(await seenTexts()).toContain("mine");
  });

  it("in place, just after the new file is there, is theirs at the next replacement", async () => {
    disk.after(moves("link", { to: at("doc") }), () => writeFile(at("doc"), "drive 2 is mine"));
    await put("doc", "drive 2 is here");
    await mirrored(isText("doc", "drive 2 is mine"));
    await put("doc", "drive 3");
    await mirrored(isText("doc", "drive 3"));
    expect(await seenTexts()).toContain("drive 2 is mine");
  });

  it("through a file that was open all the time comes back", async () => {
    const file = await open(at("doc"), "r+");
    await replace();
    await file.write("mine...", 0);
    await file.close();
    await put("other", "x");
    await mirrored(() => existsSync(at("other")));
    expect(await seenTexts()).toContain("mine...");
  });

  it("that looks as if nothing was written is told by its change time", async () => {
    await writeFile(at("doc"), "mine!!!");
    await utimes(at("doc"), LONG_AGO, LONG_AGO);
    await replace();
    expect(await seenTexts()).toContain("mine!!!");
  });

  it("is not found in a chmod or a hard link", async () => {
    await import("node:fs/promises").then(({ chmod }) => chmod(at("doc"), 0o600));
    await replace();
    expect(await conflicts("doc")).toEqual([]);
  });

  it("is not found in a chmod of a journal, whose chunks are as short as what was appended", async () => {
    const path = parsePath("/logs/journal");
    const append = (bytes: string) =>
      alice.writer.append({ path, bytes: piecesOf(bytes), signal: AbortSignal.timeout(20_000) });
    await append("one ");
    await append("two ");
    const logs = await world.path("logs");
    await bob.mirrors.mirror({ path: parsePath("/logs"), local: logs });
    await chmod(join(logs, "journal"), 0o600);
    await append("three");
    const signal = AbortSignal.timeout(20_000);
    while ((await readFile(join(logs, "journal"), "utf8").catch(() => "")) !== "one two three")
      await bob.mirrors.nextChange(signal);
    expect((await readdir(logs)).toSorted()).toEqual([".goliath", "journal"]);
  });

  it("tells the user where the file went, also when all is in place", async () => {
    await writeFile(at("doc"), "mine");
    await replace();
    const [name] = await conflicts("doc");
    expect(bob.mirrors.list()[0]?.problems).toEqual([expect.stringContaining(name ?? "none")]);
  });
});

describe("a save in the instant of a removal", () => {
  beforeEach(async () => {
    await put("doc", "drive 1");
    await put("stays", "x");
    await shareAndMirror();
  });

  it("stays under its name", async () => {
    disk.before(moves("rename", { from: at("doc") }), () => saveByRename("doc", "mine"));
    await unlink(join(source, "doc"));
    await mirrored(isText("doc", "mine"));
    await put("stays", "later");
    await mirrored(isText("stays", "later"));
    expect(await text("doc")).toBe("mine");
  });

  it("stays under its name when the drive renames the file", async () => {
    disk.before(moves("rename", { from: at("doc") }), () => saveByRename("doc", "mine"));
    await rename(join(source, "doc"), join(source, "moved"));
    await mirrored(isText("moved", "drive 1"));
    expect(await text("doc")).toBe("mine");
  });

  it("is made up for when the disk could not say at first what stands there", async () => {
    const fault = Object.assign(new Error("EIO: i/o error"), { code: "EIO" });
    disk.before(moves("lstat", { from: at("doc") }), () => Promise.reject(fault));
    await unlink(join(source, "doc"));
    await put("stays", "later");
    await mirrored(() => !existsSync(at("doc")));
    expect(await text("stays")).toBe("later");
  });

  it("comes back as soon as the disk allows when that fails at first", async () => {
    const fault = Object.assign(new Error("EIO: i/o error"), { code: "EIO" });
    disk.before(moves("rename", { from: at("doc") }), () => saveByRename("doc", "mine"));
    disk.before(moves("link", { to: at("doc") }), () => Promise.reject(fault));
    await unlink(join(source, "doc"));
    await put("stays", "later");
    await mirrored(isText("doc", "mine"));
    expect(await text("stays")).toBe("later");
  });

  it("is under a conflict name when the new name is taken meanwhile", async () => {
    disk.before(moves("link", { to: at("moved") }), () => writeFile(at("moved"), "mine"));
    await rename(join(source, "doc"), join(source, "moved"));
    await mirrored(isText("moved", "drive 1"));
    expect(await seenTexts()).toContain("mine");
  });
});

describe("what stands in the target at the start", () => {
  it("is not taken for the drive's when it changes between look and adoption", async () => {
    await put("same", "equal bytes");
    await writeFile(at("same"), "equal bytes");
    let opened = 0;
    disk.onCall = async ({ op, paths }) => {
      // The first opening hashes it, the second sets its time.
      if (op === "open" && paths[0] === at("same") && ++opened === 2) {
        await saveByRename("same", "mine, equal");
      }
    };
    await shareAndMirror();
    const [name] = await conflicts("same");
    expect(await text(name ?? "none")).toBe("mine, equal");
    expect((await lstat(at(name ?? "none"))).mtimeMs).toBeGreaterThan(LONG_AGO * 1000);
  });

  it("is not taken for the drive's when it is written to as its time is set", async () => {
    await put("same", "equal bytes");
    await writeFile(at("same"), "equal bytes");
    let opened = 0;
    disk.onCall = async ({ op, paths }) => {
      // After its time was set it is read again: the write before that has no trace but its bytes.
      if (op === "open" && paths[0] === at("same") && ++opened === 3) {
        const { mtime } = await lstat(at("same"));
        await writeFile(at("same"), "mine, equal");
        await utimes(at("same"), mtime, mtime);
      }
    };
    await shareAndMirror();
    expect(await seenTexts()).toEqual(expect.arrayContaining(["mine, equal", "equal bytes"]));
  });

  it("keeps conflict names that are taken", async () => {
    await put("doc", "drive");
    await writeFile(at("doc"), "mine");
    let taken = 0;
    disk.onCall = async ({ op, paths: [, to = ""] }) => {
      if (op !== "link" || !to.includes("doc.conflict-") || taken >= 3) return;
      await writeFile(to, `taken ${taken++}`);
    };
    await shareAndMirror();
    expect(await seenTexts()).toEqual(
      expect.arrayContaining(["taken 0", "taken 1", "taken 2", "mine", "drive"]),
    );
  });

  it("keeps folders, links and pipes that stand where files go, and the other way round", async () => {
    await put("file", "drive");
    await put("linked", "drive");
    await mkdir(join(source, "dir"));
    await put("dir/in", "drive");
    await mkdir(at("file"));
    await writeFile(at("file/mine"), "in a folder");
    await writeFile(join(world.folder, "elsewhere"), "elsewhere");
    await symlink(join(world.folder, "elsewhere"), at("linked"));
    await writeFile(at("dir"), "a file");
    await shareAndMirror();
    expect(await Promise.all(["file", "linked", "dir/in"].map((name) => text(name)))).toEqual([
      "drive",
      "drive",
      "drive",
    ]);
    const [folder = "", link = "", file = ""] = (
      await Promise.all(["file", "linked", "dir"].map(conflicts))
    ).flat();
    expect(await text(folder, "mine")).toBe("in a folder");
    expect(await readlink(at(link))).toBe(join(world.folder, "elsewhere"));
    expect(await text(file)).toBe("a file");
    expect(await readFile(join(world.folder, "elsewhere"), "utf8")).toBe("elsewhere");
  });
});

describe("a link in place of a mirrored directory", () => {
  let elsewhere: string;

  beforeEach(async () => {
    await mkdir(join(source, "sub/deep"), { recursive: true });
    await put("sub/a", "a");
    await put("sub/deep/b", "b");
    await put("sub/deep/c", "c");
    // With two more, what a test removes is less than half of the share.
    await put("stays", "x");
    await put("stays too", "x");
    await shareAndMirror();
    elsewhere = join(world.folder, "elsewhere");
    await rename(at("sub"), elsewhere);
    await symlink(elsewhere, at("sub"));
  });

  const untouched = async (): Promise<void> => {
    expect((await readdir(elsewhere)).toSorted()).toEqual(["a", "deep"]);
    expect(await allTexts(elsewhere)).toEqual(expect.arrayContaining(["a", "b", "c"]));
    expect((await readdir(join(elsewhere, "deep"))).toSorted()).toEqual(["b", "c"]);
  };

  it("is never written through", async () => {
    await put("sub/deep/b", "changed");
    await put("sub/new", "new");
    await mirrored(isText("sub/new", "new"));
    await mirrored(isText("sub/deep/b", "changed"));
    await untouched();
    expect((await lstat(at("sub"))).isDirectory()).toBe(true);
    const [link = "none"] = await conflicts("sub");
    expect(await readlink(at(link))).toBe(elsewhere);
  });

  it("is never removed or renamed through", async () => {
    await rm(join(source, "sub/deep"), { recursive: true });
    await rename(join(source, "sub/a"), join(source, "a"));
    await mirrored(isText("a", "a"));
    await untouched();
  });

  it("has no directory made, moved or removed through it", async () => {
    await mkdir(join(source, "sub/fresh"));
    await rename(join(source, "sub/deep"), join(source, "sub/renamed"));
    await mirrored(() => existsSync(at("sub/renamed/c")) && existsSync(at("sub/fresh")));
    await untouched();
  });
});

describe("a user's file in a directory", () => {
  it("keeps the directory when the drive removes it", async () => {
    await mkdir(join(source, "dir/deep"), { recursive: true });
    await put("dir/deep/a", "a");
    await put("stays", "x");
    await shareAndMirror();
    await writeFile(at("dir/deep/mine"), "mine");
    await rm(join(source, "dir"), { recursive: true });
    await mirrored(() => !existsSync(at("dir/deep/a")));
    expect(await text("dir/deep/mine")).toBe("mine");
  });

  it("moves with it, and is seen when a file takes the directory's name", async () => {
    await mkdir(join(source, "dir"));
    await put("dir/a", "a");
    await put("stays", "x");
    await shareAndMirror();
    await writeFile(at("dir/mine"), "mine");
    await rename(join(source, "dir"), join(source, "renamed"));
    await mirrored(() => existsSync(at("renamed/a")));
    expect(await text("renamed/mine")).toBe("mine");
    await rm(join(source, "renamed"), { recursive: true });
    await put("renamed", "now a file");
    await mirrored(isText("renamed", "now a file"));
    expect(await seenTexts()).toContain("mine");
  });

  it("is seen when the process ends while directories are swapped", async () => {
    await mkdir(join(source, "a"));
    await mkdir(join(source, "b"));
    await put("a/in", "from a");
    await put("b/in", "from b");
    await shareAndMirror();
    await writeFile(at("a/mine"), "mine");
    disk.after(moves("rename", { from: at("a") }), () => {
      throw new Error("the power is gone");
    });
    disk.after(moves("rename", { from: at("b") }), () => {
      throw new Error("the power is gone");
    });
    await alice.shares.unshare({ path: DATA });
    const signal = AbortSignal.timeout(20_000);
    const [a, b, c] = ["a", "b", "c"].map((name) => parsePath(`/data/${name}`)) as [
      typeof DATA,
      typeof DATA,
      typeof DATA,
    ];
    await alice.writer.move({ from: a, to: c, signal });
    await alice.writer.move({ from: b, to: a, signal });
    await alice.writer.move({ from: c, to: b, signal });
    await mirrored(isText("a/in", "from b"));
    await mirrored(isText("b/in", "from a"));
    await world.close("bob");
    bob = await world.peer("bob", { disk });
    await mirrored(isText("b/in", "from a"));
    expect(await seenTexts()).toContain("mine");
  });
});

describe("the end of a mirror", () => {
  it("gives back what was written to a file that was replaced", async () => {
    await put("doc", "drive 1");
    await shareAndMirror();
    const file = await open(at("doc"), "r+");
    await put("doc", "drive 2 is here");
    await mirrored(isText("doc", "drive 2 is here"));
    await file.write("mine...", 0);
    await file.close();
    await bob.mirrors.unmirror({ local: target });
    expect(await seenTexts()).toContain("mine...");
    expect(existsSync(at(".goliath"))).toBe(false);
  });

  it("leaves our own folder when something of the user's is in it", async () => {
    await put("doc", "drive");
    await shareAndMirror();
    await writeFile(at(".goliath/mine"), "mine");
    await bob.mirrors.unmirror({ local: target });
    expect(await readdir(at(".goliath"))).toEqual(["mine"]);
  });

  it("removes nothing of a folder that is another than was mirrored into", async () => {
    await put("doc", "drive");
    await shareAndMirror();
    await rename(target, `${target}-moved`);
    await mkdir(at(".goliath/keep"), { recursive: true });
    await writeFile(at(".goliath/keep/theirs"), "another's");
    await bob.mirrors.unmirror({ local: target });
    expect(await text(".goliath/keep/theirs")).toBe("another's");
  });
});

describe("our own folder", () => {
  it("is made again when somebody removed it", async () => {
    await put("doc", "drive 1");
    await shareAndMirror();
    await rm(at(".goliath"), { recursive: true });
    await put("doc", "drive 2");
    await mirrored(isText("doc", "drive 2"));
  });

  it("is not a place the drive can write into", async () => {
    await mkdir(join(world.folder, "evil/keep"), { recursive: true });
    await writeFile(join(world.folder, "evil/keep/000000000001"), "not ours");
    await put("doc", "drive 1");
    await alice.writer.put({
      local: join(world.folder, "evil"),
      path: parsePath("/data/.goliath"),
      signal: AbortSignal.timeout(10_000),
    });
    await alice.writer.put({
      local: join(source, "doc"),
      path: parsePath("/data/doc"),
      signal: AbortSignal.timeout(10_000),
    });
    await bob.mirrors.mirror({ path: DATA, local: target });
    expect(await text("doc")).toBe("drive 1");
    expect(await allTexts(at(".goliath"))).not.toContain("not ours");
    expect(bob.mirrors.list()[0]?.problems.join()).toContain(".goliath");
  });
});
