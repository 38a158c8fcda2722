/** `goliath stat` */
import type { EntryView } from "@goliath/peer/control";
import type { Command } from "commander";
import { GoliathError } from "@goliath/protocols/nouns";
import {
  formatPathArgument,
  parsePathArgument,
  type PathArgument,
} from "../arguments/path-argument.ts";
import type { Cli, Run } from "../cli.ts";
import { argument, createCommand } from "../command.ts";
import { printable } from "../output/printable.ts";

export function statCommand(cli: Cli): Command {
  return createCommand("stat", {
    summary: "Show what stands at a path",
    prints:
      "Facts by name: kind, size, times, revision, chunks and digest.\n--json: an object with revision and entry.",
    examples: ["goliath stat /data/genome.fa", "goliath stat /data/genome.fa@17"],
    exits: ["not-found", "unavailable"],
  })
    .argument("</path>", "a file or directory", argument(parsePathArgument))
    .action((path: PathArgument, _options: object, self: Command) =>
      cli.run(self, (run) => stat(run, path)),
    );
}

async function stat(run: Run, { path, at }: PathArgument): Promise<void> {
  const { revision, entry } = await run.daemon.peer("resolve", { path, at });
  if (!entry)
    throw new GoliathError("not-found", `nothing is at ${path} in revision ${revision}`, {
      about: { path },
    });
  const asked = formatPathArgument({ path, at: revision });
  await run.out.result({ revision, entry }, () => lines(asked, { entry, run }));
}

function lines(asked: string, { entry, run }: { entry: EntryView; run: Run }): string[] {
  const { show } = run.out;
  const facts: [string, string | undefined][] = [
    ["path", asked],
    ["kind", entry.kind === "dir" ? "directory" : entry.executable ? "file, executable" : "file"],
    ["size", optional(entry.size ?? entry.bytes, show.bytes)],
    ["files", optional(entry.files, show.count)],
    ["modified", optional(entry.mtimeMs, show.time)],
    ["since", `revision ${entry.revision}`],
    ["chunks", optional(entry.chunks, show.count)],
    ["digest", entry.root],
  ];
  return facts.flatMap(([name, value]) =>
    value === undefined ? [] : [printable(`${name.padEnd(8)}  ${value}`)],
  );
}

function optional(
  value: number | undefined,
  format: (value: number) => string,
): string | undefined {
  return value === undefined ? undefined : format(value);
}
