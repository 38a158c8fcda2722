/** Every command of the drive once, as a program calls it: real daemons, `--json`, exit codes. */
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Daemon } from "../world/daemon.ts";
import { runGoliath } from "../world/goliath-command.ts";
import { openWorld, type World } from "../world/world.ts";

/** A name that a shell, a terminal and a URL each trip over. */
const NAME = "-a b'\"%20#?ü日本";

let world: World;
let peer: Daemon;
beforeAll(async () => {
  world = await openWorld("commands");
  peer = await world.join("peer", { role: "admin" });
  await mkdir(world.path("folder", "sub"), { recursive: true });
  await writeFile(world.path("folder", NAME), "one");
  await writeFile(world.path("folder", "sub", "two"), "two");
}, 120_000);
afterAll(() => world[Symbol.asyncDispose]());

/** The one line of JSON that a command prints. */
async function json(...words: string[]): Promise<unknown> {
  const { code, stdout, stderr } = await peer.goliath(...words, "--json");
  expect(code, `${words.join(" ")}: ${stderr}`).toBe(0);
  expect(stdout.split("\n")).toHaveLength(2);
  return JSON.parse(stdout);
}

async function failure(...words: string[]): Promise<unknown> {
  const { code, stdout, stderr } = await peer.goliath(...words, "--json");
  const last = stderr.trimEnd().split("\n").at(-1) ?? "";
  const { error } = JSON.parse(last) as { error: { code: string; exitCode: number } };
  expect(stdout).toBe("");
  expect(error.exitCode).toBe(code);
  return [error.code, code];
}

describe("every command with --json", () => {
  it("changes the drive: put, mkdir, mv, restore, append, rm, share, unshare", async () => {
    const put = await json("put", world.path("folder"), "/d");
    expect(put).toMatchObject({ revision: 1, files: 2, bytes: 6 });
    expect(await json("mkdir", "/e/f")).toEqual({ revision: 2 });
    expect(await json("mv", `/d/${NAME}`, "/e/")).toEqual({ revision: 3 });
    expect(await json("restore", `/d/${NAME}@1`)).toEqual({ revision: 4 });
    expect(await json("rm", "-r", "/e/f")).toEqual({ revision: 5 });
    const appended = await runGoliath(["append", "/log", "--json", "--home", peer.home], {
      input: "line\n",
    });
    expect(JSON.parse(appended.stdout)).toEqual({ revision: 6, offset: 0, bytes: 5 });
    const shared = await json("share", world.path("folder"), "/shared");
    expect(shared).toMatchObject({ path: "/shared", state: "following", files: 2, warnings: [] });
    const ended = await json("unshare", "/shared");
    expect(ended).toMatchObject({ onlyHere: { files: 2, bytes: 6, complete: true } });
  });

  it("reads the drive: ls, stat, find, search, du, log, copies, get, mirror, cat, tail", async () => {
    expect(await json("ls", "/d")).toMatchObject({
      entries: [
        { name: NAME, kind: "file", size: 3 },
        { name: "sub", kind: "dir" },
      ],
    });
    expect(await json("stat", `/d/${NAME}@1`)).toMatchObject({ revision: 1, entry: { size: 3 } });
    expect(await json("find", "/d", "--name", "tw*")).toMatchObject({
      entries: [{ path: "/d/sub/two", kind: "file", size: 3 }],
      count: 1,
    });
    expect(await json("search", "TWO", "--under", "/d")).toMatchObject({
      entries: [{ path: "/d/sub/two", kind: "file", size: 3 }],
      complete: true,
      more: false,
    });
    expect(await failure("search", "two", "--under", "/none")).toEqual(["not-found", 3]);
    expect(await json("du", "/d")).toEqual({ files: 2, bytes: 6 });
    const log = (await json("log", "--before", "3")) as { revision: number }[];
    expect(log.map(({ revision }) => revision)).toEqual([2, 1]);
    const id = peer.ready?.peerId;
    expect(await json("copies", "/d")).toMatchObject({ fewest: 1, holders: [{ peer: id }] });
    const got = await json("get", "/d@1", world.path("got"));
    expect(got).toEqual({ local: world.path("got"), files: 2, bytes: 6 });
    expect(await readFile(world.path("got", NAME), "utf8")).toBe("one");
    const mirrored = await json("mirror", "/d", world.path("mirror"), "--once");
    expect(mirrored).toMatchObject({ state: "complete", files: 2, missingBytes: 0 });
    expect(await readFile(world.path("mirror", "sub", "two"), "utf8")).toBe("two");
    expect(await json("status")).toMatchObject({ peerId: id, shares: [], mirrors: [] });
    const range = ["cat", `/d/${NAME}`, "--offset", "1", "--length", "1", "--json"];
    expect((await peer.goliath(...range)).stdout).toBe("n");
    expect((await peer.goliath("tail", "/log", "--from", "2", "--json")).stdout).toBe("ne\n");
  });

  it("knows the members: peers, members, invite; and the index: status, check, backup", async () => {
    const id = peer.ready?.peerId;
    expect(await json("peers")).toMatchObject([{ peer: id, role: "admin", online: true }]);
    expect(await json("members")).toMatchObject([{ peer: id, revoked: false }]);
    expect(await json("invite", "--uses", "2")).toMatchObject({ role: "reader", uses: 2 });
    const index = async (...words: string[]): Promise<unknown> =>
      JSON.parse((await world.index.goliath(...words, "--json")).stdout);
    expect(await index("status")).toMatchObject({ members: 1, peers: 1, revision: 9 });
    expect(await index("index", "check")).toEqual({ problems: [] });
    expect(await index("index", "backup", world.path("backup"))).toMatchObject({ revision: 9 });
  });

  it("fails with a code of its own for each kind of failure, and changes nothing", async () => {
    expect(await failure("ls", "relative")).toEqual(["bad-request", 2]);
    expect(await failure("cat", "/nothing")).toEqual(["not-found", 3]);
    expect(await failure("stat", "/d@99")).toEqual(["not-found", 3]);
    expect(await failure("rm", "/d")).toEqual(["is-a-directory", 5]);
    expect(await failure("mv", "/d", "/d/sub/d")).toEqual(["bad-request", 2]);
    expect(await failure("get", "/d", world.path("got", "sub", "two"))).toEqual(["exists", 5]);
    expect(await failure("revoke", world.index.ready?.peerId ?? "")).toEqual(["not-found", 3]);
    const away = await runGoliath(["ls", "--home", world.path("nobody")]);
    expect(away).toMatchObject({ code: 7, stdout: "" });
    expect(away.stderr).toContain(`goliath peer start --home ${world.path("nobody")}`);
    expect(await json("log", "--limit", "1")).toMatchObject([{ revision: 9 }]);
  });
});
