/** `goliath cat`, `goliath get` */
import { resolve } from "node:path";
import type { Command } from "commander";
import { nameOf } from "@goliath/protocols/nouns";
import { parseByteSize } from "../arguments/byte-size.ts";
import { parsePathArgument, type PathArgument } from "../arguments/path-argument.ts";
import type { Cli, Run } from "../cli.ts";
import { argument, createCommand } from "../command.ts";
import { printable } from "../output/printable.ts";
import { formatBytes, formatMany } from "../output/show.ts";

interface CatOptions {
  offset?: number;
  length?: number;
}

export function catCommand(cli: Cli): Command {
  return createCommand("cat", {
    summary: "Write a file's bytes to stdout",
    description:
      "Writes a file, or a range of it, as it is or was. Every byte is verified before it is written; only " +
      "the chunks of the range are fetched.",
    prints: "The bytes, with --json too.",
    examples: [
      "goliath cat /data/notes.txt",
      "goliath cat /data/genome.fa@17 --offset 1GiB --length 4KiB | xxd",
    ],
    exits: ["not-found", "conflict", "unavailable"],
  })
    .argument("</path>", "a file", argument(parsePathArgument))
    .option("--offset <size>", "begin here", argument(parseByteSize))
    .option("--length <size>", "at most this much", argument(parseByteSize))
    .action(({ path, at }: PathArgument, { offset, length }: CatOptions, self: Command) =>
      cli.run(self, async ({ daemon, out }) => {
        await out.pour(await daemon.bytes("cat", { path, at, offset, length }));
      }),
    );
}

export function getCommand(cli: Cli): Command {
  return createCommand("get", {
    summary: "Copy a file or directory out of the drive",
    description:
      "Copies what stands at a path to the local disk, once; `goliath mirror` keeps it up to date. Each file " +
      "appears when it is complete and verified.",
    prints:
      "What was copied and where to; progress goes to stderr.\n--json: an object with local, files and bytes.",
    examples: ["goliath get /data/genome.fa", "goliath get /data@17 ./data-as-it-was"],
    exits: ["not-found", "conflict", "unavailable", "full"],
  })
    .argument("</path>", "a file or directory", argument(parsePathArgument))
    .argument("[local]", "where to put it, or a folder to put it into; by default this one")
    .action((path: PathArgument, local: string | undefined, _options: object, self: Command) =>
      cli.run(self, (run) => get(run, { ...path, local })),
    );
}

async function get(run: Run, asked: PathArgument & { local: string | undefined }): Promise<void> {
  const { daemon, out, ambient } = run;
  const { path, at } = asked;
  // A folder takes it under its own name; the root has none.
  const local = resolve(ambient.cwd, asked.local ?? (nameOf(path) === "" ? "drive" : "."));
  const got = await out.watch(`get ${path}`, (onProgress) =>
    daemon.peer("get", { path, at, local }, { onProgress }),
  );
  await out.result(got, ({ local: target, files, bytes }) => [
    printable(`${target}: ${formatMany(files, "file")}, ${formatBytes(bytes)}`),
  ]);
}
