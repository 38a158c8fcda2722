/** `goliath search` */
import type { FoundEntry } from "@goliath/peer/control";
import { Option, type Command } from "commander";
import { parsePathNow, type PathArgument } from "../arguments/path-argument.ts";
import { parseCount } from "../arguments/whole-number.ts";
import type { Cli, Run } from "../cli.ts";
import { argument, createCommand } from "../command.ts";

const COLUMNS = [{ title: "SIZE", right: true }, { title: "MODIFIED" }, { title: "PATH" }];
/** About a screen. */
const LIMIT_DEFAULT = 30;

interface SearchOptions {
  under?: PathArgument;
  limit: number;
  dirs?: true;
  files?: true;
}

export function searchCommand(cli: Cli): Command {
  return createCommand("search", {
    summary: "Find names anywhere in the drive at once",
    description:
      "Finds files and directories by words in their names, in the whole drive as it is now, without " +
      "walking it. All words must match, in any order; upper case and accents make no difference. Words of " +
      "one or two letters match where a word of the name begins, longer ones anywhere. What stands before " +
      "a slash matches the directories: hg38/chr1. The best come first.",
    prints:
      "A row per entry: size, when it was modified, and the path; directories end in / and show what is\n" +
      "below them. Into a pipe: tabs, bytes and UTC.\n" +
      "--json: an object with entries (path, kind, size and mtimeMs or files and bytes), more, complete and\n" +
      "revision.",
    examples: [
      "goliath search annual report",
      "goliath search chr1 --under /genomes --files",
      "goliath search hg38/chr1",
    ],
    exits: ["not-found", "conflict", "unavailable"],
  })
    .argument("<text...>", "words of the name")
    .option("--under </path>", "only what lies below this directory", argument(parsePathNow))
    .option("--limit <n>", "at most this many, up to 200", argument(parseCount), LIMIT_DEFAULT)
    .addOption(new Option("--dirs", "only directories").conflicts("files"))
    .addOption(new Option("--files", "only files").conflicts("dirs"))
    .action((words: string[], options: SearchOptions, self: Command) =>
      cli.run(self, (run) => search(run, words.join(" "), options)),
    );
}

async function search(
  run: Run,
  text: string,
  { under, limit, dirs, files }: SearchOptions,
): Promise<void> {
  const { daemon, out } = run;
  const kind = dirs ? "dir" : files ? "file" : undefined;
  const found = await daemon.peer("search", { text, under: under?.path, limit, kind });
  await out.result(found, ({ entries }) =>
    out.table(COLUMNS).lines(entries.map((entry) => row(entry, run))),
  );
  if (found.more) out.note("There are more, or may be: add words, or --limit.");
  if (!found.complete) out.note("The index is still reading its names: some may be missing.");
}

function row({ path, kind, size, bytes, mtimeMs }: FoundEntry, { out: { show } }: Run): string[] {
  const total = kind === "dir" ? bytes : size;
  return [
    total === undefined ? "-" : show.bytes(total),
    mtimeMs === undefined ? "-" : show.time(mtimeMs),
    kind === "dir" ? `${path}/` : path,
  ];
}
