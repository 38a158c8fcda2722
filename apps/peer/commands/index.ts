/** `goliath index start`, `stop`, `backup`, `restore`, `check` */
import { resolve } from "node:path";
import { Command } from "commander";
import { GoliathError } from "@goliath/protocols/nouns";
import { formatHome, homeOption } from "../arguments/home.ts";
import type { Cli, Run } from "../cli.ts";
import { createCommand } from "../command.ts";
import type { IndexReady } from "../daemon/daemons.ts";
import { printable } from "../output/printable.ts";
import { formatMany } from "../output/show.ts";
import { addDaemonOptions, given, settleDaemon, type DaemonOptions } from "./daemon-options.ts";
import { runDaemon } from "./run-daemon.ts";

export function indexCommand(cli: Cli): Command {
  return new Command("index")
    .summary("Run the index of a drive on this machine")
    .description(
      "Runs the index: the drive's names and manifests, where its bytes are, and who may use it.",
    )
    .addCommand(startCommand(cli))
    .addCommand(stopCommand(cli))
    .addCommand(backupCommand(cli))
    .addCommand(restoreCommand(cli))
    .addCommand(checkCommand(cli));
}

function startCommand(cli: Cli): Command {
  const command = createCommand("start", {
    summary: "Start the index of this home, in the foreground",
    description:
      "Starts the index and runs until Ctrl-C or `goliath index stop`. The first start in a home makes a new " +
      "drive. All of these can stand in config.toml in the home (`goliath config default` prints one); options " +
      "beat it. Logs go to stderr.",
    prints:
      "The drive's link and what to do with it, once it serves.\n--json: one line once it serves: ready, peerId, listen, link, metrics where they are served.",
    examples: [
      "goliath index start",
      "goliath index start --home /srv/index --listen /ip4/0.0.0.0/tcp/4600",
    ],
    exits: ["conflict", "full"],
  });
  return addDaemonOptions(command).action((options: DaemonOptions, self: Command) =>
    cli.run(self, (run) => start(run, options)),
  );
}

async function start(run: Run, options: DaemonOptions): Promise<void> {
  const { ambient, home } = run;
  const { config, log, common } = await settleDaemon(run, { role: "index", options });
  const { grace } = config.index ?? {};
  await runDaemon(run, {
    start: () => ambient.daemons.startIndex({ ...common, log, ...given({ graceMs: grace }) }),
    greet: (ready) => greet(ready, home),
  });
}

function greet({ peerId, listen, link, metrics }: IndexReady, home: string): string[] {
  return [
    `Index ${peerId} serves from ${formatHome(home)}.`,
    ...listen.map((address) => `Listening on ${address}`),
    ...(metrics === undefined ? [] : [`Metrics at ${metrics}/metrics`]),
    "",
    "The drive's link, which names it and admits nobody:",
    `  ${link}`,
    "",
    "In another terminal, make a link that lets a machine in, another for each:",
    `  goliath invite --role writer${homeOption(home)}`,
    "and on that machine:",
    "  goliath peer start --join LINK",
    "Ctrl-C stops it.",
  ];
}

function stopCommand(cli: Cli): Command {
  return createCommand("stop", {
    summary: "Stop the index of this home",
    prints: "Nothing.\n--json: {}",
    examples: ["goliath index stop"],
  }).action((_options: object, self: Command) =>
    cli.run(self, async ({ daemon, out }) => out.result(await daemon.index("stop", {}), () => [])),
  );
}

function backupCommand(cli: Cli): Command {
  return createCommand("backup", {
    summary: "Write a backup of the index while it runs",
    description:
      "Writes all that the index knows, as of one revision, into a file. It holds no file bytes of the drive.",
    prints: "Where the backup is.\n--json: an object.",
    examples: ["goliath index backup /backups/index-2026-11-23"],
    exits: ["conflict", "full"],
  })
    .argument("<to>", "where to write it; must not exist")
    .action((to: string, _options: object, self: Command) =>
      cli.run(self, async ({ daemon, out, ambient }) => {
        const target = resolve(ambient.cwd, to);
        await out.result(await daemon.index("backup", { to: target }), () => [printable(target)]);
      }),
    );
}

function restoreCommand(cli: Cli): Command {
  return createCommand("restore", {
    summary: "Put a backup in place of the index",
    description:
      "Restores a backup into this home; the index must not run. A restored index starts a new generation: " +
      "mirrors compare before they believe it, and delete nothing meanwhile.",
    prints: "The generation and revision.\n--json: an object with generation and revision.",
    examples: ["goliath index restore /backups/index-2026-11-23 --home /srv/index"],
    exits: ["not-found", "conflict", "full"],
  })
    .argument("<from>", "a backup")
    .action((from: string, _options: object, self: Command) =>
      cli.run(self, async ({ home, out, ambient }) => {
        const restored = await ambient.daemons.restoreIndex({
          home,
          from: resolve(ambient.cwd, from),
        });
        await out.result(restored, ({ generation, revision }) => [
          `generation ${generation}, revision ${revision}`,
        ]);
      }),
    );
}

function checkCommand(cli: Cli): Command {
  return createCommand("check", {
    summary: "Check that the index's store is whole",
    prints: "A line per problem.\n--json: an object with problems.",
    examples: ["goliath index check"],
    exits: ["fault"],
  }).action((_options: object, self: Command) =>
    cli.run(self, async ({ daemon, out }) => {
      const report = await daemon.index("check", {});
      await out.result(report, ({ problems }) => problems.map(printable));
      if (report.problems.length === 0) return out.note("No problems.");
      throw new GoliathError(
        "corrupt",
        `the store has ${formatMany(report.problems.length, "problem")}`,
      );
    }),
  );
}
