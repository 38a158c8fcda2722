/** The `goliath` command: all commands under one name. */
import { Command, Help } from "commander";
import { Cli } from "./cli.ts";
import type { Ambient } from "./ambient.ts";
import { catCommand, getCommand } from "./commands/cat.ts";
import { mkdirCommand, mvCommand, restoreCommand, rmCommand } from "./commands/changes.ts";
import { completionCommand } from "./commands/completion.ts";
import { configCommand } from "./commands/config.ts";
import { copiesCommand } from "./commands/copies.ts";
import { duCommand, findCommand } from "./commands/find.ts";
import { helpCommand } from "./commands/help.ts";
import { indexCommand } from "./commands/index.ts";
import { appendCommand, tailCommand } from "./commands/journal.ts";
import { limitsCommand } from "./commands/limits.ts";
import { logCommand } from "./commands/log.ts";
import { lsCommand } from "./commands/ls.ts";
import { inviteCommand, membersCommand, revokeCommand } from "./commands/members.ts";
import { mirrorCommand, unmirrorCommand } from "./commands/mirror.ts";
import { peerCommand } from "./commands/peer.ts";
import { peersCommand } from "./commands/peers.ts";
import { putCommand } from "./commands/put.ts";
import { searchCommand } from "./commands/search.ts";
import { serviceCommand } from "./commands/service.ts";
import { shareCommand, unshareCommand } from "./commands/share.ts";
import { statCommand } from "./commands/stat.ts";
import { statusCommand } from "./commands/status.ts";
import { webCommand } from "./commands/web.ts";
import manifest from "./package.json" with { type: "json" };

const GROUPS: Readonly<Record<string, readonly ((cli: Cli) => Command)[]>> = {
  "Daemons:": [indexCommand, peerCommand, configCommand, limitsCommand, webCommand, serviceCommand],
  "Look:": [
    statusCommand,
    peersCommand,
    lsCommand,
    statCommand,
    findCommand,
    searchCommand,
    duCommand,
    logCommand,
  ],
  "Read and write:": [
    catCommand,
    getCommand,
    putCommand,
    mkdirCommand,
    mvCommand,
    rmCommand,
    restoreCommand,
    appendCommand,
    tailCommand,
  ],
  "Folders:": [shareCommand, unshareCommand, mirrorCommand, unmirrorCommand, copiesCommand],
  "Members:": [inviteCommand, membersCommand, revokeCommand],
  "Help:": [helpCommand, completionCommand],
};

/** Letters a line of help has where the terminal does not say. */
const HELP_COLUMNS = 100;

export function createProgram(ambient: Ambient): Command {
  const cli = new Cli(ambient);
  const program = new Command("goliath")
    .description(
      "A peer-to-peer share drive with a central index: one tree, held by those who use it.",
    )
    .version(manifest.version, "-V, --version", "print the version")
    .option("--home <dir>", "the daemon's folder (default: $GOLIATH_HOME or ~/.goliath)")
    .option("--json", "print JSON for programs")
    .helpCommand(false)
    .addHelpText(
      "after",
      "\nRun `goliath help COMMAND` for what a command does, prints and exits with.",
    );
  for (const [heading, factories] of Object.entries(GROUPS)) {
    for (const create of factories) program.addCommand(create(cli).helpGroup(heading));
  }
  prepare(program, ambient);
  return program;
}

/** The same manners for every command: errors are thrown, help is sent where results go. */
function prepare(command: Command, ambient: Ambient): void {
  command
    .exitOverride()
    .helpOption("-h, --help", "explain this command")
    .configureHelp({
      showGlobalOptions: command.parent !== null,
      // That an option is off until it is given need not be said.
      optionDescription: (option) =>
        option.defaultValue === false ? option.description : new Help().optionDescription(option),
    })
    .configureOutput({
      writeOut: (text) => void ambient.stdout.write(text),
      writeErr: (text) => void ambient.stderr.write(text),
      // Reported once, by whoever catches the error.
      outputError: () => undefined,
      getOutHelpWidth: () => HELP_COLUMNS,
      getErrHelpWidth: () => HELP_COLUMNS,
    });
  for (const child of command.commands) prepare(child, ambient);
}
