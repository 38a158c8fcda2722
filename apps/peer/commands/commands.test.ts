import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { ControlMethod, ControlParams } from "@goliath/kit";
import { GoliathError } from "@goliath/protocols/nouns";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { runGoliath, type Ended, type TestAmbientInit } from "../testing/test-ambient.ts";
import { openTestHome, type TestHome } from "../testing/test-home.ts";

const PEER = "12D3KooWGRUG7Z9cEcQwkPYVCJ5tAXtTrFcDyfyHvKqGeUFJTTG9";

let home: TestHome;
beforeEach(async () => {
  home = await openTestHome();
});
afterEach(async () => {
  await home[Symbol.asyncDispose]();
});

const goliath = (words: string[], init: Partial<TestAmbientInit> = {}): Promise<Ended> =>
  runGoliath(words, { home: home.home, ...init });

/** A method that answers the same whatever it is asked, and keeps what it was asked. */
function canned(answer: unknown, names: readonly string[] = []) {
  const asked: Record<string, unknown>[] = [];
  const method: ControlMethod = async (params) => {
    asked.push(read(params, names));
    return answer;
  };
  return { asked, method };
}

function read(params: ControlParams, names: readonly string[]): Record<string, unknown> {
  const readers = [
    (name: string) => params.optionalString(name),
    (name: string) => params.optionalInteger(name),
    (name: string) => params.flag(name),
  ];
  const value = (name: string): unknown => {
    for (const reader of readers) {
      try {
        return reader(name);
      } catch {
        continue;
      }
    }
    return undefined;
  };
  return Object.fromEntries(names.map((name) => [name, value(name)]));
}

const status = {
  peerId: PEER,
  name: "laptop",
  drive: PEER,
  role: "writer",
  index: { peerId: PEER, connected: true, revision: 1204 },
  listen: ["/ip4/127.0.0.1/tcp/4001"],
  shares: [
    {
      local: "/home/me/genomes",
      path: "/data",
      once: false,
      state: "following",
      files: 2,
      bytes: 2048,
      revision: 12,
      problems: ["x.fa has rotted"],
    },
  ],
  mirrors: [
    {
      local: "/mnt/a",
      path: "/a",
      state: "syncing",
      revision: 11,
      files: 1,
      bytes: 10,
      missingFiles: 1,
      missingBytes: 10,
      problems: [],
    },
  ],
  transfers: { upBytes: 1024, downBytes: 0, upRate: 512, downRate: 0 },
  chunks: 3,
};

describe("goliath status", () => {
  it("shows the peer, its shares and mirrors, and their problems", async () => {
    await home.serve({ methods: { status: async () => status } });
    const { exitCode, stdout } = await goliath(["status"], { tty: true });
    expect(exitCode).toBe(0);
    expect(stdout).toContain(`index     ${PEER} (connected, revision 1,204)`);
    expect(stdout).toContain(
      "/home/me/genomes  →  /data  following  2 files  2.0 KiB  revision 12",
    );
    expect(stdout).toContain("10 B to come");
    expect(stdout).toContain("! /home/me/genomes: x.fa has rotted");
  });

  it("says of a keeper what it pledged, and that more is kept than that", async () => {
    const scrub = { packs: 0, chunks: 0, bytes: 0, rotten: 1, unreadable: 2, mended: 0 };
    const keeper = { usedBytes: 3e6, capacityBytes: 2e6, freeBytes: 0, labels: [], scrub };
    const answer = { ...status, keeper: { ...keeper, draining: false } };
    await home.serve({ methods: { status: async () => answer } });
    const { stdout } = await goliath(["status"], { tty: true });
    expect(stdout).toContain("977 KiB more than is pledged now: it takes nothing new");
    expect(stdout).toContain("1 chunks had rotted, 2 unreadable");
  });

  it("prints the answer as it is with --json, wherever that stands", async () => {
    await home.serve({ methods: { status: async () => status } });
    expect(JSON.parse((await goliath(["status", "--json"])).stdout)).toEqual(status);
    expect(JSON.parse((await goliath(["--json", "status"])).stdout)).toEqual(status);
  });

  it("asks the index where no peer runs, or with --index", async () => {
    const index = {
      drive: PEER,
      peerId: PEER,
      generation: 1,
      revision: 5,
      listen: [],
      link: "goliath:x",
      peers: 1,
      members: 2,
      files: 3,
      bytes: 4,
    };
    await home.serve({ role: "index", methods: { status: async () => index } });
    expect((await goliath(["status"])).stdout).toContain("5 (generation 1)");
    await home.serve({ methods: { status: async () => status } });
    expect((await goliath(["status"])).stdout).toContain("laptop");
    expect((await goliath(["status", "--index"])).stdout).toContain("goliath:x");
  });
});

