import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir, userInfo } from "node:os";
import { join } from "node:path";
import { GoliathError } from "@goliath/protocols/nouns";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { runGoliath, type Ended } from "../testing/test-ambient.ts";

const HOME = "/srv/seed";
const UNIT = "goliath-peer-srv-seed.service";

let folder: string;
let file: string;
/** What systemctl was told. */
let told: string[];
let answer: string | GoliathError;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "goliath-service-"));
  file = join(folder, "systemd/user", UNIT);
  [told, answer] = [[], ""];
});
afterEach(() => rm(folder, { recursive: true }));

function run(words: string, { systemd = true } = {}): Promise<Ended> {
  return runGoliath(words.split(" "), {
    home: HOME,
    env: { GOLIATH_HOME: HOME, XDG_CONFIG_HOME: folder },
    services: {
      isThere: async () => systemd,
      control: async (asked) => {
        told.push(asked.join(" "));
        if (answer instanceof GoliathError) throw answer;
        return answer;
      },
    },
  });
}

describe("goliath service", () => {
  it("installs a unit of the user's own that starts this very program, and takes it away", async () => {
    const installed = await run("service install peer");
    expect(installed).toMatchObject({ exitCode: 0, stdout: `${file}\n` });
    expect(installed.stderr).toContain("loginctl enable-linger");
    const unit = await readFile(file, "utf8");
    expect(unit).toContain(`ExecStart=${process.execPath} `);
    expect(unit).toContain(`/apps/peer/goliath.js peer start --home ${HOME}\n`);
    expect(told).toEqual(["--user daemon-reload", `--user enable --now ${UNIT}`]);
    answer = "active\nenabled\n";
    expect((await run("service status peer")).stdout).toBe(
      `unit     ${UNIT}\nfile     ${file}\nactive   active\nenabled  enabled\n`,
    );
    told = [];
    expect((await run("service uninstall peer")).exitCode).toBe(0);
    expect(told).toEqual([`--user disable --now ${UNIT}`, "--user daemon-reload"]);
    await expect(readFile(file)).rejects.toMatchObject({ code: "ENOENT" });
    expect(await run("service uninstall peer")).toMatchObject({ exitCode: 3 });
    expect(await run("service status peer")).toMatchObject({ exitCode: 3 });
  });

  it("prints a unit without systemd, and does nothing then", async () => {
    const words = "service install index --system --print --writable mirrors";
    const printed = await run(words, { systemd: false });
    expect(printed.stdout).toContain(
      "ReadWritePaths=-/srv/seed\nReadWritePaths=-/srv/seed/mirrors\n",
    );
    expect(printed.stdout).toContain(`User=${userInfo().username}\n`);
    expect(told).toEqual([]);
  });

  it("says what to do where there is no systemd, and what systemd said where it refused", async () => {
    const none = await run("service install peer", { systemd: false });
    expect(none.exitCode).not.toBe(0);
    expect(none.stderr).toContain("let what starts services here run `goliath peer start`");
    answer = new GoliathError("unavailable", "`systemctl --user daemon-reload` failed: no bus", {
      about: { service: "systemd" },
    });
    expect((await run("service install peer")).stderr).toContain("no bus");
  });
});
