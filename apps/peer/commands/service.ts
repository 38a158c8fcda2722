/** `goliath service install`, `uninstall`, `status` */
import { mkdir, rm, stat, writeFile } from "node:fs/promises";
import { homedir, tmpdir, userInfo } from "node:os";
import { dirname, join, resolve, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { Argument, Command } from "commander";
import { controlSocketPath } from "@goliath/kit";
import { GoliathError } from "@goliath/protocols/nouns";
import { defaultHome } from "../arguments/home.ts";
import type { Cli, Run } from "../cli.ts";
import { createCommand, gather } from "../command.ts";
import type { DaemonRole } from "../daemon/daemon-client.ts";
import { printable } from "../output/printable.ts";
import { formatUnit, type UnitInit } from "../service/unit.ts";

const LAUNCHER = fileURLToPath(new URL("../goliath.js", import.meta.url));
const SYSTEM_UNITS = "/etc/systemd/system";

interface ServiceOptions {
  system: boolean;
}

interface InstallOptions extends ServiceOptions {
  user?: string;
  writable?: string[];
  print: boolean;
}

export function serviceCommand(cli: Cli): Command {
  return new Command("service")
    .summary("Let systemd run a daemon")
    .description(
      "Lets systemd run the peer or the index of a home, as your user, at every start of the machine.",
    )
    .addCommand(installCommand(cli))
    .addCommand(uninstallCommand(cli))
    .addCommand(statusCommand(cli));
}

function installCommand(cli: Cli): Command {
  return createCommand("install", {
    summary: "Write the unit of a daemon, and start it",
    description:
      "Writes a systemd unit for the daemon of this home, starts it, and lets it start with the machine (a user's " +
      "own unit: with your login, or with the machine after `loginctl enable-linger`). A peer must have joined " +
      "before, or have its link in config.toml. A --system unit may write its home and what --writable names, and " +
      "nothing else: name the folders that mirrors are to fill.",
    prints: "The unit's file.\n--json: an object with unit, file and text.",
    examples: [
      "goliath service install peer",
      "sudo goliath service install peer --system --home /srv/seed --writable /srv/mirrors",
      "goliath service install index --print",
    ],
    exits: ["unavailable"],
  })
    .addArgument(roleArgument())
    .option("--system", "a unit of the system instead of your own; needs root", false)
    .option("--user <name>", "who a --system unit runs as; you, or who called sudo, by default")
    .option("--writable <folder>", "what a --system unit may write; may be repeated", gather)
    .option("--print", "print the unit and do nothing", false)
    .action((role: DaemonRole, options: InstallOptions, self: Command) =>
      cli.run(self, (run) => install(run, { role, options })),
    );
}

function uninstallCommand(cli: Cli): Command {
  return createCommand("uninstall", {
    summary: "Stop a daemon and take its unit away",
    description: "Stops the daemon and takes its unit away. The home and all it holds stay.",
    prints: "Nothing.\n--json: an object with unit and file.",
    examples: ["goliath service uninstall peer"],
    exits: ["not-found", "unavailable"],
  })
    .addArgument(roleArgument())
    .option("--system", "the unit of the system", false)
    .action((role: DaemonRole, { system }: ServiceOptions, self: Command) =>
      cli.run(self, async (run) => {
        const place = placeOf(run, { role, system });
        await requireManager(run, { role });
        await requireUnit(place);
        await run.ambient.services.control([...place.scope, "disable", "--now", place.unit]);
        await rm(place.file);
        await run.ambient.services.control([...place.scope, "daemon-reload"]);
        await run.out.result({ unit: place.unit, file: place.file }, () => []);
      }),
    );
}

function statusCommand(cli: Cli): Command {
  return createCommand("status", {
    summary: "Show whether systemd runs a daemon",
    description:
      "Shows whether the daemon's unit is there, runs, and starts with the machine. `goliath status` shows what the " +
      "daemon does, `journalctl` what it logged.",
    prints: "Facts by name.\n--json: an object with unit, file, active and enabled.",
    examples: ["goliath service status peer"],
    exits: ["not-found", "unavailable"],
  })
    .addArgument(roleArgument())
    .option("--system", "the unit of the system", false)
    .action((role: DaemonRole, { system }: ServiceOptions, self: Command) =>
      cli.run(self, async (run) => {
        const place = placeOf(run, { role, system });
        await requireManager(run, { role });
        await requireUnit(place);
        const ask = ["show", "--value", "--property=ActiveState", "--property=UnitFileState"];
        const said = await run.ambient.services.control([...place.scope, ...ask, place.unit]);
        const [active = "unknown", enabled = "unknown"] = said.split("\n").filter(Boolean);
        const { unit, file } = place;
        await run.out.result({ unit, file, active, enabled }, () =>
          [`unit     ${unit}`, `file     ${file}`, `active   ${active}`, `enabled  ${enabled}`].map(
            printable,
          ),
        );
      }),
    );
}

function roleArgument(): Argument {
  return new Argument("<daemon>", "which daemon of this home").choices(["peer", "index"]);
}

async function install(
  run: Run,
  { role, options }: { role: DaemonRole; options: InstallOptions },
): Promise<void> {
  const { ambient, out } = run;
  const place = placeOf(run, { role, system: options.system });
  const text = formatUnit(unitOf(run, { role, options }));
  if (options.print)
    return out.result({ unit: place.unit, file: place.file, text }, () => [text.trimEnd()]);
  await requireManager(run, { role });
  await mkdir(dirname(place.file), { recursive: true });
  await writeFile(place.file, text);
  await ambient.services.control([...place.scope, "daemon-reload"]);
  await ambient.services.control([...place.scope, "enable", "--now", place.unit]);
  await out.result({ unit: place.unit, file: place.file, text }, () => [printable(place.file)]);
  if (options.system) out.note(`Its log: journalctl -u ${place.unit}`);
  else {
    out.note(`Its log: journalctl --user -u ${place.unit}`);
    out.note("It ends with your last login, unless you call `loginctl enable-linger` once.");
  }
}

function unitOf(
  { ambient, home }: Run,
  { role, options }: { role: DaemonRole; options: InstallOptions },
): UnitInit {
  const socket = controlSocketPath(home, role);
  const user = options.user ?? ambient.env["SUDO_USER"] ?? userInfo().username;
  return {
    role,
    scope: options.system ? "system" : "user",
    command: [process.execPath, LAUNCHER, role, "start", "--home", home],
    home,
    user,
    writable: [
      ...(options.writable ?? []).map((folder) => resolve(ambient.cwd, folder)),
      // A home of a long name has its socket there.
      ...(socket.startsWith(home + sep) ? [] : [tmpdir()]),
    ],
  };
}

interface UnitPlace {
  unit: string;
  file: string;
  /** What `systemctl` is told first. */
  scope: string[];
}

/** A home that is not the default one has its path in the unit's name: each has its own. */
function placeOf(
  { ambient, home }: Run,
  { role, system }: { role: DaemonRole; system: boolean },
): UnitPlace {
  const slug = home === defaultHome() ? "" : home.replaceAll(/[^A-Za-z0-9]+/gu, "-");
  const unit = `goliath-${role}${slug}.service`;
  const settings = ambient.env["XDG_CONFIG_HOME"] ?? join(homedir(), ".config");
  const folder = system ? SYSTEM_UNITS : join(settings, "systemd/user");
  return { unit, file: join(folder, unit), scope: system ? [] : ["--user"] };
}

async function requireManager({ ambient }: Run, { role }: { role: DaemonRole }): Promise<void> {
  if (await ambient.services.isThere()) return;
  const message =
    `systemd does not run this machine: let what starts services here run \`goliath ${role} start\`; ` +
    `\`goliath service install ${role} --print\` shows what a unit would say`;
  throw new GoliathError("unsupported", message, { about: { service: "systemd" } });
}

async function requireUnit({ file }: UnitPlace): Promise<void> {
  const isThere = await stat(file).then(
    () => true,
    () => false,
  );
  if (isThere) return;
  const message = `there is no unit at ${file}: \`goliath service install\` writes one`;
  throw new GoliathError("not-found", message, { about: { service: file } });
}