describe("goliath without a daemon", () => {
  it("says how to start one and exits with 7", async () => {
    const { exitCode, stderr, stdout } = await goliath(["ls"]);
    expect(exitCode).toBe(7);
    expect(stdout).toBe("");
    expect(stderr).toContain(
      `no peer runs in ${home.home}: start one with \`goliath peer start --home`,
    );
    expect((await goliath(["cat", "/a"])).exitCode).toBe(7);
    expect((await goliath(["index", "check"])).stderr).toContain("goliath index start");
    expect((await goliath(["invite"])).stderr).toContain("no peer runs");
  });
});

describe("goliath ls", () => {
  const entries = [
    { name: "dir", kind: "dir", files: 3, bytes: 3072, revision: 2 },
    {
      name: "run\u001b[31m",
      kind: "file",
      size: 10,
      mtimeMs: 86_400_000,
      executable: true,
      revision: 3,
    },
  ];

  it("lists page by page, all of one revision", async () => {
    const asked: unknown[] = [];
    await home.serve({
      methods: {
        ls: async (params) => {
          asked.push(read(params, ["path", "at", "after"]));
          return asked.length === 1
            ? { revision: 9, entries: entries.slice(0, 1), next: "dir" }
            : { revision: 9, entries: entries.slice(1) };
        },
      },
    });
    const { stdout } = await goliath(["ls", "/data/"]);
    expect(stdout).toBe("3072\t-\t2\tdir/\n10\t1970-01-02T00:00:00.000Z\t3\trun\\u001b[31m*\n");
    expect(asked).toEqual([
      { path: "/data", at: undefined, after: undefined },
      { path: "/data", at: 9, after: "dir" },
    ]);
  });

  it("asks for the root by default and for a revision where one is named", async () => {
    const { asked, method } = canned({ revision: 7, entries: [] }, ["path", "at"]);
    await home.serve({ methods: { ls: method } });
    await goliath(["ls"]);
    await goliath(["ls", "/a@7"]);
    await goliath(["ls", "/a@@7"]);
    expect(asked).toEqual([
      { path: "/", at: undefined },
      { path: "/a", at: 7 },
      { path: "/a@7", at: undefined },
    ]);
  });

  it("prints one JSON object over all pages", async () => {
    let pages = 0;
    const ls = async () => ({ revision: 9, entries, ...(pages++ < 2 && { next: "x" }) });
    await home.serve({ methods: { ls } });
    const { stdout } = await goliath(["ls", "--json"]);
    expect(JSON.parse(stdout)).toEqual({
      entries: [...entries, ...entries, ...entries],
      revision: 9,
    });
  });

  it("reports what the daemon refuses, in words and in JSON", async () => {
    const refuse = () =>
      Promise.reject(new GoliathError("not-found", "nothing is at /x", { about: { path: "/x" } }));
    await home.serve({ methods: { ls: refuse } });
    const words = await goliath(["ls", "/x"]);
    expect(words).toMatchObject({ exitCode: 3, stdout: "" });
    expect(words.stderr).toMatch(/^goliath: nothing is at \/x\nLook .*\n$/u);
    const json = await goliath(["ls", "/x", "--json"]);
    expect(json.exitCode).toBe(3);
    expect(JSON.parse(json.stderr)).toMatchObject({
      error: { code: "not-found", about: { path: "/x" } },
    });
  });
});

