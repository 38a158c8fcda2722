/** `goliath find`, `goliath du` */
import type { PeerControl } from "@goliath/peer/control";
import type { Command } from "commander";
import { parsePathArgument, parsePathNow, type PathArgument } from "../arguments/path-argument.ts";
import type { Cli, Run } from "../cli.ts";
import { createCommand, optionalPath } from "../command.ts";
import { JsonList } from "../output/json-list.ts";
import { printable } from "../output/printable.ts";

export function findCommand(cli: Cli): Command {
  return createCommand("find", {
    summary: "Find files and directories by name",
    description: "Walks a directory and prints what lies in it, at any depth, as it is found.",
    prints:
      "A path per line; directories end in /.\n--json: an object with entries (path, kind, size) and count.",
    examples: ["goliath find /data --name '*.fa'", "goliath find /data@17"],
    exits: ["not-found", "unavailable"],
  })
    .addArgument(optionalPath("where to begin", parsePathArgument))
    .option(
      "--name <pattern>",
      "only names like this: * is any letters, ? is one; without them, a part of the name",
    )
    .action((path: PathArgument, options: { name?: string }, self: Command) =>
      cli.run(self, (run) => find(run, { ...path, pattern: options.name })),
    );
}

async function find(
  { daemon, out }: Run,
  asked: PathArgument & { pattern: string | undefined },
): Promise<void> {
  const json = new JsonList({ out, name: "entries" });
  const onProgress = async (value: unknown) => {
    const { entries } = value as PeerControl["find"]["progress"];
    if (out.json) await json.add(entries);
    else
      await out.lines(
        entries.map(({ path, kind }) => printable(kind === "dir" ? `${path}/` : path)),
      );
  };
  const { path, at, pattern } = asked;
  const { count } = await daemon.peer("find", { path, at, pattern }, { onProgress });
  if (out.json) await json.end({ count });
}

export function duCommand(cli: Cli): Command {
  return createCommand("du", {
    summary: "Show how much lies below a path",
    prints: "Bytes, files and the path.\n--json: an object with files and bytes.",
    examples: ["goliath du /data"],
    exits: ["not-found", "unavailable"],
  })
    .addArgument(optionalPath("a file or directory", parsePathNow))
    .action(({ path }: PathArgument, _options: object, self: Command) =>
      cli.run(self, async ({ daemon, out }) => {
        const found = await daemon.peer("du", { path });
        const columns = [
          { title: "SIZE", right: true },
          { title: "FILES", right: true },
          { title: "PATH" },
        ];
        await out.result(found, ({ files, bytes }) =>
          out.table(columns).lines([[out.show.bytes(bytes), out.show.count(files), path]]),
        );
      }),
    );
}
