/** `goliath mirror`, `goliath unmirror` */
import { resolve } from "node:path";
import type { Command } from "commander";
import { findPair } from "../arguments/find-pair.ts";
import { parsePathNow, type PathArgument } from "../arguments/path-argument.ts";
import type { Cli, Run } from "../cli.ts";
import { argument, createCommand } from "../command.ts";
import { hasCode } from "@goliath/protocols/nouns";
import { printable } from "../output/printable.ts";
import { formatBytes, formatMany } from "../output/show.ts";

interface MirrorInit {
  path: string;
  local: string;
  once: boolean;
}

export function mirrorCommand(cli: Cli): Command {
  return createCommand("mirror", {
    summary: "Keep a directory of the drive on this disk",
    description:
      "Fetches a directory into a local folder, from all who have it at once, and serves it to others. Returns " +
      "when it is complete; the peer goes on following it until `goliath unmirror`. Files of yours in the folder " +
      "are never overwritten or deleted; those that match are adopted.",
    prints:
      "What the folder holds and of which revision; progress goes to stderr.\n--json: an object with local, path, state, revision, files, bytes, missingFiles, missingBytes and problems.",
    examples: [
      "goliath mirror /data/genomes ~/genomes",
      "goliath mirror /releases ./releases --once",
    ],
    exits: ["not-found", "refused", "conflict", "unavailable", "full"],
  })
    .argument("</path>", "a directory of the drive", argument(parsePathNow))
    .argument("<local>", "a folder on this machine; made when absent")
    .option("--once", "fetch it as it is now and do not follow it", false)
    .action(({ path }: PathArgument, local: string, { once }: { once: boolean }, self: Command) =>
      cli.run(self, (run) => mirror(run, { path, local, once })),
    );
}

async function mirror(
  { daemon, out, ambient }: Run,
  { path, local, once }: MirrorInit,
): Promise<void> {
  const folder = resolve(ambient.cwd, local);
  const work = (onProgress: (value: unknown) => void) =>
    daemon.peer("mirror", { path, local: folder, once }, { onProgress });
  const mirrored = await out.watch(`mirror ${path}`, work).catch((error: unknown) => {
    if (hasCode(error, "aborted") && !once)
      out.note("The peer goes on fetching it; `goliath unmirror` ends it.");
    throw error;
  });
  await out.result(mirrored, ({ files, bytes, revision, problems }) => [
    printable(
      `${folder}: ${formatMany(files, "file")}, ${formatBytes(bytes)}, revision ${revision}`,
    ),
    ...problems.map((problem) => printable(`! ${problem}`)),
  ]);
  if (!once) out.note("The peer goes on following it; `goliath unmirror` ends it.");
}

export function unmirrorCommand(cli: Cli): Command {
  return createCommand("unmirror", {
    summary: "Stop following a directory of the drive",
    description: "Ends a mirror. The files stay in the local folder.",
    prints: "Nothing.\n--json: an object.",
    examples: ["goliath unmirror /data/genomes", "goliath unmirror ~/genomes"],
    exits: ["not-found", "unavailable"],
  })
    .argument("<local or /path>", "the folder, or the path it follows")
    .action((text: string, _options: object, self: Command) =>
      cli.run(self, async ({ daemon, out, ambient }) => {
        const { mirrors } = await daemon.peer("status", {});
        const { local } = findPair(text, { cwd: ambient.cwd, known: mirrors });
        await out.result(await daemon.peer("unmirror", { local }), () => []);
        out.note("No longer followed; the files stay.");
      }),
    );
}
