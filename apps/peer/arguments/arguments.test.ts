import { homedir } from "node:os";
import fc from "fast-check";
import { parsePath } from "@goliath/protocols/nouns";
import { describe, expect, it } from "vitest";
import { parseByteRate } from "./byte-rate.ts";
import { parseByteSize } from "./byte-size.ts";
import { parseDuration } from "./duration.ts";
import { defaultHome, formatHome, homeOption, resolveHome } from "./home.ts";
import { formatPathArgument, parsePathArgument, parsePathNow } from "./path-argument.ts";
import { parseDays, parseHours } from "./hours.ts";
import { parseReserve } from "./reserve.ts";
import { parseSocketAddress } from "./socket-address.ts";
import { parseCount, parseWholeNumber } from "./whole-number.ts";

describe("parseByteSize", () => {
  it.each([
    ["0", 0],
    ["4096", 4096],
    ["500GB", 500e9],
    ["500 gb", 500e9],
    ["1.5GiB", 1.5 * 2 ** 30],
    ["2TiB", 2 ** 41],
    ["10B", 10],
  ])("reads %s", (text, bytes) => {
    expect(parseByteSize(text)).toBe(bytes);
  });

  it.each(["", "GB", "-1GB", "1e9", "10 parsecs", "1,5GB", "0x10", "9999PiB", "1GB2"])(
    "refuses %j",
    (text) => {
      expect(() => parseByteSize(text)).toThrow(expect.objectContaining({ code: "bad-request" }));
    },
  );
});

describe("parseDuration", () => {
  it.each([
    ["30s", 30_000],
    ["90m", 5_400_000],
    ["1.5h", 5_400_000],
    ["7d", 604_800_000],
    ["2w", 1_209_600_000],
  ])("reads %s", (text, ms) => {
    expect(parseDuration(text)).toBe(ms);
  });

  it.each(["", "7", "0d", "-1d", "7 days", "1y", "d"])("refuses %j", (text) => {
    expect(() => parseDuration(text)).toThrow("span of time");
  });
});

describe("parseWholeNumber", () => {
  it("takes digits only, within what is exact", () => {
    expect(parseWholeNumber("0")).toBe(0);
    for (const text of ["", "1.5", "-1", "1e3", "9007199254740992"]) {
      expect(() => parseWholeNumber(text), text).toThrow("whole number");
    }
  });
});

describe("parseCount", () => {
  it("is at least one", () => {
    expect(parseCount("3")).toBe(3);
    expect(() => parseCount("0")).toThrow("at least 1");
  });
});

describe("parsePathArgument", () => {
  it.each([
    ["/", "/", undefined],
    ["/@5", "/", 5],
    ["/a/b", "/a/b", undefined],
    ["/a/b/", "/a/b", undefined],
    ["/a@12", "/a", 12],
    ["/a/@12", "/a", 12],
    ["/a@x", "/a@x", undefined],
    ["/me@home/a", "/me@home/a", undefined],
    ["/a@@12", "/a@12", undefined],
    ["/a@@@12", "/a@", 12],
    ["/a@@@@12", "/a@@12", undefined],
    ["/a@12@13", "/a@12", 13],
    ["/a@", "/a@", undefined],
  ])("reads %s", (text, path, at) => {
    expect(parsePathArgument(text)).toMatchObject({ path, ...(at === undefined ? {} : { at }) });
    expect(parsePathArgument(text).at).toBe(at);
  });

  it.each(["", "a", "a@5", "/a//b", "/a/../b", "/a@99999999999999999999"])("refuses %j", (text) => {
    expect(() => parsePathArgument(text)).toThrow();
  });

  it("is undone by formatPathArgument", () => {
    const name = fc.stringMatching(/^[a@1/ ]{1,12}$/u);
    fc.assert(
      fc.property(name, fc.option(fc.nat(), { nil: undefined }), (text, at) => {
        let path;
        try {
          path = parsePath(`/${text}`);
        } catch {
          return;
        }
        const again = parsePathArgument(formatPathArgument({ path, at }));
        expect({ path: again.path, at: again.at }).toEqual({ path, at });
      }),
    );
  });
});

describe("parsePathNow", () => {
  it("refuses a revision and says how to write such a name", () => {
    expect(() => parsePathNow("/photos@2024")).toThrow("@@2024");
    expect(parsePathNow("/photos@@2024").path).toBe("/photos@2024");
  });
});