describe("goliath stat", () => {
  it("shows what is there, and fails where nothing is", async () => {
    const entry = {
      name: "a",
      kind: "file",
      size: 5,
      mtimeMs: 0,
      executable: false,
      revision: 3,
      chunks: 1,
      root: "ab",
    };
    await home.serve({ methods: { resolve: async () => ({ revision: 8, entry }) } });
    const { stdout } = await goliath(["stat", "/a"]);
    expect(stdout).toContain("path      /a@8\nkind      file\nsize      5\n");
    expect(stdout).toContain("digest    ab\n");
  });

  it("exits with 3 where nothing stands", async () => {
    await home.serve({ methods: { resolve: async () => ({ revision: 8, entry: null }) } });
    expect((await goliath(["stat", "/a"])).exitCode).toBe(3);
  });
});

describe("goliath find", () => {
  const find: ControlMethod = async (_params, { progress }) => {
    await progress({ entries: [{ path: "/a", kind: "dir" }] });
    await progress({ entries: [{ path: "/a/b", kind: "file", size: 1 }] });
    return { count: 2 };
  };

  it("prints paths as they are found", async () => {
    await home.serve({ methods: { find } });
    expect((await goliath(["find", "/a"])).stdout).toBe("/a/\n/a/b\n");
    expect(JSON.parse((await goliath(["find", "/a", "--json"])).stdout)).toMatchObject({
      count: 2,
    });
  });
});

describe("goliath search", () => {
  it("prints what is found, and says when that may not be all", async () => {
    const asked: unknown[] = [];
    const entries = [
      { path: "/a b", kind: "dir", files: 2, bytes: 7 },
      { path: "/c/a.b", kind: "file", size: 5, mtimeMs: 0 },
    ];
    let all = true;
    const search: ControlMethod = async (params) => {
      asked.push(read(params, ["text", "under", "limit", "kind"]));
      return { revision: 8, complete: all, entries, more: !all };
    };
    await home.serve({ methods: { search } });
    const { stdout, stderr } = await goliath(["search", "a", "B", "--under", "/x/", "--files"]);
    expect(asked).toEqual([{ text: "a B", under: "/x", limit: 30, kind: "file" }]);
    expect(stdout).toBe("7\t-\t/a b/\n5\t1970-01-01T00:00:00.000Z\t/c/a.b\n");
    expect(stderr).toBe("");
    all = false;
    const partly = await goliath(["search", "a", "--dirs", "--limit", "2"]);
    expect(asked[1]).toMatchObject({ limit: 2, kind: "dir" });
    expect(partly.stderr).toMatch(/more.*\n.*some may be missing/u);
    const json = await goliath(["search", "a", "--json"]);
    expect(JSON.parse(json.stdout)).toEqual({ revision: 8, complete: false, entries, more: true });
    expect((await goliath(["search", "a", "--dirs", "--files"])).exitCode).toBe(2);
    expect((await goliath(["search"])).exitCode).toBe(2);
  });
});

describe("goliath cat", () => {
  it("writes the bytes of a range", async () => {
    const asked: unknown[] = [];
    await home.serve({
      streams: {
        cat: async function* (params) {
          asked.push(read(params, ["path", "at", "offset", "length"]));
          yield Buffer.from("ab");
          yield Buffer.from("cd");
        },
      },
    });
    const { stdout } = await goliath(["cat", "/a@3", "--offset", "1KiB", "--length", "4"]);
    expect(stdout).toBe("abcd");
    expect(asked).toEqual([{ path: "/a", at: 3, offset: 1024, length: 4 }]);
  });

  it("fails with what broke it, after the bytes before", async () => {
    await home.serve({
      streams: {
        cat: async function* () {
          yield Buffer.from("ab");
          throw new GoliathError("no-holder", "nobody has the rest");
        },
      },
    });
    expect(await goliath(["cat", "/a"])).toMatchObject({ exitCode: 6, stdout: "ab" });
  });
});

