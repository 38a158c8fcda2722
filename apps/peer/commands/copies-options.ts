/** `--copies` and `--min-copies`, of every command that writes bytes. */
import type { Command } from "commander";
import { parseWholeNumber } from "../arguments/whole-number.ts";
import { argument } from "../command.ts";

export interface CopiesOptions {
  copies?: number;
  minCopies?: number;
}

export function withCopiesOptions(command: Command): Command {
  return command
    .option(
      "--copies <count>",
      "put it at this many keepers; it is the path's policy from then on",
      argument(parseWholeNumber),
    )
    .option(
      "--min-copies <count>",
      "this many must have it, else nothing is written; 1 by default",
      argument(parseWholeNumber),
    );
}
