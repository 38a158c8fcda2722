/** `goliath ls` */
import type { EntryView } from "@goliath/peer/control";
import type { Command } from "commander";
import { parsePathArgument, type PathArgument } from "../arguments/path-argument.ts";
import type { Cli, Run } from "../cli.ts";
import { createCommand, optionalPath } from "../command.ts";
import { JsonList } from "../output/json-list.ts";

/** Names asked for at once: what the index gives in one page. */
const PAGE_ENTRIES = 1000;

const COLUMNS = [
  { title: "SIZE", right: true },
  { title: "MODIFIED" },
  { title: "REV", right: true },
  { title: "NAME" },
];

export function lsCommand(cli: Cli): Command {
  return createCommand("ls", {
    summary: "List a directory",
    description:
      "Lists a directory as it is now, or as it was in a revision. All of it is of one revision.",
    prints:
      "A row per name: size, when it was modified, the revision it is of, and the name; directories end\n" +
      "in / and show what is below them, programs end in *. Into a pipe: tabs, bytes and UTC.\n" +
      "--json: an object with entries and revision.",
    examples: ["goliath ls", "goliath ls /data", "goliath ls /data@17"],
    exits: ["not-found", "conflict", "unavailable"],
  })
    .addArgument(optionalPath("a directory", parsePathArgument))
    .action((path: PathArgument, _options: object, self: Command) =>
      cli.run(self, (run) => list(run, path)),
    );
}

async function list(run: Run, { path, at }: PathArgument): Promise<void> {
  const { daemon, out } = run;
  const table = out.table(COLUMNS);
  const json = new JsonList({ out, name: "entries" });
  let page = await daemon.peer("ls", { path, at, limit: PAGE_ENTRIES });
  for (;;) {
    if (out.json) await json.add(page.entries);
    else await out.lines(table.lines(page.entries.map((entry) => row(entry, run))));
    if (page.next === undefined) break;
    // The first page's revision: a commit meanwhile must not show in half of the list.
    page = await daemon.peer("ls", {
      path,
      at: page.revision,
      after: page.next,
      limit: PAGE_ENTRIES,
    });
  }
  if (out.json) await json.end({ revision: page.revision });
}

function row(entry: EntryView, { out: { show } }: Run): string[] {
  const size = entry.kind === "dir" ? entry.bytes : entry.size;
  const mark = entry.kind === "dir" ? "/" : entry.executable ? "*" : "";
  return [
    size === undefined ? "-" : show.bytes(size),
    entry.mtimeMs === undefined ? "-" : show.time(entry.mtimeMs),
    String(entry.revision),
    `${entry.name}${mark}`,
  ];
}
