import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { defaultConfigFile } from "./default-file.ts";
import { lineOfKey } from "./line-of-key.ts";
import { parseConfig, readConfig } from "./read-config.ts";

const WHOLE = `
[peer]
name = "seedbox"
listen = ["/ip4/0.0.0.0/tcp/4001"]
mdns = false
capacity = "10GiB"
reserve = "5%"
labels = ["region=eu"]
metrics = 9464
[bandwidth]
up = "20MB/s"
[[bandwidth.schedule]]
hours = "23:00-07:00"
days = "mon-fri"
up = "unlimited"
[index]
grace = "15m"
metrics = "0.0.0.0:9465"
[log]
level = "debug"
format = "text"
`;

describe("parseConfig", () => {
  it("reads every kind of setting", () => {
    expect(parseConfig(WHOLE)).toEqual({
      peer: {
        name: "seedbox",
        listen: ["/ip4/0.0.0.0/tcp/4001"],
        mdns: false,
        capacity: 10 * 2 ** 30,
        reserve: { percent: 5 },
        labels: ["region=eu"],
        metrics: { host: "127.0.0.1", port: 9464 },
      },
      bandwidth: {
        up: 20e6,
        schedule: [
          {
            hours: { fromMinute: 1380, toMinute: 420 },
            days: [1, 2, 3, 4, 5],
            up: Number.POSITIVE_INFINITY,
          },
        ],
      },
      index: { grace: 900_000, metrics: { host: "0.0.0.0", port: 9465 } },
      log: { level: "debug", format: "text" },
    });
    expect(parseConfig("")).toEqual({});
  });

  it.each([
    ["nothing = 1", "line 1: nothing: no such setting; known at the top: peer"],
    ['\n\n[peer]\n# why\n\ncapcity = "1GB"', "line 6: peer.capcity: no such setting"],
    [
      '[peer]\ncapacity = "5 parsecs"',
      'line 2: peer.capacity: "5 parsecs" is no size: write 500GB',
    ],
    ["[peer]\ncapacity = 500", "line 2: peer.capacity: expected text in quotes"],
    ['[peer]\nlabels = [\n "a=b",\n "c",\n]', "line 2: peer.labels: a label is name=value"],
    ['[peer]\nlisten = "/ip4/0.0.0.0/tcp/1"', "line 2: peer.listen: expected a list of texts"],
    ['[peer]\nlisten = ["0.0.0.0:1"]', 'line 2: peer.listen: "0.0.0.0:1" is no multiaddr'],
    ['[peer]\nmdns = "no"', "line 2: peer.mdns: expected true or false"],
    ["[peer]\nmetrics = 99999", "line 2: peer.metrics: "],
    ["[peer]\nmetrics = true", "line 2: peer.metrics: expected a port"],
    ["peer = 1", "line 1: peer: expected a table: [peer]"],
    ['[log]\nlevel = "loud"', "line 2: log.level: expected one of debug, info"],
    ['[bandwidth]\nup = "20Mbit/s"', 'line 2: bandwidth.up: "20Mbit/s"'],
    ['[bandwidth]\nup = "20MB"', 'line 2: bandwidth.up: "20MB" is no rate: write 20MB/s'],
    [
      "[bandwidth.schedule]\nhours = 1",
      "line 1: bandwidth.schedule: expected [[bandwidth.schedule]]",
    ],
    [
      '[[bandwidth.schedule]]\nhours = "1:00-2:00"\n[[bandwidth.schedule]]\ndays = "wek"',
      'line 4: bandwidth.schedule.2.days: "wek" are no days',
    ],
    ['[index]\ngrace = "15"', 'line 2: index.grace: "15" is no span of time: write 30m'],
    ["[peer]\n[peer]", "line 2: "],
    ["[peer\n", "line 1: "],
    ["__proto__ = 1", "line 1: "],
    ["constructor = 1", "line 1: constructor: no such setting"],
  ])("refuses %j with line, key and what is expected", (toml, message) => {
    expect(() => parseConfig(toml)).toThrow(
      expect.objectContaining({ code: "bad-request", message: expect.stringContaining(message) }),
    );
  });

  it("takes no more rules than are looked at every minute", () => {
    const rule = '[[bandwidth.schedule]]\nup = "unlimited"\n';
    expect(() => parseConfig(rule.repeat(64))).not.toThrow();
    expect(() => parseConfig(rule.repeat(65))).toThrow("more than 64");
  });
});

describe("lineOfKey", () => {
  it("finds keys behind values of many lines and comments", () => {
    const toml = 'a = """\nb = 1\n"""\n# b = 2\n\nb = [\n 1,\n]\nc.d = 3\n';
    const line = (...path: string[]) => lineOfKey(toml, path);
    expect([line("a"), line("b"), line("c", "d"), line("e")]).toEqual([1, 6, 9, undefined]);
  });
});

describe("defaultConfigFile", () => {
  it("sets nothing as it stands", () => {
    expect(parseConfig(defaultConfigFile())).toEqual({
      peer: {},
      bandwidth: {},
      index: {},
      log: {},
    });
  });

  it("is a whole and right file with every example taken", () => {
    const taken = defaultConfigFile().replace(/^#(?=[a-z[])/gmu, "");
    const config = parseConfig(taken);
    expect(Object.keys(config)).toEqual(["peer", "bandwidth", "index", "log"]);
    expect(config.peer).toMatchObject({ capacity: 500e9, reserve: { percent: 5 } });
    expect(config.bandwidth?.schedule).toHaveLength(1);
    for (const line of taken.split("\n")) expect(line.length).toBeLessThanOrEqual(100);
  });
});

describe("the README", () => {
  it("shows settings that are right", async () => {
    const readme = await readFile(new URL("../README.md", import.meta.url), "utf8");
    const [, toml = ""] = /```toml\n(.+?)```/su.exec(readme) ?? [];
    expect(parseConfig(toml).bandwidth?.schedule).toHaveLength(1);
  });
});

describe("readConfig", () => {
  let home: string;
  beforeEach(async () => {
    home = await mkdtemp(join(tmpdir(), "goliath-config-"));
  });
  afterEach(() => rm(home, { recursive: true }));

  const read = (option?: string) => readConfig({ home, cwd: home, option });

  it("needs no file in the home, but the one that an option names", async () => {
    expect(await read()).toEqual({});
    await expect(read("other.toml")).rejects.toMatchObject({ code: "not-found" });
    await writeFile(join(home, "other.toml"), "[log]\nlevel = 'warn'");
    expect(await read("other.toml")).toEqual({ log: { level: "warn" } });
  });

  it("says which file is wrong", async () => {
    await writeFile(join(home, "config.toml"), "[peer]\nnam = 'x'\n");
    await expect(read()).rejects.toMatchObject({
      code: "bad-request",
      message: `${join(home, "config.toml")} line 2: peer.nam: no such setting; known in [peer]: name, join, listen, announce, mdns, capacity, reserve, scrub, labels, metrics, http, http-names, http-password-file, http-cert, http-key`,
    });
  });

  it("refuses a file of a size that nobody wrote", async () => {
    await writeFile(join(home, "config.toml"), `#${"x".repeat(64 * 1024)}`);
    await expect(read()).rejects.toMatchObject({ code: "too-large" });
  });
});
