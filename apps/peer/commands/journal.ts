/** `goliath append`, `goliath tail` */
import type { Command } from "commander";
import { parseByteSize } from "../arguments/byte-size.ts";
import { parsePathNow, type PathArgument } from "../arguments/path-argument.ts";
import type { Cli } from "../cli.ts";
import { argument, createCommand } from "../command.ts";
import { printable } from "../output/printable.ts";
import { formatBytes } from "../output/show.ts";
import { withCopiesOptions, type CopiesOptions } from "./copies-options.ts";

export function appendCommand(cli: Cli): Command {
  const command = createCommand("append", {
    summary: "Append stdin to a journal",
    description:
      "Appends what comes on stdin to a file, as one piece: writers at the same time never mix, and all readers " +
      "see the same order. The bytes stay in this peer's store; with --copies they go to keepers instead.",
    prints:
      "The offset it begins at, its length and the revision.\n--json: an object with revision, offset and bytes.",
    examples: [
      "date | goliath append /logs/events",
      "date | goliath append /logs/events --copies 2 --min-copies 2",
    ],
    exits: ["refused", "conflict", "unavailable", "full"],
  }).argument("</path>", "the journal; made when absent", argument(parsePathNow));
  return withCopiesOptions(command).action(
    ({ path }: PathArgument, options: CopiesOptions, self: Command) =>
      cli.run(self, async ({ daemon, out, ambient }) => {
        const append = { path, stdin: true, ...options } as const;
        const appended = await daemon.peer("append", append, { body: ambient.stdin });
        await out.result(appended, ({ revision, offset, bytes }) => [
          printable(`${path}: ${formatBytes(bytes)} at ${offset}, revision ${revision}`),
        ]);
      }),
  );
}

interface TailOptions {
  follow: boolean;
  from?: number;
}

export function tailCommand(cli: Cli): Command {
  return createCommand("tail", {
    summary: "Write a journal to stdout, and go on as it grows",
    prints: "The bytes, with --json too.",
    examples: ["goliath tail /logs/events", "goliath tail -f /logs/events --from 4096"],
    exits: ["not-found", "conflict", "unavailable", "interrupted"],
  })
    .argument("</path>", "a journal", argument(parsePathNow))
    .option("-f, --follow", "wait for more instead of ending", false)
    .option(
      "--from <size>",
      "begin at this offset instead of the beginning",
      argument(parseByteSize),
    )
    .action(({ path }: PathArgument, { follow, from }: TailOptions, self: Command) =>
      cli.run(self, async ({ daemon, out }) => {
        await out.pour(await daemon.bytes("tail", { path, follow, from }));
      }),
    );
}