describe("resolveHome", () => {
  it("prefers the option, then the environment, then ~/.goliath", () => {
    const env = { GOLIATH_HOME: "/env" };
    expect(resolveHome({ option: "here", env, cwd: "/w" })).toBe("/w/here");
    expect(resolveHome({ env, cwd: "/w" })).toBe("/env");
    expect(resolveHome({ env: { GOLIATH_HOME: "" }, cwd: "/w" })).toBe(defaultHome());
    // As `--home=~/.goliath` arrives from bash.
    expect(resolveHome({ option: "~/.goliath", env, cwd: "/w" })).toBe(defaultHome());
  });
});

describe("formatHome", () => {
  it("writes the user's own folder as ~", () => {
    expect(formatHome(defaultHome())).toBe("~/.goliath");
    expect(formatHome(`${homedir()}x/y`)).toBe(`${homedir()}x/y`);
  });
});

describe("homeOption", () => {
  it("is what a shell takes for the same home", () => {
    expect(homeOption(defaultHome())).toBe("");
    expect(homeOption(`${homedir()}/drive`)).toBe(" --home ~/drive");
    expect(homeOption("/it's here")).toBe(String.raw` --home '/it'\''s here'`);
  });
});

describe("parseByteRate", () => {
  it.each([
    ["20MB/s", 20e6],
    ["1.5 GiB/s", 1.5 * 2 ** 30],
    ["32KiB/s", 32 * 1024],
    ["unlimited", Number.POSITIVE_INFINITY],
  ])("reads %s", (text, rate) => {
    expect(parseByteRate(text)).toBe(rate);
  });

  it.each(["", "20MB", "20", "20/s", "20Mbit/s", "MB/s", "-1MB/s", "0KB/s", "1KB/s", "none"])(
    "refuses %j",
    (text) => {
      expect(() => parseByteRate(text)).toThrow(expect.objectContaining({ code: "bad-request" }));
    },
  );
});

describe("parseReserve", () => {
  it("reads a size or a share of the disk", () => {
    expect(parseReserve("20GB")).toEqual({ bytes: 20e9 });
    expect(parseReserve("2.5 %")).toEqual({ percent: 2.5 });
    for (const text of ["100%", "-1%", "%", "5 percent"])
      expect(() => parseReserve(text), text).toThrow(/no size|nothing/u);
  });
});

describe("parseSocketAddress", () => {
  it.each([
    ["9464", "127.0.0.1", 9464],
    ["0", "127.0.0.1", 0],
    ["localhost:1", "127.0.0.1", 1],
    ["0.0.0.0:9464", "0.0.0.0", 9464],
    ["[::1]:9464", "::1", 9464],
  ])("reads %s", (text, host, port) => {
    expect(parseSocketAddress(text)).toEqual({ host, port });
  });

  it.each(["", "65536", "host:", ":9464", "example.org:80", "::1:9464", "1.2.3:4", "9464 9465"])(
    "refuses %j",
    (text) => {
      expect(() => parseSocketAddress(text)).toThrow("nowhere to listen");
    },
  );
});

describe("parseHours", () => {
  it("reads hours of a day, also past midnight", () => {
    expect(parseHours("09:30-17:00")).toEqual({ fromMinute: 570, toMinute: 1020 });
    expect(parseHours("23:00 - 07:00")).toEqual({ fromMinute: 1380, toMinute: 420 });
    expect(parseHours("0:00-24:00")).toEqual({ fromMinute: 0, toMinute: 1440 });
    for (const text of ["", "9-17", "09:00-09:00", "24:00-07:00", "09:60-10:00", "09:00-24:01"])
      expect(() => parseHours(text), text).toThrow("no hours");
  });
});

describe("parseDays", () => {
  it("reads days and spans of them, also past Saturday", () => {
    expect(parseDays("mon-fri")).toEqual([1, 2, 3, 4, 5]);
    expect(parseDays("Sat, sun")).toEqual([0, 6]);
    expect(parseDays("fri-mon")).toEqual([0, 1, 5, 6]);
    for (const text of ["", "monday", "mon-", "mon-tue-wed", "mon,,tue", "1-5"])
      expect(() => parseDays(text), text).toThrow("no days");
  });
});