describe("goliath get", () => {
  it("puts it under its own name into this folder, and says where that is", async () => {
    const answer = { local: "/w/genomes/genomes", files: 1, bytes: 1 };
    const { asked, method } = canned(answer, ["path", "local"]);
    await home.serve({ methods: { get: method } });
    const ended = await goliath(["get", "/data/genomes"], { cwd: "/w" });
    expect(ended.stdout).toBe("/w/genomes/genomes: 1 file, 1 B\n");
    await goliath(["get", "/", "--json"], { cwd: "/w" });
    await goliath(["get", "/a", "b"], { cwd: "/w" });
    expect(asked).toEqual([
      { path: "/data/genomes", local: "/w" },
      { path: "/", local: "/w/drive" },
      { path: "/a", local: "/w/b" },
    ]);
  });
});

describe("goliath put", () => {
  it("sends stdin", async () => {
    const asked: unknown[] = [];
    await home.serve({
      methods: {
        put: async (params, { body }) => {
          const parts: Uint8Array[] = [];
          for await (const part of body) parts.push(part);
          asked.push([read(params, ["path", "stdin"]), Buffer.concat(parts).toString()]);
          return { revision: 4, files: 1, bytes: 5 };
        },
      },
    });
    const { stdout } = await goliath(["put", "-", "/a"], { stdin: "hello" });
    expect(stdout).toBe("/a: 1 file, 5 B, revision 4\n");
    expect(asked).toEqual([[{ path: "/a", stdin: true }, "hello"]]);
  });

  it("names the local file absolutely, and keeps its name in a directory", async () => {
    const { asked, method } = canned({ revision: 4, files: 1, bytes: 5 }, ["path", "local"]);
    await home.serve({ methods: { put: method } });
    await goliath(["put", "x/y.txt", "/a"]);
    await goliath(["put", "x/y.txt", "/a/"]);
    await goliath(["put", "x/y.txt", "/"]);
    const local = join(home.home, "x/y.txt");
    expect(asked).toEqual(["/a", "/a/y.txt", "/y.txt"].map((path) => ({ path, local })));
    expect((await goliath(["put", "-", "/a/"])).exitCode).toBe(2);
  });

  it("refuses to change the past", async () => {
    const { exitCode, stderr } = await goliath(["put", "x", "/a@5"]);
    expect(exitCode).toBe(2);
    expect(stderr).toContain("@@5");
  });
});

describe("goliath mkdir, mv, rm and restore", () => {
  it("print the revision that has the change", async () => {
    const names = ["path", "from", "to", "at", "recursive"];
    const { asked, method } = canned({ revision: 4 }, names);
    await home.serve({ methods: { mkdir: method, mv: method, rm: method, restore: method } });
    expect((await goliath(["mkdir", "/d"])).stdout).toBe("revision 4\n");
    await goliath(["mv", "/a", "/d/"]);
    await goliath(["rm", "-r", "/d"]);
    await goliath(["restore", "/d@3", "/e"]);
    const clean = asked.map((one) =>
      Object.fromEntries(Object.entries(one).filter(([, value]) => value !== undefined)),
    );
    expect(clean).toEqual(
      [
        { path: "/d", recursive: false },
        { from: "/a", to: "/d/a", recursive: false },
        { path: "/d", recursive: true },
        { path: "/d", at: 3, to: "/e", recursive: false },
      ].map(({ recursive, ...rest }) => (recursive ? { ...rest, recursive } : rest)),
    );
  });

  it("restore needs a revision", async () => {
    expect((await goliath(["restore", "/d"])).exitCode).toBe(2);
  });
});

