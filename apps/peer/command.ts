/** How a command is declared, so that the help of all of them reads alike. */
import { Argument, Command, InvalidArgumentError } from "commander";
import { GoliathError, ROOT_PATH } from "@goliath/protocols/nouns";
import type { PathArgument } from "./arguments/path-argument.ts";
import { EXIT_CODES, type ExitReason } from "./failure/exit-codes.ts";

export interface CommandNotes {
  /** One line, in the list of commands. */
  summary: string;
  /** What it does, in a few sentences; the summary when absent. */
  description?: string;
  /** What it prints, and what `--json` prints. */
  prints: string;
  examples: readonly string[];
  /** The failures that are its own; fault, usage and no-daemon are every command's. */
  exits?: readonly ExitReason[];
}

export function createCommand(name: string, notes: CommandNotes): Command {
  const exits = (notes.exits ?? []).map((reason) => {
    const [code, meaning] = EXIT_CODES[reason];
    return `  ${code}  ${meaning}`;
  });
  const help = [
    "",
    "Prints:",
    ...notes.prints.split("\n").map((line) => `  ${line}`),
    "",
    notes.examples.length === 1 ? "Example:" : "Examples:",
    ...notes.examples.map((example) => `  ${example}`),
    "",
    "Exit codes (all of them: goliath help exit-codes):",
    `  0  ${EXIT_CODES.ok[1]}`,
    ...exits,
  ];
  return new Command(name)
    .summary(notes.summary)
    .description(notes.description ?? notes.summary)
    .addHelpText("after", help.join("\n"));
}

/** A parser for commander: what is wrong with a value is a matter of usage. */
export function argument<Value>(parse: (text: string) => Value): (text: string) => Value {
  return (text) => {
    try {
      return parse(text);
    } catch (thrown) {
      throw new InvalidArgumentError(GoliathError.from(thrown).message);
    }
  };
}

/** Gathers an option that may be given many times. */
export function gather(text: string, previous: string[] | undefined): string[] {
  return [...(previous ?? []), text];
}

/** A path argument that is the root when it is left out. */
export function optionalPath(description: string, parse: (text: string) => PathArgument): Argument {
  const root: PathArgument = { path: ROOT_PATH, into: false };
  return new Argument("[/path]", description).argParser(argument(parse)).default(root, "/");
}
