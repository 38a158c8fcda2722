/** `goliath log` */
import type { Command } from "commander";
import type { LogEntry } from "@goliath/protocols/index";
import { parsePathNow, type PathArgument } from "../arguments/path-argument.ts";
import { parseCount, parseWholeNumber } from "../arguments/whole-number.ts";
import type { Cli, Run } from "../cli.ts";
import { argument, createCommand } from "../command.ts";

const COLUMNS = [
  { title: "REV", right: true },
  { title: "WHEN" },
  { title: "WRITER" },
  { title: "CHANGES", right: true },
  { title: "WHAT" },
];
/** About a screen. */
const LIMIT_DEFAULT = 30;
/** Letters of a peer id that tell writers apart on a terminal. */
const WRITER_LETTERS = 12;

interface LogOptions {
  limit: number;
  before?: number;
  index: boolean;
}

export function logCommand(cli: Cli): Command {
  return createCommand("log", {
    summary: "Show what was committed, newest first",
    description:
      "Shows commits, of the whole drive or of what touched a path. Each can be read as /path@REVISION.",
    prints:
      "A row per commit: revision, time, writer, number of changes, the first change and the note.\n--json: an array.",
    examples: ["goliath log", "goliath log /data --limit 5", "goliath log --before 1200"],
    exits: ["unavailable"],
  })
    .argument(
      "[/path]",
      "only commits that touched this or something below it",
      argument(parsePathNow),
    )
    .option("--limit <n>", "at most this many", argument(parseCount), LIMIT_DEFAULT)
    .option("--before <revision>", "only commits older than this", argument(parseWholeNumber))
    .option("--index", "ask the index of this home, although a peer runs in it too", false)
    .action((path: PathArgument | undefined, options: LogOptions, self: Command) =>
      cli.run(self, async (run) => {
        const { limit, before, index } = options;
        const asked = { path: path?.path, limit, before };
        await run.out.result(await run.daemon.shared("log", asked, { index }), (all) =>
          rows(all, run),
        );
      }),
    );
}

function rows(all: readonly LogEntry[], { out }: Run): string[] {
  const writer = (id: string) => (out.human ? id.slice(-WRITER_LETTERS) : id);
  return out
    .table(COLUMNS)
    .lines(
      all.map((entry) => [
        String(entry.revision),
        out.show.time(entry.at),
        writer(entry.writer),
        out.show.count(entry.changes),
        entry.note === "" ? entry.summary : `${entry.summary}  ${entry.note}`,
      ]),
    );
}