describe("goliath share and unshare", () => {
  const shared = { ...status.shares[0], warnings: ["a:b has a name Windows cannot hold"] };

  it("publish a folder, with progress beside the result", async () => {
    const asked: unknown[] = [];
    await home.serve({
      methods: {
        share: async (params, { progress }) => {
          asked.push(read(params, ["local", "path", "once", "confirm"]));
          await progress({ bytes: 1, totalBytes: 2, files: 1, totalFiles: 2, state: "publishing" });
          return shared;
        },
      },
    });
    const { stdout, stderr } = await goliath(["share", "genomes", "/data"]);
    expect(stdout).toBe(
      "/data: 2 files, 2.0 KiB, revision 12\n! a:b has a name Windows cannot hold\n",
    );
    expect(stderr).toContain("goes on following");
    await goliath(["share", "genomes", "/data", "--once"]);
    const local = join(home.home, "genomes");
    expect(asked).toMatchObject([
      { local, path: "/data" },
      { local, path: "/data", once: true },
    ]);
  });

  it("say that what was begun goes on when they are cancelled", async () => {
    const cancelled = () => Promise.reject(new GoliathError("aborted", "cancelled"));
    await home.serve({ methods: { share: cancelled, mirror: cancelled } });
    const said = async (...words: string[]) => (await goliath(words)).stderr;
    expect(await said("share", "a", "/a")).toMatch(
      /goes on publishing.*unshare.*\n.*cancelled\n$/u,
    );
    expect(await said("mirror", "/a", "a")).toMatch(
      /goes on fetching.*unmirror.*\n.*cancelled\n$/u,
    );
    expect(await said("mirror", "/a", "a", "--once")).toBe("goliath: cancelled\n");
  });

  it("confirm by either end", async () => {
    const { asked, method } = canned(shared, ["local", "path", "confirm"]);
    await home.serve({ methods: { share: method, status: async () => status } });
    await goliath(["share", "--confirm", "/data"]);
    await goliath(["share", "--confirm", "/home/me/genomes"]);
    const wanted = { local: "/home/me/genomes", path: "/data", confirm: true };
    expect(asked).toEqual([wanted, wanted]);
    expect((await goliath(["share", "/data"])).exitCode).toBe(2);
  });

  it("unshare says what the drive would lose", async () => {
    const onlyHere = { files: 2, bytes: 2048, complete: true };
    const { asked, method } = canned({ ...status.shares[0], onlyHere }, ["local"]);
    await home.serve({ methods: { unshare: method, status: async () => status } });
    const { stdout } = await goliath(["unshare", "/data"]);
    expect(stdout).toContain("! 2 files (2.0 KiB) of /data are here only: keep /home/me/genomes");
    expect(asked).toEqual([{ local: "/home/me/genomes" }]);
    const nowhere = await goliath(["unshare", "/nowhere"]);
    expect(nowhere.exitCode).toBe(3);
    expect(nowhere.stderr).toContain("/nowhere is none of: /home/me/genomes at /data");
  });
});

describe("goliath mirror and unmirror", () => {
  it("keep a directory, by either end", async () => {
    const answer = {
      ...status.mirrors[0],
      state: "complete",
      missingBytes: 0,
      problems: ["a: no room"],
    };
    const { asked, method } = canned(answer, ["path", "local"]);
    await home.serve({ methods: { mirror: method, unmirror: method, status: async () => status } });
    const { stdout } = await goliath(["mirror", "/a", "here"]);
    expect(stdout).toBe(`${join(home.home, "here")}: 1 file, 10 B, revision 11\n! a: no room\n`);
    await goliath(["unmirror", "/a"]);
    await goliath(["unmirror", "/mnt/a"]);
    expect(asked.slice(1)).toMatchObject([{ local: "/mnt/a" }, { local: "/mnt/a" }]);
  });
});

describe("goliath append and tail", () => {
  it("send stdin and stream bytes", async () => {
    await home.serve({
      methods: { append: async () => ({ revision: 3, offset: 10, bytes: 4 }) },
      streams: {
        tail: async function* (params) {
          yield Buffer.from(`${params.integer("from")}${params.flag("follow")}`);
        },
      },
    });
    expect((await goliath(["append", "/j"], { stdin: "line" })).stdout).toBe(
      "/j: 4 B at 10, revision 3\n",
    );
    expect((await goliath(["tail", "-f", "/j", "--from", "10"])).stdout).toBe("10true");
  });

  it("append asks for copies as put does", async () => {
    const { asked, method } = canned({ revision: 3, offset: 0, bytes: 4 }, ["copies", "minCopies"]);
    await home.serve({ methods: { append: method } });
    await goliath(["append", "/j", "--copies", "3", "--min-copies", "2"], { stdin: "line" });
    expect(asked).toEqual([{ copies: 3, minCopies: 2 }]);
  });
});

