/** `goliath mkdir`, `mv`, `rm`, `restore` */
import type { Command } from "commander";
import { GoliathError } from "@goliath/protocols/nouns";
import { parsePathArgument, parsePathNow, type PathArgument } from "../arguments/path-argument.ts";
import type { Cli } from "../cli.ts";
import { argument, createCommand } from "../command.ts";

const PRINTS = "The revision that has the change.\n--json: an object with revision.";
const EXITS = ["not-found", "refused", "conflict", "unavailable"] as const;

const lines = ({ revision }: { revision: number }) => [`revision ${revision}`];

export function mkdirCommand(cli: Cli): Command {
  return createCommand("mkdir", {
    summary: "Make a directory",
    description: "Makes a directory and those above it. One that is there already is left alone.",
    prints: PRINTS,
    examples: ["goliath mkdir /data/2026"],
    exits: EXITS,
  })
    .argument("</path>", "the new directory", argument(parsePathNow))
    .action(({ path }: PathArgument, _options: object, self: Command) =>
      cli.run(self, async ({ daemon, out }) =>
        out.result(await daemon.peer("mkdir", { path }), lines),
      ),
    );
}

export function mvCommand(cli: Cli): Command {
  return createCommand("mv", {
    summary: "Rename or move a file or directory",
    description: "Gives a file or directory another name or place, as one commit. No bytes move.",
    prints: PRINTS,
    examples: ["goliath mv /data/old /data/new", "goliath mv /data/genome.fa /archive/"],
    exits: EXITS,
  })
    .argument("</from>", "what is moved", argument(parsePathNow))
    .argument(
      "</to>",
      "where to; with / at its end, under its own name in this directory",
      argument(parsePathNow),
    )
    .action((from: PathArgument, to: PathArgument, _options: object, self: Command) =>
      cli.run(self, async ({ daemon, out }) => {
        const target = to.into
          ? `${to.path === "/" ? "" : to.path}${from.path.slice(from.path.lastIndexOf("/"))}`
          : to.path;
        await out.result(await daemon.peer("mv", { from: from.path, to: target }), lines);
      }),
    );
}

export function rmCommand(cli: Cli): Command {
  return createCommand("rm", {
    summary: "Remove a file, or a directory with all in it",
    description:
      "Removes a path from the drive as one commit. Older revisions keep it as long as the policy says.",
    prints: PRINTS,
    examples: ["goliath rm /data/notes.txt", "goliath rm -r /data/2024"],
    exits: EXITS,
  })
    .argument("</path>", "what is removed", argument(parsePathNow))
    .option("-r, --recursive", "also a directory, with all below it", false)
    .action(({ path }: PathArgument, { recursive }: { recursive: boolean }, self: Command) =>
      cli.run(self, async ({ daemon, out }) => {
        await out.result(await daemon.peer("rm", { path, recursive }), lines);
      }),
    );
}

export function restoreCommand(cli: Cli): Command {
  return createCommand("restore", {
    summary: "Bring back what a path was in an older revision",
    description:
      "Puts what stood at a path in a revision there again, or elsewhere, as a new commit. No bytes move.",
    prints: PRINTS,
    examples: ["goliath restore /data/notes.txt@17", "goliath restore /data@17 /data-as-it-was"],
    exits: EXITS,
  })
    .argument("</path@revision>", "what to bring back, and of when", argument(parsePathArgument))
    .argument("[/to]", "where to put it; where it was by default", argument(parsePathNow))
    .action(
      ({ path, at }: PathArgument, to: PathArgument | undefined, _options: object, self: Command) =>
        cli.run(self, async ({ daemon, out }) => {
          if (at === undefined)
            throw new GoliathError("bad-request", `say of which revision: ${path}@REVISION`);
          await out.result(await daemon.peer("restore", { path, at, to: to?.path }), lines);
        }),
    );
}
