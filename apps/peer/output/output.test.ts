import { Writable } from "node:stream";
import { ManualClock } from "@goliath/kit";
import { describe, expect, it } from "vitest";
import { JsonList } from "./json-list.ts";
import { Output } from "./output.ts";
import { printable } from "./printable.ts";
import { ProgressMeter } from "./progress-meter.ts";
import { describeProgress, openProgressView, readProgress } from "./progress-view.ts";
import {
  formatBytes,
  formatCount,
  formatDuration,
  formatMany,
  formatTime,
  showFor,
} from "./show.ts";
import { Table } from "./table.ts";

function sink(isTTY = false) {
  const chunks: string[] = [];
  const write = (chunk: unknown, _encoding: string, done: () => void) => {
    chunks.push(String(chunk));
    done();
  };
  const stream = Object.assign(new Writable({ write }), { isTTY });
  return { stream, text: () => chunks.join("") };
}

describe("formatBytes", () => {
  it.each([
    [0, "0 B"],
    [1023, "1023 B"],
    [1024, "1.0 KiB"],
    [1536, "1.5 KiB"],
    [100 * 1024, "100 KiB"],
    [1024 * 1024 - 1, "1.0 MiB"],
    [1.2 * 2 ** 30, "1.2 GiB"],
    [2 ** 53, "8.0 PiB"],
  ])("%d is %s", (bytes, text) => {
    expect(formatBytes(bytes)).toBe(text);
  });
});

describe("formatCount", () => {
  it("groups by thousands", () => {
    expect([0, 999, 1000, 1234567].map(formatCount)).toEqual(["0", "999", "1,000", "1,234,567"]);
    expect([formatMany(1, "file"), formatMany(2000, "file")]).toEqual(["1 file", "2,000 files"]);
  });
});

describe("formatDuration", () => {
  it.each([
    [-5, "0s"],
    [900, "1s"],
    [65_000, "1m 05s"],
    [3_600_000, "1h 00m"],
    [90_000_000, "1d 1h"],
  ])("%d ms is %s", (ms, text) => {
    expect(formatDuration(ms)).toBe(text);
  });
});

describe("formatTime", () => {
  it("is local and short, never for none, and survives what no date is", () => {
    expect(formatTime(new Date(2026, 10, 3, 9, 5).getTime())).toBe("2026-11-03 09:05");
    expect([formatTime(0), formatTime(1e300)]).toEqual(["never", "unknown"]);
  });
});

describe("showFor", () => {
  it("is exact where no person reads", () => {
    const show = showFor({ human: false });
    expect([show.bytes(2048), show.count(1000), show.time(0)]).toEqual([
      "2048",
      "1000",
      "1970-01-01T00:00:00.000Z",
    ]);
  });
});

describe("printable", () => {
  it("keeps letters of all scripts and shows what would act on a terminal", () => {
    expect(printable("naïve 日本 🐘")).toBe("naïve 日本 🐘");
    expect(printable("a\u001b[31m\u009b\u202eb\n")).toBe("a\\u001b[31m\\u009b\\u202eb\\u000a");
  });
});

describe("Table", () => {
  const columns = [{ title: "SIZE", right: true }, { title: "NAME" }];

  it("aligns under titles, which come once", () => {
    const table = new Table({ columns, human: true });
    expect(
      table.lines([
        ["1 B", "a"],
        ["100 KiB", "bé"],
      ]),
    ).toEqual(["   SIZE  NAME", "    1 B  a", "100 KiB  bé"]);
    expect(table.lines([["2 B", "c"]])).toEqual(["    2 B  c"]);
  });

  it("prints nothing for no rows", () => {
    expect(new Table({ columns, human: true }).lines([])).toEqual([]);
  });

  it("separates by tabs for programs, with control characters shown so that rows stay rows", () => {
    expect(new Table({ columns, human: false }).lines([["1", "a\tb\nc"]])).toEqual([
      "1\ta\\u0009b\\u000ac",
    ]);
  });
});

describe("ProgressMeter", () => {
  it("reads the pace of the last moments and the time left", async () => {
    const clock = new ManualClock();
    const meter = new ProgressMeter(clock);
    expect(meter.read(0, 1000)).toEqual({ rate: 0, leftMs: undefined });
    await clock.advance(1000);
    expect(meter.read(100, 1000)).toEqual({ rate: 100, leftMs: 9000 });
    await clock.advance(60_000);
    expect(meter.read(100, 1000)).toEqual({ rate: 0, leftMs: undefined });
  });
});