describe("goliath invite, members, revoke, peers and log", () => {
  it("invite prints the link alone where a program reads", async () => {
    const names = ["role", "expiresInMs", "uses"];
    const { asked, method } = canned(
      { link: "goliath:x", role: "writer", expiresAt: 0, uses: 2 },
      names,
    );
    await home.serve({ role: "index", methods: { invite: method } });
    const plain = await goliath(["invite", "--role", "writer", "--expires", "12h", "--uses", "2"]);
    expect(plain).toMatchObject({ stdout: "goliath:x\n", stderr: "" });
    expect(asked).toEqual([{ role: "writer", expiresInMs: 43_200_000, uses: 2 }]);
    expect((await goliath(["invite"], { tty: true })).stderr).toContain(
      "goliath peer start --join",
    );
  });

  it.each([
    ["--role", "owner"],
    ["--expires", "soon"],
    ["--uses", "0"],
  ])("invite refuses %s %s", async (option, value) => {
    const { exitCode, stderr } = await goliath(["invite", option, value]);
    expect(exitCode).toBe(2);
    expect(stderr).toContain(value);
  });

  it("lists are tables for people, tabs for pipes and arrays in JSON", async () => {
    const member = { peer: PEER, name: "a\tb", role: "admin", joinedAt: 0, revoked: true };
    const log = { revision: 2, at: 0, writer: PEER, changes: 1, summary: "put /a", note: "why" };
    const peer = {
      peer: PEER,
      name: "n",
      role: "reader",
      online: true,
      seenAt: 0,
      addresses: [],
      chunks: 5,
      capacityBytes: 0,
      freeBytes: 0,
    };
    await home.serve({
      methods: { members: async () => [member], log: async () => [log], peers: async () => [peer] },
    });
    expect((await goliath(["members"])).stdout).toBe(
      `${PEER}\ta\\u0009b\tadmin\t1970-01-01T00:00:00.000Z\trevoked\n`,
    );
    expect((await goliath(["log"], { tty: true })).stdout).toMatch(
      /^REV +WHEN +WRITER +CHANGES +WHAT\n +2 +never .* put \/a  why\n$/u,
    );
    expect(JSON.parse((await goliath(["peers", "--json"])).stdout)).toEqual([peer]);
    expect((await goliath(["peers"])).stdout).toContain("online");
  });

  it("revoke wants a peer id", async () => {
    const { asked, method } = canned({}, ["peer"]);
    await home.serve({ methods: { revoke: method } });
    expect((await goliath(["revoke", PEER])).exitCode).toBe(0);
    expect((await goliath(["revoke", "bob"])).exitCode).toBe(2);
    expect(asked).toEqual([{ peer: PEER }]);
  });
});

describe("goliath index", () => {
  it("backs up to an absolute path and checks", async () => {
    const { asked, method } = canned({ revision: 1, bytes: 2 }, ["to"]);
    let problems: string[] = [];
    await home.serve({
      role: "index",
      methods: { backup: method, check: async () => ({ problems }), stop: async () => ({}) },
    });
    expect((await goliath(["index", "backup", "b"])).stdout).toBe(`${join(home.home, "b")}\n`);
    expect(asked).toEqual([{ to: join(home.home, "b") }]);
    expect((await goliath(["index", "check"])).exitCode).toBe(0);
    problems = ["row 7 is torn"];
    expect(await goliath(["index", "check"])).toMatchObject({
      exitCode: 1,
      stdout: "row 7 is torn\n",
    });
    expect((await goliath(["index", "stop"])).exitCode).toBe(0);
  });
});

