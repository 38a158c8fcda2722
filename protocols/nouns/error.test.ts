import { describe, expect, it } from "vitest";
import { GoliathError, hasCode } from "./error.ts";

describe("GoliathError", () => {
  it("from leaves one of ours as it is", () => {
    const error = new GoliathError("conflict", "it changed", { about: { path: "/a" } });
    expect(GoliathError.from(error)).toBe(error);
    expect(error).toMatchObject({ retry: "never", about: { path: "/a" }, name: "GoliathError" });
  });

  it.each([
    ["a full disk", Object.assign(new Error("x"), { code: "ENOSPC" }), "full"],
    ["a full quota", Object.assign(new Error("x"), { code: "EDQUOT" }), "full"],
    ["a failing disk", Object.assign(new Error("x"), { code: "EIO" }), "disk-fault"],
    [
      "a failing disk under a database",
      Object.assign(new Error("x"), { code: "SQLITE_IOERR_FSYNC" }),
      "disk-fault",
    ],
    ["an abort", AbortSignal.abort().reason, "aborted"],
    ["a timeout", new DOMException("late", "TimeoutError"), "timeout"],
    ["any other error", new TypeError("x"), "internal"],
    ["a text", "x", "internal"],
    ["nothing", undefined, "internal"],
    ["null", null, "internal"],
  ])("from makes %s one of ours and keeps the cause", (_, thrown, code) => {
    const error = GoliathError.from(thrown);
    expect(error.code).toBe(code);
    expect(error.cause).toBe(thrown);
  });

  it("tells of what went wrong first when giving the resource back went wrong as well", () => {
    const full = Object.assign(new Error("x"), { code: "ENOSPC" });
    const thrown = new SuppressedError(new Error("closing"), full);
    expect(GoliathError.from(thrown)).toMatchObject({ code: "full", cause: full });
    const twice = new SuppressedError(new Error("closing"), thrown);
    expect(new GoliathError("forbidden", "x", { cause: twice }).cause).toBe(full);
  });

  it("hasCode guards by any of several codes", () => {
    const error = new GoliathError("missing", "not here");
    expect(error.retry).toBe("elsewhere");
    expect(hasCode(error, "gone", "missing")).toBe(true);
    expect(hasCode(error, "gone")).toBe(false);
    expect(hasCode({ code: "missing" }, "missing")).toBe(false);
  });
});
