import { describe, expect, it } from "vitest";
import { createLog, parseLogLevel, silentLog } from "./log.ts";
import { ManualClock } from "./manual-clock.ts";

function capture(level: "debug" | "warn") {
  const lines: Record<string, unknown>[] = [];
  const write = (line: string) => {
    expect(line.endsWith("\n")).toBe(true);
    lines.push(JSON.parse(line) as Record<string, unknown>);
  };
  return { lines, log: createLog({ name: "peer", level, write, clock: new ManualClock() }) };
}

describe("createLog", () => {
  it("writes one JSON line per event with its fields", () => {
    const { lines, log } = capture("debug");
    log.info("opened", { path: "/a\nb", bytes: 5n });
    expect(lines).toEqual([
      {
        time: "1970-01-01T00:00:00.000Z",
        level: "info",
        name: "peer",
        message: "opened",
        path: "/a\nb",
        bytes: "5",
      },
    ]);
  });

  it("writes a line for people where text is wanted, and nothing a terminal obeys", () => {
    const lines: string[] = [];
    const write = (line: string) => void lines.push(line);
    const log = createLog({ name: "peer", format: "text", write, clock: new ManualClock() });
    log.warn('it says "no"', { file: "a\u001b[2J" });
    log.error("two\nlines\u009b");
    expect(lines).toEqual([
      '1970-01-01T00:00:00.000Z warn  peer: it says "no" {"file":"a\\u001b[2J"}\n',
      "1970-01-01T00:00:00.000Z error peer: two\\nlines\\u009b\n",
    ]);
  });

  it("leaves out what is below its level", () => {
    const { lines, log } = capture("warn");
    log.debug("a");
    log.info("b");
    log.warn("c");
    log.error("d");
    expect(lines.map((line) => line["message"])).toEqual(["c", "d"]);
  });

  it("child adds its fields and keeps its parent's", () => {
    const { lines, log } = capture("debug");
    log.child({ share: "/a" }).child({ file: "b" }).debug("hashed");
    expect(lines[0]).toMatchObject({ share: "/a", file: "b", message: "hashed" });
  });

  it("writes errors with their causes", () => {
    const { lines, log } = capture("debug");
    log.error("failed", { error: new Error("outer", { cause: new Error("inner") }) });
    expect(lines[0]).toMatchObject({ error: { message: "outer", cause: { message: "inner" } } });
  });

  it("survives fields that cannot be written", () => {
    const { lines, log } = capture("debug");
    const circle: Record<string, unknown> = {};
    circle["self"] = circle;
    log.warn("odd", { circle });
    expect(lines[0]).toMatchObject({
      message: "odd",
      logFault: expect.stringContaining("circular"),
    });
  });
});

describe("parseLogLevel", () => {
  it("takes a name in any case and falls back otherwise", () => {
    expect(parseLogLevel(" DEBUG ", "warn")).toBe("debug");
    expect(parseLogLevel("loud", "warn")).toBe("warn");
    expect(parseLogLevel(undefined, "info")).toBe("info");
  });
});

describe("silentLog", () => {
  it("has children that are silent too", () => {
    expect(silentLog.child({ a: 1 }).error("nothing")).toBeUndefined();
  });
});
