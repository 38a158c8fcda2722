/** `goliath share`, `goliath unshare` */
import { resolve } from "node:path";
import type { Command } from "commander";
import { GoliathError, hasCode } from "@goliath/protocols/nouns";
import { findPair } from "../arguments/find-pair.ts";
import { parsePathNow, type PathArgument } from "../arguments/path-argument.ts";
import type { Cli, Run } from "../cli.ts";
import { argument, createCommand } from "../command.ts";
import type { PeerControl } from "@goliath/peer/control";
import { printable } from "../output/printable.ts";
import { formatBytes, formatMany } from "../output/show.ts";

interface ShareOptions {
  once: boolean;
  confirm: boolean;
}

interface ShareInit extends ShareOptions {
  local: string;
  path: string;
}

export function shareCommand(cli: Cli): Command {
  return createCommand("share", {
    summary: "Publish a local folder at a path, where it lies",
    description:
      "Publishes a folder without copying it: the peer serves the files from where they are. Returns when all " +
      "of it is published; the peer goes on following the folder until `goliath unshare`. The share owns the " +
      "path: nobody else writes below it. Files named in .goliathignore are left out. When more than half of " +
      "a share vanishes, or its folder is another than before, nothing is removed until --confirm says so.",
    prints:
      "What was published and its revision, and a line per file that could not be; progress goes to stderr.\n" +
      "--json: an object with local, path, state, files, bytes, revision and warnings.",
    examples: [
      "goliath share ~/genomes /data/genomes",
      "goliath share ./release /releases/1.0 --once",
      "goliath share --confirm /data/genomes",
    ],
    exits: ["refused", "conflict", "unavailable"],
  })
    .argument("<local>", "a folder on this machine; with --confirm, also the path of a share")
    .argument("[/path]", "where others see it", argument(parsePathNow))
    .option("--once", "publish it as it is now and do not follow it", false)
    .option("--confirm", "yes: what is gone from the folder may go from the drive", false)
    .action((local: string, to: PathArgument | undefined, options: ShareOptions, self: Command) =>
      cli.run(self, async (run) => {
        const pair = to ? { local: resolve(run.ambient.cwd, local), path: to.path } : undefined;
        await share(run, { ...(pair ?? (await confirmed(run, { local, options }))), ...options });
      }),
    );
}

/** With `--confirm` either end names the share. */
async function confirmed(
  { daemon, ambient }: Run,
  { local, options }: { local: string; options: ShareOptions },
): Promise<{ local: string; path: string }> {
  if (!options.confirm) throw new GoliathError("bad-request", "say where to publish it: /path");
  const { shares } = await daemon.peer("status", {});
  return findPair(local, { cwd: ambient.cwd, known: shares });
}

async function share({ daemon, out }: Run, asked: ShareInit): Promise<void> {
  const work = (onProgress: (value: unknown) => void) =>
    daemon.peer("share", asked, { onProgress });
  const shared = await out.watch(`share ${asked.path}`, work).catch((error: unknown) => {
    if (hasCode(error, "aborted"))
      out.note("The peer goes on publishing the folder; `goliath unshare` ends it.");
    throw error;
  });
  await out.result(shared, ({ path, files, bytes, revision, warnings }) => [
    printable(`${path}: ${formatMany(files, "file")}, ${formatBytes(bytes)}, revision ${revision}`),
    ...warnings.map((warning) => printable(`! ${warning}`)),
  ]);
  if (!asked.once) out.note("The peer goes on following the folder; `goliath unshare` ends it.");
}

export function unshareCommand(cli: Cli): Command {
  return createCommand("unshare", {
    summary: "Stop following a shared folder",
    description:
      "Ends a share: what changes in the folder from now on stays there. The names stay in the drive and the " +
      "files on the disk, and this peer serves them as long as they stay as they are.",
    prints:
      "What nobody else holds, which the drive would lose with this folder.\n" +
      "--json: an object with local, path, files, bytes and onlyHere.",
    examples: ["goliath unshare /data/genomes", "goliath unshare ~/genomes"],
    exits: ["not-found", "unavailable"],
  })
    .argument("<local or /path>", "the folder, or the path it is published at")
    .action((text: string, _options: object, self: Command) =>
      cli.run(self, async ({ daemon, out, ambient }) => {
        const { shares } = await daemon.peer("status", {});
        const { local } = findPair(text, { cwd: ambient.cwd, known: shares });
        await out.result(await daemon.peer("unshare", { local }), lines);
      }),
    );
}

function lines({ local, path, onlyHere }: PeerControl["unshare"]["result"]): string[] {
  const { files, bytes, complete } = onlyHere;
  const more = complete ? "" : " or more";
  const lost = `! ${formatMany(files, "file")}${more} (${formatBytes(bytes)}) of ${path} are here only: keep ${local}`;
  const ended = `${path} no longer follows ${local}; names and files stay as they are`;
  return [ended, ...(files > 0 || !complete ? [lost] : [])].map(printable);
}
