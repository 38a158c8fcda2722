/** `goliath put` */
import { basename, resolve } from "node:path";
import type { Command } from "commander";
import { GoliathError, joinPath, type DrivePath } from "@goliath/protocols/nouns";
import { parsePathNow, type PathArgument } from "../arguments/path-argument.ts";
import type { Cli, Run } from "../cli.ts";
import { argument, createCommand } from "../command.ts";
import { printable } from "../output/printable.ts";
import { formatBytes, formatMany } from "../output/show.ts";
import { withCopiesOptions, type CopiesOptions } from "./copies-options.ts";

/** What stands for stdin. */
const STDIN = "-";

interface PutInit {
  local: string;
  to: PathArgument;
  options: CopiesOptions;
}

export function putCommand(cli: Cli): Command {
  const command = createCommand("put", {
    summary: "Copy a file or directory into the drive",
    description:
      "Copies from the local disk, or from stdin, into the drive, as one commit: others see all of it or " +
      "nothing. To publish a folder where it lies and follow it, use `goliath share`. The bytes stay in this " +
      "peer's store; with --copies they go to keepers instead, and this peer can go.",
    prints:
      "What was written and its revision; progress goes to stderr.\n--json: an object with revision, files and bytes.",
    examples: [
      "goliath put genome.fa /data/genome.fa",
      "goliath put genome.fa /data/",
      "tar c photos | goliath put - /backup/photos.tar",
      "goliath put photos /backup/photos --copies 3 --min-copies 2",
    ],
    exits: ["refused", "conflict", "unavailable", "full"],
  })
    .argument("<local>", "a file or directory, or - for stdin")
    .argument(
      "</path>",
      "where to; with / at its end, under its own name in this directory",
      argument(parsePathNow),
    );
  return withCopiesOptions(command).action(
    (local: string, to: PathArgument, options: CopiesOptions, self: Command) =>
      cli.run(self, (run) => put(run, { local, to, options })),
  );
}

async function put({ daemon, out, ambient }: Run, init: PutInit): Promise<void> {
  const { local, to, options } = init;
  const path = target(local, to);
  const source =
    local === STDIN ? ({ stdin: true } as const) : { local: resolve(ambient.cwd, local) };
  const body = local === STDIN ? { body: ambient.stdin } : {};
  const written = await out.watch(`put ${path}`, (onProgress) =>
    daemon.peer("put", { path, ...source, ...options }, { onProgress, ...body }),
  );
  await out.result(written, ({ revision, files, bytes }) => [
    printable(`${path}: ${formatMany(files, "file")}, ${formatBytes(bytes)}, revision ${revision}`),
  ]);
}

function target(local: string, { path, into }: PathArgument): DrivePath {
  if (!into) return path;
  if (local === STDIN)
    throw new GoliathError("bad-request", "stdin has no name: end the path in one");
  return joinPath(path, basename(resolve(local)));
}
