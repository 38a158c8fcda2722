/** `goliath config default`, `goliath config check` */
import { Command } from "commander";
import type { Cli } from "../cli.ts";
import { createCommand } from "../command.ts";
import { defaultConfigFile } from "../config/default-file.ts";
import { configFile, readConfig } from "../config/read-config.ts";
import type { Config } from "../config/settings.ts";
import { printable } from "../output/printable.ts";

export function configCommand(cli: Cli): Command {
  return new Command("config")
    .summary("Explain and check the settings of the daemons")
    .description(
      "The settings of a home's daemons stand in config.toml in the home, read when they start.",
    )
    .addCommand(defaultCommand(cli))
    .addCommand(checkCommand(cli));
}

function defaultCommand(cli: Cli): Command {
  return createCommand("default", {
    summary: "Print a config.toml with every setting explained",
    description:
      "Prints a config.toml in which every setting is explained and none is set. Write it into the home, take " +
      "the # from what you want to set, and start the daemon again.",
    prints: "The file.\n--json: an object with toml.",
    examples: ["goliath config default > ~/.goliath/config.toml"],
  }).action((_options: object, self: Command) =>
    cli.run(self, async ({ out }) => {
      const toml = defaultConfigFile();
      await out.result({ toml }, () => toml.trimEnd().split("\n"));
    }),
  );
}

function checkCommand(cli: Cli): Command {
  return createCommand("check", {
    summary: "Check the settings as a start would read them",
    description:
      "Reads the settings as a start of a daemon would, and says the line and key of what is wrong.",
    prints:
      "What is set, sizes in bytes and rates in bytes a second.\n--json: the same as an object.",
    examples: ["goliath config check", "goliath config check --config ./new.toml"],
    exits: ["not-found"],
  })
    .option("--config <file>", "the file; config.toml in the home by default")
    .action(({ config: option }: { config?: string }, self: Command) =>
      cli.run(self, async ({ out, home, ambient }) => {
        const init = { home, cwd: ambient.cwd, option };
        const config = shown(await readConfig(init));
        await out.result(config, () => settingLines(config).map(printable));
        out.note(`${configFile(init)} is right.`);
      }),
    );
}

/** As JSON can tell it. A link that lets somebody in is shown to nobody. */
function shown(config: Config): unknown {
  const replace = (key: string, value: unknown): unknown => {
    if (key === "join") return "(a link)";
    return value === Number.POSITIVE_INFINITY ? "unlimited" : value;
  };
  return JSON.parse(JSON.stringify(config, replace));
}

/** `peer.capacity = 500000000000`, a line for each that is set. */
function settingLines(value: unknown, path = ""): string[] {
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    return [
      `${path} = ${value === Number.POSITIVE_INFINITY ? "unlimited" : JSON.stringify(value)}`,
    ];
  }
  const under = (key: string) => (path === "" ? key : `${path}.${key}`);
  return Object.entries(value).flatMap(([key, inner]) => settingLines(inner, under(key)));
}
