import type { Daemons, PeerReady, StartPeerOptions } from "../daemon/daemons.ts";
import { ManualClock } from "@goliath/kit";
import { GoliathError } from "@goliath/protocols/nouns";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { runGoliath } from "../testing/test-ambient.ts";
import { openTestHome } from "../testing/test-home.ts";

const HOME = "/nonexistent/home";
const ready = {
  ready: true,
  peerId: "12D3KooW",
  listen: ["/ip4/127.0.0.1/tcp/1/p2p/12D3KooW"],
} as const;

/** A daemon that runs until it is stopped. */
function idleDaemon<Ready extends PeerReady>(says: Ready) {
  const ended = Promise.withResolvers<void>();
  const stop = async () => ended.resolve();
  return { ready: says, closed: ended.promise, stop, [Symbol.asyncDispose]: stop };
}

function fakeDaemons(overrides: Partial<Daemons>): Daemons {
  const refuse = () => Promise.reject(new GoliathError("internal", "not in this test"));
  return { startIndex: refuse, startPeer: refuse, restoreIndex: refuse, ...overrides };
}

/** Interrupts as soon as somebody listens for it. */
const interruptSoon = (listener: () => void) => {
  setImmediate(listener);
  return () => undefined;
};

describe("goliath peer start", () => {
  it("starts with what the options say, prints when it is ready, and ends when interrupted", async () => {
    const asked: StartPeerOptions[] = [];
    const daemons = fakeDaemons({
      startPeer: async (options) => {
        asked.push(options);
        return idleDaemon({ ...ready, listen: [...ready.listen] });
      },
    });
    const words =
      "peer start --json --join goliath:x --listen /a --listen /b --capacity 500GB --name n --no-mdns";
    const ended = await runGoliath(words.split(" "), {
      home: HOME,
      daemons,
      onInterrupt: interruptSoon,
    });
    expect(ended).toMatchObject({ exitCode: 0, stderr: "" });
    expect(JSON.parse(ended.stdout)).toEqual(ready);
    expect(asked).toMatchObject([
      {
        home: HOME,
        join: "goliath:x",
        listen: ["/a", "/b"],
        capacityBytes: 500e9,
        name: "n",
        mdns: false,
      },
    ]);
  });

  it("leaves the daemon its own choices", async () => {
    const asked: StartPeerOptions[] = [];
    const daemons = fakeDaemons({
      startPeer: async (options) => {
        asked.push(options);
        return idleDaemon({ ...ready, listen: [...ready.listen] });
      },
    });
    const ended = await runGoliath(["peer", "start"], {
      home: HOME,
      daemons,
      onInterrupt: interruptSoon,
    });
    expect(ended.stdout).toContain(`goliath mirror /path FOLDER --home ${HOME}  keep`);
    expect(Object.keys(asked[0] ?? {}).toSorted()).toEqual([
      "home",
      "index",
      "log",
      "mdns",
      "name",
    ]);
    // Of an index that a page may make in this home: as the peer itself, no more said than that.
    expect(asked[0]?.index).toEqual({ mdns: true });
  });

  it("takes its settings from the file, which options beat", async () => {
    await using home = await openTestHome();
    const toml = `
      [peer]
      name = "file"
      capacity = "1GB"
      reserve = "5%"
      labels = ["region=eu"]
      mdns = false
      metrics = 9464
      [bandwidth]
      up = "1MB/s"
      [log]
      level = "error"`;
    await writeFile(join(home.home, "config.toml"), toml);
    const asked: StartPeerOptions[] = [];
    const daemons = fakeDaemons({
      startPeer: async (options) => {
        asked.push(options);
        options.log.warn("not to be seen");
        return idleDaemon({ ...ready, listen: [...ready.listen] });
      },
    });
    const init = { home: home.home, daemons, onInterrupt: interruptSoon };
    const fromFile = await runGoliath(["peer", "start", "--json"], init);
    const words =
      "peer start --json --name option --mdns --capacity 2GB --reserve 1GB --label a=b --label c=d " +
      "--metrics 0.0.0.0:1 --up 2MB/s --log-level warn --log-format text";
    const fromOptions = await runGoliath(words.split(" "), init);
    expect(asked).toMatchObject([
      {
        name: "file",
        capacityBytes: 1e9,
        reserve: { percent: 5 },
        labels: ["region=eu"],
        mdns: false,
        metrics: { host: "127.0.0.1", port: 9464 },
        bandwidth: { up: 1e6 },
      },
      {
        name: "option",
        capacityBytes: 2e9,
        reserve: { bytes: 1e9 },
        labels: ["a=b", "c=d"],
        mdns: true,
        metrics: { host: "0.0.0.0", port: 1 },
        bandwidth: { up: 1e6, schedule: [{ up: 2e6 }] },
      },
    ]);
    expect(fromFile).toMatchObject({ exitCode: 0, stderr: "" });
    expect(fromOptions.stderr).toBe("1970-01-01T00:00:00.000Z warn  peer: not to be seen\n");
  });

  it("starts nothing with settings that are wrong", async () => {
    await using home = await openTestHome();
    await writeFile(join(home.home, "config.toml"), '[peer]\n\ncapacity = "lots"\n');
    const ended = await runGoliath(["peer", "start"], { home: home.home });
    expect(ended.exitCode).toBe(2);
    expect(ended.stderr).toContain('config.toml line 3: peer.capacity: "lots" is no size');
    expect(ended.stderr).toContain("`goliath config default` prints every setting");
  });

  it("fails with why it could not start", async () => {
    const locked = () => Promise.reject(new GoliathError("locked", "another process already runs"));
    const ended = await runGoliath(["peer", "start"], {
      home: HOME,
      daemons: fakeDaemons({ startPeer: locked }),
    });
    expect(ended.exitCode).toBe(5);
    expect(ended.stderr).toContain("another process already runs");
  });

  it("fails with the fault the daemon died of", async () => {
    const startPeer = async () => ({
      ...idleDaemon({ ...ready, listen: [] }),
      closed: Promise.reject(new GoliathError("full", "the disk is full")),
    });
    const ended = await runGoliath(["peer", "start"], {
      home: HOME,
      daemons: fakeDaemons({ startPeer }),
    });
    expect(ended.exitCode).toBe(8);
  });
});

