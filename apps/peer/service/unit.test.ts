import { execFileSync, spawnSync } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { formatUnit, type UnitInit } from "./unit.ts";

const PLAIN: UnitInit = {
  role: "peer",
  scope: "system",
  command: ["/opt/node", "/opt/goliath.js", "peer", "start", "--home", "/srv/seed"],
  home: "/srv/seed",
  writable: ["/srv/mirrors"],
  user: "seed",
};
/** What a shell, a unit file and a person all stumble over. */
const ODD = `/srv/50% off $HOME "quoted" 'it' \\ back`;

/** Fetching one package, with what it needs. */
const INSTALL_TIMEOUT_MS = 180_000;

/** Why systemd cannot be asked; undefined when it can. Fetched where that is possible. */
function whyNoSystemd(): string | undefined {
  const isThere = (): boolean => spawnSync("systemd-analyze", ["--version"]).status === 0;
  if (process.platform !== "linux") return "systemd is Linux's";
  if (!isThere() && process.getuid?.() === 0) {
    const timeout = INSTALL_TIMEOUT_MS;
    spawnSync("apt-get", ["install", "-y", "systemd"], { timeout, stdio: "ignore" });
  }
  return isThere() ? undefined : "systemd-analyze is missing: apt-get install systemd";
}

/** Without it the text of the units is compared alone. */
const reason = whyNoSystemd();
const why = reason ? `: ${reason}` : "";
const itWithSystemd = it.skipIf(reason !== undefined);

describe("formatUnit", () => {
  it("lets a system unit write its home and what it was told, and nothing else", () => {
    expect(formatUnit(PLAIN)).toMatchInlineSnapshot(`
      "# Written by \`goliath service install peer\`, which writes it anew; put changes of your own into a
      # drop-in (systemctl edit).
      [Unit]
      Description=Goliath peer in /srv/seed
      Wants=network-online.target
      After=network-online.target

      [Service]
      Type=exec
      ExecStart=/opt/node /opt/goliath.js peer start --home /srv/seed
      User=seed
      Environment=NODE_COMPILE_CACHE=/srv/seed/compiled
      Restart=on-failure
      RestartSec=10
      RestartPreventExitStatus=2 4
      KillMode=mixed
      TimeoutStopSec=45
      LimitNOFILE=65536
      NoNewPrivileges=yes
      LockPersonality=yes
      RestrictRealtime=yes
      RestrictSUIDSGID=yes
      RestrictNamespaces=yes
      RestrictAddressFamilies=AF_UNIX AF_INET AF_INET6 AF_NETLINK
      SystemCallArchitectures=native
      SystemCallFilter=@system-service
      SystemCallErrorNumber=EPERM
      ProtectSystem=strict
      PrivateDevices=yes
      ProtectClock=yes
      ProtectControlGroups=yes
      ProtectHostname=yes
      ProtectKernelLogs=yes
      ProtectKernelModules=yes
      ProtectKernelTunables=yes
      CapabilityBoundingSet=
      ReadWritePaths=-/srv/seed
      ReadWritePaths=-/srv/mirrors

      [Install]
      WantedBy=multi-user.target
      "
    `);
  });

  it("asks of a user's manager nothing that it may be unable to do", () => {
    const unit = formatUnit({ ...PLAIN, scope: "user" });
    expect(unit).toContain("NoNewPrivileges=yes");
    expect(unit).toContain("WantedBy=default.target");
    expect(unit).not.toMatch(/^(User|Protect|Private|ReadWritePaths|Capability|After)/mu);
  });

  it("lets root read what it shares", () => {
    expect(formatUnit({ ...PLAIN, user: "root" })).toContain(
      "CapabilityBoundingSet=CAP_DAC_OVERRIDE CAP_FOWNER CAP_CHOWN\n",
    );
  });
});

describe(`systemd-analyze verify${why}`, () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "goliath-unit-"));
  });
  afterEach(() => rm(folder, { recursive: true }));

  /** What systemd finds wrong. */
  async function verify(init: UnitInit): Promise<string> {
    const file = join(folder, "goliath-peer.service");
    await writeFile(file, formatUnit(init));
    const words = ["verify", "--man=no", ...(init.scope === "user" ? ["--user"] : []), file];
    const env = { ...process.env, XDG_RUNTIME_DIR: folder };
    const { stdout, stderr } = spawnSync("systemd-analyze", words, { encoding: "utf8", env });
    return stdout + stderr;
  }

  const real = { ...PLAIN, command: [process.execPath, ...PLAIN.command.slice(1)], user: "root" };

  itWithSystemd("finds nothing wrong with a system unit", async () => {
    expect(await verify(real)).toBe("");
    expect(await verify({ ...real, role: "index" })).toBe("");
  });

  itWithSystemd("finds nothing wrong with a user's unit", async () => {
    expect(await verify({ ...real, scope: "user" })).toBe("");
  });

  itWithSystemd("finds nothing wrong with odd paths", async () => {
    const command = [...real.command.slice(0, -1), ODD];
    expect(await verify({ ...real, command, home: ODD, writable: [ODD] })).toBe("");
  });

  itWithSystemd("finds what is wrong where something is", async () => {
    expect(await verify({ ...real, command: ["not-absolute", "%j%"] })).not.toBe("");
  });

  itWithSystemd("rates a system unit's exposure as low", async () => {
    const file = join(folder, "goliath-peer.service");
    await writeFile(file, formatUnit({ ...real, user: "daemon" }));
    const words = ["security", "--offline=yes", "--no-pager", file];
    const rated = execFileSync("systemd-analyze", words, { encoding: "utf8" });
    const exposure = Number(/Overall exposure level for .*: ([\d.]+)/u.exec(rated)?.[1]);
    expect(exposure).toBeLessThan(4);
  });
});