describe("goliath help", () => {
  it("explains topics and commands, and knows what it does not know", async () => {
    expect((await goliath(["help", "exit-codes"])).stdout).toContain("no daemon runs in this home");
    expect((await goliath(["help", "paths"])).stdout).toContain("/report@@2024");
    expect((await goliath(["help", "index", "start"])).stdout).toContain("goliath index start");
    expect((await goliath(["ls", "--help"])).stdout).toContain("Exit codes");
    expect((await goliath(["help", "nonsense"])).exitCode).toBe(3);
  });

  it("answers a wrong command line with 2 and a hint", async () => {
    const { exitCode, stderr } = await goliath(["lss"]);
    expect(exitCode).toBe(2);
    expect(stderr).toContain("unknown command 'lss'");
    expect((await goliath(["ls", "a", "b"])).exitCode).toBe(2);
    expect((await goliath(["ls", "--nope"])).exitCode).toBe(2);
    expect((await goliath(["ls", "relative"])).stderr).toMatch(/^goliath: .*must start with \//u);
    expect((await goliath(["ls", "/a's//b"])).stderr).toMatch(/^goliath: a name is empty/u);
  });

  it("prints the version of the package", async () => {
    const manifest = JSON.parse(
      await readFile(new URL("../package.json", import.meta.url), "utf8"),
    ) as { version: string };
    expect(await goliath(["--version"])).toMatchObject({
      exitCode: 0,
      stdout: `${manifest.version}\n`,
    });
  });
});

describe("goliath copies", () => {
  const policy = {
    copies: 3,
    retentionMs: 86_400_000,
    prefer: ["region=eu"],
    avoid: [],
    from: { copies: "/data", retentionMs: "/", prefer: "/data/a" },
  };
  const found = { chunks: 9, fewest: 1, fewestCopies: 1, under: 4, bare: 0, holders: [], policy };

  it("says what is wanted, where that was set, and what is at risk", async () => {
    await home.serve({ methods: { copies: canned(found).method } });
    const { stdout } = await goliath(["copies", "/data/a"]);
    expect(stdout.split("\n")).toEqual([
      "/data/a: 9 chunks, each at 1 peer or more, with 1 copy at keepers or more",
      "at risk: 4 chunks with fewer copies than wanted",
      "3 copies wanted (set at /data)",
      "past revisions kept for 1d 0h (set at /)",
      "prefers region=eu",
      "",
    ]);
  });

  it("sets what was said and nothing else, or clears all of it", async () => {
    const names = ["path", "copies", "retentionMs", "prefer", "avoid", "clear"];
    const set = canned({ revision: 7 }, names);
    await home.serve({ methods: { setCopies: set.method } });
    const words = ["--set", "2", "--prefer", "a=b", "--prefer", "c=d", "--retention", "2h"];
    expect(await goliath(["copies", "/data", ...words])).toMatchObject({ exitCode: 0 });
    expect(set.asked.at(-1)).toMatchObject({
      path: "/data",
      copies: 2,
      prefer: "a=b c=d",
      retentionMs: 7_200_000,
      avoid: undefined,
    });
    expect(await goliath(["copies", "/data", "--clear"])).toMatchObject({ exitCode: 0 });
    expect(set.asked.at(-1)).toMatchObject({ copies: undefined, clear: true });
    expect(await goliath(["copies", "/data", "--clear", "--set", "1"])).toMatchObject({
      exitCode: 2,
    });
  });
});

describe("goliath peer drain", () => {
  it("says that it is safe to stop once it is, or that copies are kept again", async () => {
    const drain = canned({ draining: true, needed: 0 }, ["undo"]);
    await home.serve({ methods: { drain: drain.method } });
    expect((await goliath(["peer", "drain"])).stdout).toContain("safe to stop");
    expect((await goliath(["peer", "drain", "--undo"])).stdout).toContain("keeps copies again");
    expect(drain.asked).toEqual([{ undo: false }, { undo: true }]);
  });
});
