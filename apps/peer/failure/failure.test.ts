import { ERROR_CODES, GoliathError, type ErrorCode } from "@goliath/protocols/nouns";
import { describe, expect, it } from "vitest";
import { adviceFor } from "./advice.ts";
import { EXIT_CODES, exitCodeOf, exitCodesHelp } from "./exit-codes.ts";
import { formatFailure, isBrokenPipe } from "./report.ts";
import { explainSystemFault } from "./system-fault.ts";

const CODES = Object.keys(ERROR_CODES) as ErrorCode[];
const noDaemon = new GoliathError("unavailable", "no peer runs in ~/.goliath: start one", {
  about: { daemonSocket: "/x/peer.sock" },
});

describe("adviceFor", () => {
  it.each(CODES)("says in one sentence what to do about %s", (code) => {
    const advice = adviceFor(new GoliathError(code, "…"));
    expect(advice).toMatch(/^[A-Z`].{10,140}\.$|^[A-Z`].{10,140}\)\.$/u);
  });

  it("tells a file of this machine from a path of the drive", () => {
    const here = new GoliathError("exists", "…", { about: { file: "/home/me/a" } });
    const there = new GoliathError("exists", "…", { about: { path: "/a" } });
    // Whoever is told to remove the wrong one loses it.
    expect(adviceFor(here)).not.toContain("goliath rm");
    expect(adviceFor(there)).toContain("goliath rm");
  });

  it("adds nothing where the message is the advice", () => {
    expect(adviceFor(noDaemon)).toBeUndefined();
  });
});

describe("exitCodeOf", () => {
  it.each(CODES)("gives %s a documented code that is no success", (code) => {
    const known = Object.values(EXIT_CODES).map(([number]): number => number);
    const exitCode = exitCodeOf(new GoliathError(code, "…"));
    expect(known).toContain(exitCode);
    expect(exitCode).not.toBe(0);
  });

  it("tells a missing daemon from a far side that is away", () => {
    expect(exitCodeOf(noDaemon)).toBe(7);
    expect(exitCodeOf(new GoliathError("unavailable", "…"))).toBe(6);
  });
});

describe("exitCodesHelp", () => {
  it("names every code", () => {
    for (const [code, meaning] of Object.values(EXIT_CODES)) {
      expect(exitCodesHelp()).toContain(`${code}  ${meaning}`);
    }
  });
});

describe("formatFailure", () => {
  it("prints the message and the advice, without codes that repaint a terminal", () => {
    const error = new GoliathError("not-found", "nothing is at /\u001b[2Ja");
    const text = formatFailure(error, { json: false });
    expect(text).toMatch(/^goliath: nothing is at \/\\u001b\[2Ja\nLook .*\.\n$/u);
  });

  it("prints one JSON line for programs", () => {
    const error = new GoliathError("owned", "…", { about: { path: "/a" } });
    const parsed: unknown = JSON.parse(formatFailure(error, { json: true }));
    expect(parsed).toMatchObject({ error: { code: "owned", about: { path: "/a" }, exitCode: 4 } });
  });
});

describe("explainSystemFault", () => {
  it.each([
    ["EACCES: permission denied, open '/a/b'", "forbidden", "permission denied: /a/b"],
    ["EROFS: read-only file system, mkdir '/a'", "forbidden", "read-only file system: /a"],
    ["EEXIST: file already exists, mkdir '/it's'", "exists", "file already exists: /it's"],
    [
      "ENOENT: no such file or directory, rename '/a' -> '/b'",
      "not-found",
      "no such file or directory: /a",
    ],
  ])("says what %s means", (message, code, said) => {
    const explained = explainSystemFault(new GoliathError("internal", message));
    expect(explained).toMatchObject({ code, message: said });
    expect(adviceFor(explained)).not.toContain("report");
  });

  it.each(["EMFILE: too many open files, open '/a'", "ENOENT", "a fault of ours, mkdir '/a'"])(
    "leaves %s a fault",
    (message) => {
      const error = new GoliathError("internal", message);
      expect(explainSystemFault(error)).toBe(error);
    },
  );

  it("leaves alone what has a code of its own", () => {
    const error = new GoliathError("full", "EACCES: permission denied, open '/a'");
    expect(explainSystemFault(error)).toBe(error);
  });
});

describe("isBrokenPipe", () => {
  it("knows the reader of our output going away, and nothing else", () => {
    expect(isBrokenPipe(Object.assign(new Error("write EPIPE"), { code: "EPIPE" }))).toBe(true);
    expect(isBrokenPipe(new GoliathError("closed", "…"))).toBe(false);
  });
});
