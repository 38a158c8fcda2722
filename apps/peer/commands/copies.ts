/** `goliath copies` */
import type { Command } from "commander";
import { COPIES_MAX, GoliathError, parseLabels } from "@goliath/protocols/nouns";
import { parseDuration } from "../arguments/duration.ts";
import { parsePathNow, type PathArgument } from "../arguments/path-argument.ts";
import { parseWholeNumber } from "../arguments/whole-number.ts";
import type { Cli, Run } from "../cli.ts";
import { argument, createCommand, gather } from "../command.ts";
import type { PeerControl } from "@goliath/peer/control";
import { printable } from "../output/printable.ts";
import { formatDuration, formatMany } from "../output/show.ts";

const COLUMNS = [{ title: "PEER" }, { title: "CHUNKS", right: true }];

interface CopiesOptions {
  set?: number;
  retention?: number;
  prefer?: string[];
  avoid?: string[];
  clear: boolean;
}

export function copiesCommand(cli: Cli): Command {
  return createCommand("copies", {
    summary: "Show or set how many copies a path has",
    description:
      "Shows how many copies at keepers a file or directory is to have and has, and who holds it. With options " +
      "it sets the policy of the path, which all below it inherits unless it has its own: copies, where they " +
      "go, and for how long past revisions can be read. `mv` takes a policy along, `rm` ends it. The drive sees " +
      "to it from then on.",
    prints:
      "Sentences, then a row per peer: id and chunks held. With options: the revision.\n" +
      "--json: an object with chunks, fewest, fewestCopies, under, bare, holders and policy; with options, revision.",
    examples: [
      "goliath copies /data",
      "goliath copies /data --set 3 --prefer region=eu --avoid owner=bob",
      "goliath copies /scratch --set 1 --retention 1d",
      "goliath copies /scratch --clear",
    ],
    exits: ["not-found", "refused", "unavailable"],
  })
    .argument("</path>", "a file or directory", argument(parsePathNow))
    .option(
      "--set <copies>",
      `how many keepers are to have each chunk, at most ${COPIES_MAX}; 0 for none`,
      argument(parseWholeNumber),
    )
    .option(
      "--retention <span>",
      "how long past revisions can be read, at least 1h: 30d",
      argument(parseDuration),
    )
    .option("--prefer <label>", "take keepers with this label first; may be repeated", gather)
    .option("--avoid <label>", "leave out keepers with this label; may be repeated", gather)
    .option("--clear", "set nothing here: inherit all of it", false)
    .action(({ path }: PathArgument, options: CopiesOptions, self: Command) =>
      cli.run(self, (run) => copies(run, { path, options })),
    );
}

async function copies(
  { daemon, out }: Run,
  { path, options }: { path: string; options: CopiesOptions },
): Promise<void> {
  const { set, retention, prefer, avoid, clear } = options;
  const asked = {
    copies: set,
    retentionMs: retention,
    prefer: prefer && parseLabels(prefer).join(" "),
    avoid: avoid && parseLabels(avoid).join(" "),
  };
  const sets = Object.values(asked).some((value) => value !== undefined);
  if (sets && clear) throw new GoliathError("bad-request", "--clear sets nothing else");
  if (sets || clear) {
    const done = await daemon.peer("setCopies", { path, ...asked, clear });
    return out.result(done, ({ revision }) => [printable(`${path}: revision ${revision}`)]);
  }
  const found = await daemon.peer("copies", { path });
  await out.result(found, (now) => [
    ...sentences(path, now).map(printable),
    ...out
      .table(COLUMNS)
      .lines(now.holders.map(({ peer, chunks: held }) => [peer, out.show.count(held)])),
  ]);
}

type Found = PeerControl["copies"]["result"];

function sentences(path: string, found: Found): string[] {
  const { chunks, fewest, fewestCopies, policy } = found;
  const wanted = `${manyCopies(policy.copies)} wanted${setAt(policy.from.copies, path)}`;
  const has = `${formatMany(chunks, "chunk")}, each at ${formatMany(fewest, "peer")} or more`;
  const kept = `${manyCopies(fewestCopies)} at keepers`;
  return [
    `${path}: ${has}, with ${kept} or more`,
    ...atRisk(found),
    wanted,
    `past revisions kept for ${formatDuration(policy.retentionMs)}${setAt(policy.from.retentionMs, path)}`,
    ...(policy.prefer.length > 0
      ? [`prefers ${policy.prefer.join(" ")}${setAt(policy.from.prefer, path)}`]
      : []),
    ...(policy.avoid.length > 0
      ? [`avoids ${policy.avoid.join(" ")}${setAt(policy.from.avoid, path)}`]
      : []),
  ];
}

/** What could be lost with the next keeper or peer that goes. */
function atRisk({ chunks, fewest, under, bare }: Found): string[] {
  if (chunks > 0 && fewest === 0) return ["at risk: some of it nobody has now"];
  if (under === 0) return [];
  const without = bare > 0 ? `, ${formatMany(bare, "chunk")} none at all` : "";
  return [`at risk: ${formatMany(under, "chunk")} with fewer copies than wanted${without}`];
}

function manyCopies(count: number): string {
  return count === 1 ? "1 copy" : `${count} copies`;
}

/** Where a setting comes from, if it is not the drive's default. */
function setAt(from: string | undefined, path: string): string {
  if (from === undefined) return " (the default)";
  return from === path ? "" : ` (set at ${from})`;
}
