import { execFile } from "node:child_process";
import { chmod, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { runGoliath } from "../testing/test-ambient.ts";
import { openTestHome, type TestHome } from "../testing/test-home.ts";
import { COMPLETION_SCRIPTS, type Shell } from "./scripts.ts";
import { unquote } from "./unquote.ts";

const run = promisify(execFile);

let home: TestHome;
beforeEach(async () => {
  home = await openTestHome();
});
afterEach(async () => {
  await home[Symbol.asyncDispose]();
});

const entries = [
  { name: "my dir", kind: "dir", revision: 1 },
  { name: "model.bin", kind: "file", size: 1, revision: 1 },
  { name: "model@5", kind: "file", size: 1, revision: 1 },
];

/** What the scripts get: the first line, then the candidates. */
async function complete(...words: string[]): Promise<[kind: string | undefined, ...string[]]> {
  const { stdout, exitCode } = await runGoliath(["__complete", "--", ...words], {
    home: home.home,
  });
  expect(exitCode).toBe(0);
  const [kind, ...candidates] = stdout.trimEnd().split("\n");
  return [kind, ...candidates];
}

describe("goliath __complete", () => {
  it("knows commands, their own commands and topics", async () => {
    expect(await complete("un")).toEqual(["words", "unshare", "unmirror"]);
    expect(await complete("index", "ch")).toEqual(["words", "check"]);
    expect(await complete("help", "mir")).toEqual(["words", "mirror"]);
    expect(await complete("completion", "z")).toEqual(["words", "zsh"]);
  });

  it("knows options and some of their values", async () => {
    expect(await complete("invite", "--u")).toEqual(["words", "--uses"]);
    expect(await complete("invite", "--role", "w")).toEqual(["words", "writer"]);
    expect(await complete("search", "x", "--under", "/d")).toEqual(await complete("ls", "/d"));
    expect(await complete("ls", "--j")).toEqual(["words", "--json"]);
    expect(await complete("ls", "--home", "x")).toEqual(["files"]);
  });

  it("asks the peer for paths of the drive", async () => {
    const asked: (string | undefined)[] = [];
    await home.serve({
      methods: {
        ls: async (params) => {
          asked.push(params.optionalString("path"));
          return { revision: 1, entries };
        },
      },
    });
    expect(await complete("ls", "/data/mo")).toEqual([
      "words",
      "/data/model.bin",
      "/data/model@@5",
    ]);
    expect(await complete("ls", "")).toEqual(["words", "/my dir/", "/model.bin", "/model@@5"]);
    expect(await complete("cat", "/my\\ dir/mo")).toEqual([
      "words",
      "/my dir/model.bin",
      "/my dir/model@@5",
    ]);
    expect(asked).toEqual(["/data", "/", "/my dir"]);
  });

  it("tells local files from paths of the drive by the place", async () => {
    await home.serve({ methods: { ls: async () => ({ revision: 1, entries }) } });
    expect(await complete("put", "/mo")).toEqual(["files"]);
    expect(await complete("put", "x", "/mo")).toEqual(["words", "/model.bin", "/model@@5"]);
    expect(await complete("unmirror", "/mo")).toEqual(["files", "/model.bin", "/model@@5"]);
    expect(await complete("ls", "/a", "/mo")).toEqual(["words"]);
  });

  it("is silent without a peer", async () => {
    expect(await complete("ls", "/")).toEqual(["words"]);
  });
});

describe("unquote", () => {
  it.each([
    ["plain", "plain"],
    ["a\\ b", "a b"],
    ["'a\\ b", "a\\ b"],
    ['"a b"c', "a bc"],
    ["a\\", "a"],
  ])("reads %j", (word, meaning) => {
    expect(unquote(word)).toBe(meaning);
  });
});

describe("COMPLETION_SCRIPTS", () => {
  it("are printed by goliath completion", async () => {
    for (const [shell, script] of Object.entries(COMPLETION_SCRIPTS)) {
      expect((await runGoliath(["completion", shell], { home: home.home })).stdout).toBe(script);
    }
  });

  it.for(Object.keys(COMPLETION_SCRIPTS) as Shell[])(
    "the one for %s parses",
    async (shell, { skip }) => {
      const file = join(home.home, shell);
      await writeFile(file, COMPLETION_SCRIPTS[shell]);
      const installed = await run(shell, ["-c", "true"]).then(
        () => true,
        () => false,
      );
      if (!installed) skip(`${shell} is not installed`);
      await run(shell, ["-n", file]);
    },
  );

  it("the one for bash offers what goliath answers", async () => {
    const fake = join(home.home, "goliath");
    const answer = `#!/bin/sh\nprintf 'words\\n/my dir/\\n'\nprintf '%s|' "$@" > '${home.home}/asked'\n`;
    await writeFile(fake, answer);
    await chmod(fake, 0o755);
    const script = `${COMPLETION_SCRIPTS.bash}
      COMP_WORDS=(goliath ls "/m") COMP_CWORD=2
      _goliath '${fake}'
      printf '%s\\n' "\${COMPREPLY[@]}"
      cat '${home.home}/asked'`;
    const { stdout } = await run("bash", ["-c", script]);
    expect(stdout).toBe("/my dir/\n__complete|--|ls|/m|");
  });
});
