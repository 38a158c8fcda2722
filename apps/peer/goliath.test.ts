import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { openTestHome, type TestHome } from "./testing/test-home.ts";

const ENTRY = fileURLToPath(new URL("goliath.ts", import.meta.url));
const MIB = 1024 * 1024;

let home: TestHome;
beforeEach(async () => {
  home = await openTestHome();
});
afterEach(async () => {
  await home[Symbol.asyncDispose]();
});

/** The command as a process of its own. */
function start(...words: string[]) {
  const env = { ...process.env, GOLIATH_HOME: home.home };
  const child = spawn(process.execPath, [ENTRY, ...words], { env });
  const text = { stdout: "", stderr: "" };
  child.stdout.on("data", (chunk) => (text.stdout += String(chunk)));
  child.stderr.on("data", (chunk) => (text.stderr += String(chunk)));
  const ended = once(child, "close").then(([exitCode, signal]) => ({ exitCode, signal, ...text }));
  return { child, ended };
}

describe("goliath", () => {
  it("exits with the code of what went wrong", async () => {
    const ended = await start("ls").ended;
    expect(ended).toMatchObject({ exitCode: 7, stdout: "" });
    expect(ended.stderr).toContain("no peer runs");
  });

  it("keeps its entry point under 20 lines", async () => {
    expect((await readFile(ENTRY, "utf8")).split("\n").length).toBeLessThan(20);
  });

  it("streams stdin at the pace of the daemon, to the last byte", async () => {
    const read = Promise.withResolvers<number>();
    await home.serve({
      methods: {
        put: async (_params, { body }) => {
          let bytes = 0;
          for await (const chunk of body) bytes += chunk.length;
          read.resolve(bytes);
          return { revision: 1, files: 1, bytes };
        },
      },
    });
    const { child, ended } = start("put", "-", "/a", "--json");
    for (let sent = 0; sent < 8; sent++) child.stdin.write(Buffer.alloc(MIB, sent));
    child.stdin.end();
    expect(await read.promise).toBe(8 * MIB);
    expect(JSON.parse((await ended).stdout)).toEqual({ revision: 1, files: 1, bytes: 8 * MIB });
  });

  it("ends quietly, and ends the call, when nobody reads its output any more", async () => {
    const left = Promise.withResolvers<void>();
    await home.serve({
      streams: {
        cat: async function* () {
          try {
            for (;;) yield Buffer.alloc(MIB);
          } finally {
            left.resolve();
          }
        },
      },
    });
    const { child, ended } = start("cat", "/a");
    await once(child.stdout, "data");
    child.stdout.destroy();
    expect(await ended).toMatchObject({ exitCode: 0, stderr: "" });
    await left.promise;
  });

  it("cancels the call when interrupted", async () => {
    const begun = Promise.withResolvers<void>();
    const cancelled = Promise.withResolvers<void>();
    await home.serve({
      methods: {
        get: async (_params, { signal }) => {
          begun.resolve();
          await once(signal, "abort");
          cancelled.resolve();
        },
      },
    });
    const { child, ended } = start("get", "/a");
    await begun.promise;
    child.kill("SIGINT");
    expect(await ended).toMatchObject({ exitCode: 130, stderr: "goliath: cancelled\n" });
    await cancelled.promise;
  });

  it("gives up on stdin when the daemon refuses", async () => {
    const { GoliathError } = await import("@goliath/protocols/nouns");
    await home.serve({
      methods: {
        append: () => Promise.reject(new GoliathError("forbidden", "readers cannot append")),
      },
    });
    const { child, ended } = start("append", "/a");
    child.stdin.on("error", () => undefined);
    child.stdin.write("a line, and no end");
    expect(await ended).toMatchObject({ exitCode: 4 });
  });
});