describe("readProgress", () => {
  it("understands gets, shares and mirrors", () => {
    expect(readProgress({ bytes: 5, total: 10, files: 1 })).toMatchObject({
      bytes: 5,
      totalBytes: 10,
      files: 1,
    });
    expect(
      readProgress({ bytes: 5, totalBytes: 9, files: 1, totalFiles: 3, state: "publishing" }),
    ).toEqual({
      bytes: 5,
      totalBytes: 9,
      files: 1,
      totalFiles: 3,
      state: "publishing",
    });
    expect(readProgress({ bytes: 10, files: 4, missingBytes: 3, missingFiles: 1 })).toMatchObject({
      bytes: 7,
      totalBytes: 10,
      files: 3,
      totalFiles: 4,
    });
  });

  it("says why a mirror gets no further", () => {
    const stuck = { bytes: 1, state: "syncing", problems: ["/m: permission is denied", "more"] };
    expect(readProgress(stuck).state).toBe("syncing: /m: permission is denied");
    expect(readProgress({ ...stuck, problems: [] }).state).toBe("syncing");
  });

  it("is total", () => {
    for (const value of [undefined, null, 7, "x", { bytes: "5", files: -1, state: 3 }]) {
      expect(readProgress(value)).toMatchObject({ bytes: 0, files: undefined, state: undefined });
    }
  });
});

describe("describeProgress", () => {
  it("leaves out what is unknown", () => {
    expect(describeProgress({ bytes: 1024 })).toBe("1.0 KiB");
    expect(describeProgress({ bytes: 1024, totalBytes: 2048, files: 1, totalFiles: 2 })).toBe(
      "1.0 KiB of 2.0 KiB, 1 of 2 files",
    );
  });
});

describe("openProgressView", () => {
  it("writes a plain line every few seconds", async () => {
    const clock = new ManualClock();
    const { stream, text } = sink();
    using view = openProgressView({ title: "get /a", clock, stream, style: "lines" });
    for (let bytes = 0; bytes <= 6000; bytes += 1000) {
      view.update({ bytes, totalBytes: 10_000 });
      await clock.advance(1000);
    }
    expect(text()).toBe(
      "get /a: 2.9 KiB of 9.8 KiB, 1000 B/s, 7s left\nget /a: 5.9 KiB of 9.8 KiB, 1000 B/s, 4s left\n",
    );
  });

  it("writes JSON lines for programs", async () => {
    const clock = new ManualClock();
    const { stream, text } = sink();
    using view = openProgressView({ title: "get /a", clock, stream, style: "json" });
    view.update({ bytes: 0 });
    await clock.advance(3000);
    view.update({ bytes: 300, files: 2 });
    expect(JSON.parse(text())).toEqual({ progress: { bytes: 300, files: 2, bytesPerSecond: 100 } });
  });

  it("draws a bar on a terminal and takes it away", () => {
    const { stream, text } = sink(true);
    const terminal = Object.assign(stream, {
      cursorTo: () => true,
      clearLine: () => true,
      clearScreenDown: () => true,
      moveCursor: () => true,
      columns: 100,
    });
    const view = openProgressView({
      title: "get /a",
      clock: new ManualClock(),
      stream: terminal,
      style: "bar",
    });
    view.update({ bytes: 512, totalBytes: 1024 });
    view[Symbol.dispose]();
    expect(text()).toContain("50%  512 B of 1.0 KiB");
  });

  it("draws no bar for work that ended before it began", () => {
    const { stream, text } = sink(true);
    openProgressView({ title: "get /a", clock: new ManualClock(), stream, style: "bar" })[
      Symbol.dispose
    ]();
    expect(text()).toBe("");
  });
});

describe("JsonList", () => {
  const write = async (work: (list: JsonList) => Promise<void>): Promise<unknown> => {
    const { stream, text } = sink();
    const out = new Output({
      stdout: stream,
      stderr: stream,
      clock: new ManualClock(),
      json: true,
    });
    await work(new JsonList({ out, name: "entries" }));
    expect(text().indexOf("\n")).toBe(text().length - 1);
    return JSON.parse(text());
  };

  it("writes one object over many pages", async () => {
    const value = await write(async (list) => {
      await list.add([1, 2]);
      await list.add([]);
      await list.add([3]);
      await list.end({ count: 3 });
    });
    expect(value).toEqual({ entries: [1, 2, 3], count: 3 });
  });

  it("writes an empty list", async () => {
    expect(await write((list) => list.end({}))).toEqual({ entries: [] });
  });
});

describe("Output", () => {
  it("keeps notes from programs", () => {
    const { stream, text } = sink();
    const clock = new ManualClock();
    new Output({ stdout: stream, stderr: stream, clock, json: true }).note("hello");
    expect(text()).toBe("");
    new Output({ stdout: stream, stderr: stream, clock, json: false }).note("hello");
    expect(text()).toBe("hello\n");
  });

  it("write rejects when nobody reads any more", async () => {
    const broken = new Writable({
      write: (_chunk, _encoding, done) =>
        done(Object.assign(new Error("write EPIPE"), { code: "EPIPE" })),
    });
    broken.on("error", () => undefined);
    const out = new Output({
      stdout: broken,
      stderr: broken,
      clock: new ManualClock(),
      json: false,
    });
    await expect(out.write("x")).rejects.toThrow("EPIPE");
  });
});
