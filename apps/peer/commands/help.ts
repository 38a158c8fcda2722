/** `goliath help`, with topics that are of no one command */
import type { Command } from "commander";
import { GoliathError } from "@goliath/protocols/nouns";
import type { Cli } from "../cli.ts";
import { createCommand } from "../command.ts";
import { exitCodesHelp } from "../failure/exit-codes.ts";

const PATHS_HELP = `Paths of the drive start with / and use / between names, on every system:

  /data/genome.fa        as it is now
  /data/genome.fa@17     as it was in revision 17 (goliath log lists them)
  /report@@2024          what is called report@2024: only an @ before digits at the very end
                         means a revision; doubled it is a letter of the name
  /report@2024@17        the same, in revision 17

A / at the end is ignored, but for put and mv: there it means "into this directory, under its own
name". Names are kept as they are given: letter case and accents matter. A name has at most 255
bytes and no control characters, a path at most 4096 bytes and 128 names.
`;

/** What is no command but can be read about. */
export const HELP_TOPICS: Readonly<Record<string, () => string>> = {
  "exit-codes": exitCodesHelp,
  paths: () => PATHS_HELP,
};

export function helpCommand(cli: Cli): Command {
  return createCommand("help", {
    summary: "Explain a command, or a topic: exit-codes, paths",
    prints: "The explanation.",
    examples: ["goliath help mirror", "goliath help exit-codes", "goliath help paths"],
    exits: ["not-found"],
  })
    .argument("[topic...]", "a command or a topic")
    .action((words: string[], _options: object, self: Command) =>
      cli.run(self, async ({ out }) => out.write(explain(words, rootOf(self)))),
    );
}

function explain(words: readonly string[], root: Command): string {
  const topic = HELP_TOPICS[words.join(" ")];
  if (topic) return topic();
  let command = root;
  for (const word of words) {
    const next = command.commands.find((candidate) => candidate.name() === word);
    if (!next)
      throw new GoliathError(
        "not-found",
        `no command or topic is called "${words.join(" ")}": see \`goliath help\``,
      );
    command = next;
  }
  return helpText(command);
}

/** What `--help` prints. */
export function helpText(command: Command): string {
  let text = "";
  command.configureOutput({ writeOut: (part) => (text += part) }).outputHelp();
  return text;
}

function rootOf(command: Command): Command {
  return command.parent ? rootOf(command.parent) : command;
}