describe("a daemon that was asked to stop", () => {
  it("ends with the process when it has not ended by itself long after", async () => {
    const clock = new ManualClock();
    const stuck = {
      ...idleDaemon({ ...ready, listen: [] }),
      stop: () => new Promise<void>(() => undefined),
      [Symbol.asyncDispose]: () => new Promise<void>(() => undefined),
    };
    const startPeer = async () => stuck;
    const running = runGoliath(["peer", "start"], {
      home: HOME,
      clock,
      daemons: fakeDaemons({ startPeer }),
      onInterrupt: interruptSoon,
    });
    await clock.whenSleeping();
    await clock.advance(29_999);
    const early = await Promise.race([running, "still running"]);
    expect(early).toBe("still running");
    await clock.advance(1);
    const ended = await running;
    expect(ended).toMatchObject({ exitCode: 6 });
    expect(ended.stderr).toContain("not stopped after 30 seconds");
  });

  it("need not have started", async () => {
    const clock = new ManualClock();
    const running = runGoliath(["peer", "start"], {
      home: HOME,
      clock,
      daemons: fakeDaemons({ startPeer: () => new Promise(() => undefined) }),
      onInterrupt: interruptSoon,
    });
    await clock.whenSleeping();
    await clock.advance(30_000);
    expect((await running).exitCode).toBe(6);
    expect(clock.sleeping).toBe(0);
  });
});

describe("goliath index start", () => {
  it("tells a person the link and what to do next", async () => {
    const startIndex = async () =>
      idleDaemon({ ...ready, listen: [...ready.listen], link: "goliath:drive" });
    const ended = await runGoliath(["index", "start"], {
      home: HOME,
      daemons: fakeDaemons({ startIndex }),
      onInterrupt: interruptSoon,
    });
    expect(ended.exitCode).toBe(0);
    expect(ended.stdout).toContain("goliath:drive");
    // To be typed as it stands: this home is not where commands look by themselves.
    expect(ended.stdout).toContain(`goliath invite --role writer --home ${HOME}\n`);
  });
});

describe("goliath config", () => {
  it("prints a file that sets nothing, and checks the one that is there", async () => {
    await using home = await openTestHome();
    const run = (...words: string[]) => runGoliath(words, { home: home.home });
    const printed = await run("config", "default");
    expect(printed.stdout).toContain('#capacity = "500GB"\n');
    await writeFile(join(home.home, "config.toml"), printed.stdout);
    expect(await run("config", "check")).toMatchObject({
      exitCode: 0,
      stdout: "",
      stderr: `${join(home.home, "config.toml")} is right.\n`,
    });
    await writeFile(
      join(home.home, "config.toml"),
      '[peer]\njoin = "goliath:secret"\n[bandwidth]\nup = "unlimited"',
    );
    const checked = await run("config", "check");
    expect(checked.stdout).toBe('peer.join = "(a link)"\nbandwidth.up = "unlimited"\n');
    await writeFile(join(home.home, "config.toml"), "[peer]\nx = 1");
    expect((await run("config", "check")).exitCode).toBe(2);
  });
});

describe("goliath index restore", () => {
  it("restores from an absolute path", async () => {
    const asked: unknown[] = [];
    const daemons = fakeDaemons({
      restoreIndex: async (options) => {
        asked.push(options);
        return { generation: 2, revision: 7 };
      },
    });
    const ended = await runGoliath(["index", "restore", "b"], { home: HOME, cwd: "/w", daemons });
    expect(ended.stdout).toBe("generation 2, revision 7\n");
    expect(asked).toEqual([{ home: HOME, from: "/w/b" }]);
  });
});
