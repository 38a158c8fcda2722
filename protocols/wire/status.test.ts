import { readFile } from "node:fs/promises";
import { describe, expect, it } from "vitest";
import { ERROR_CODES, GoliathError, type ErrorCode } from "../nouns/exports.ts";
import { fromStatus, STATUS_ABOUT_CHARACTERS_MAX, STATUS_OK, toStatus } from "./status.ts";

const CODES = Object.keys(ERROR_CODES) as ErrorCode[];

describe("toStatus", () => {
  it("gives each code its own number, none of them ok", () => {
    const numbers = CODES.map((code) => toStatus(new GoliathError(code, "")).status);
    expect(new Set([...numbers, STATUS_OK]).size).toBe(CODES.length + 1);
  });

  it("gives the numbers of the specification's table, which also says when to retry", async () => {
    const specification = await readFile(new URL("SPEC.md", import.meta.url), "utf8");
    const rows = specification.matchAll(/^\| (\d+) \| (\S+) \| (never|later|elsewhere) \|/gm);
    const table = [...rows].map(([, status, code, retry]) => ({
      code,
      status: Number(status),
      retry,
    }));
    const ours = CODES.map((code) => {
      const error = new GoliathError(code, "");
      return { code, status: toStatus(error).status, retry: error.retry };
    });
    expect(table).toEqual(ours);
  });

  it("tells neither message nor cause", () => {
    const cause = new Error("secret cause");
    const wire = toStatus(new GoliathError("internal", "secret", { cause }));
    expect(JSON.stringify(wire)).not.toContain("secret");
  });

  it("clips what the error is about", () => {
    const path = `/${"\u{1f600}".repeat(STATUS_ABOUT_CHARACTERS_MAX)}`;
    const { about } = toStatus(new GoliathError("not-found", "", { about: { path } }));
    expect(about).toHaveLength(STATUS_ABOUT_CHARACTERS_MAX);
    expect(about.isWellFormed()).toBe(true);
  });
});

describe("fromStatus", () => {
  it.each(CODES)("gives back %s", (code) => {
    expect(fromStatus(toStatus(new GoliathError(code, ""))).code).toBe(code);
  });

  it.each<Record<string, string | number>>([
    { path: "/a b/c" },
    { id: 2 ** 53 - 1 },
    { id: "12D3Koo" },
    {},
  ])("gives back what it was about: %o", (about) => {
    expect(fromStatus(toStatus(new GoliathError("missing", "", { about }))).about).toEqual(about);
  });

  it.each([STATUS_OK, 4_000_000_000, -1, Number.NaN])(
    "takes the unknown number %d as unsupported",
    (status) => {
      expect(fromStatus({ status, about: "" }).code).toBe("unsupported");
    },
  );

  it("lets no control character through to a terminal", () => {
    const error = fromStatus({ status: 3, about: "/\u001b[2Ja\u0007" });
    expect(error.message).not.toMatch(/\p{Cc}/u);
    expect(error.about).toEqual({ path: "/[2Ja" });
  });
});
