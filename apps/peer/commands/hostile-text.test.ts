/** What others named reaches no terminal as it is: escape sequences, and text turned round. */
import { GoliathError } from "@goliath/protocols/nouns";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { runGoliath } from "../testing/test-ambient.ts";
import { openTestHome, type TestHome } from "../testing/test-home.ts";

/** Clears the screen three ways, sets a title, rings, feeds lines, turns text round. */
const EVIL = "a\u001b[2J\u009b2J\u001b]0;title\u0007\r\n\b\u007f\u0085\u202egnp.exe\u2066b";
/** What a terminal would obey. Tabs and line feeds are ours. */
const OBEYED = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/u;

const entry = { name: EVIL, kind: "file", revision: 1, size: 1, mtimeMs: 1, executable: true };
const share = { local: EVIL, path: EVIL, state: EVIL, files: 1, bytes: 1, revision: 1 };
const peer = {
  peer: EVIL,
  name: EVIL,
  role: EVIL,
  online: true,
  seenAt: 1,
  addresses: [EVIL],
  chunks: 1,
  capacityBytes: 1,
  freeBytes: 1,
};
const status = {
  peerId: EVIL,
  name: EVIL,
  drive: EVIL,
  role: EVIL,
  index: { peerId: EVIL, connected: true, revision: 1 },
  listen: [EVIL],
  shares: [{ ...share, problems: [EVIL], warnings: [EVIL] }],
  mirrors: [{ ...share, missingFiles: 1, missingBytes: 1, problems: [EVIL] }],
  transfers: { upBytes: 1, downBytes: 1, upRate: 1, downRate: 1 },
  chunks: 1,
};
const log = { revision: 1, at: 1, writer: EVIL, changes: 1, summary: EVIL, note: EVIL };

const ANSWERS: Record<string, { words: string[]; result: unknown; progress?: unknown }> = {
  status: { words: ["status"], result: status },
  peers: { words: ["peers"], result: [peer] },
  members: {
    words: ["members"],
    result: [{ peer: EVIL, name: EVIL, role: EVIL, joinedAt: 1, revoked: false }],
  },
  log: { words: ["log"], result: [log] },
  ls: { words: ["ls", "/"], result: { revision: 1, entries: [entry] } },
  resolve: { words: ["stat", "/x"], result: { revision: 1, entry: { ...entry, root: EVIL } } },
  find: {
    words: ["find", "/"],
    result: { count: 1 },
    progress: { entries: [{ path: EVIL, kind: "dir" }] },
  },
  search: {
    words: ["search", "x"],
    result: { revision: 1, complete: true, more: false, entries: [{ path: EVIL, kind: "dir" }] },
  },
  mirror: {
    words: ["mirror", "/x", "here"],
    result: { ...status.mirrors[0], state: "complete" },
    progress: { ...status.mirrors[0] },
  },
};

let home: TestHome;
beforeEach(async () => {
  home = await openTestHome();
});
afterEach(() => home[Symbol.asyncDispose]());

describe("goliath", () => {
  it.each(Object.entries(ANSWERS))("%s prints no character a terminal obeys", async (name, one) => {
    await home.serve({
      methods: {
        [name]: async (_, { progress }) => {
          if (one.progress) await progress(one.progress);
          return one.result;
        },
      },
    });
    for (const tty of [true, false]) {
      for (const json of [[], ["--json"]]) {
        const ended = await runGoliath([...one.words, ...json], { home: home.home, tty });
        expect(ended, ended.stderr).toMatchObject({ exitCode: 0 });
        expect(ended.stdout).toMatch(/title/u);
        expect(ended.stdout).not.toMatch(OBEYED);
        // On a terminal the progress bar's own sequences are there.
        if (!tty) expect(ended.stderr).not.toMatch(OBEYED);
      }
    }
  });

  it("tells of a failure without them too", async () => {
    const error = new GoliathError("not-found", `nothing at ${EVIL}`, { about: { path: EVIL } });
    await home.serve({ methods: { ls: () => Promise.reject(error) } });
    for (const json of [[], ["--json"]]) {
      const { stderr } = await runGoliath(["ls", "/", ...json], { home: home.home, tty: true });
      expect(stderr).toMatch(/title/u);
      expect(stderr).not.toMatch(OBEYED);
    }
  });
});
