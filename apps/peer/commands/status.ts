/** `goliath status` */
import type { Command } from "commander";
import type { Cli, Run } from "../cli.ts";
import { createCommand } from "../command.ts";
import type { IndexStatus } from "../daemon/index-methods.ts";
import type { MirrorStatus, PeerStatus, ShareStatus } from "@goliath/peer/control";
import { printable } from "../output/printable.ts";

export function statusCommand(cli: Cli): Command {
  return createCommand("status", {
    summary: "Show what the daemon in this home does",
    description:
      "Shows the drive, whether the index is reached, the shares and mirrors of this peer with their " +
      "problems, and what was transferred. In the home of an index it shows the index.",
    prints: "Facts by name, then a line per share and mirror.\n--json: one object.",
    examples: ["goliath status", "goliath status --json | jq .mirrors"],
  })
    .option("--index", "ask the index of this home, although a peer runs in it too", false)
    .action((options: { index: boolean }, self: Command) =>
      cli.run(self, (run) => status(run, options)),
    );
}

async function status(run: Run, { index }: { index: boolean }): Promise<void> {
  await run.daemon.either({
    index,
    peer: async () =>
      run.out.result(await run.daemon.peer("status", {}), (found) => peerLines(found, run)),
    otherwise: async () => {
      await run.out.result(await run.daemon.index("status", {}), (found) => indexLines(found, run));
    },
  });
}

function indexLines(found: IndexStatus, { out }: Run): string[] {
  const { show } = out;
  return facts([
    ["drive", found.drive],
    ["index", found.peerId],
    ["revision", `${show.count(found.revision)} (generation ${found.generation})`],
    ["holds", `${show.count(found.files)} files, ${show.bytes(found.bytes)}`],
    ["peers", `${show.count(found.peers)} connected of ${show.count(found.members)} members`],
    ...found.listen.map((address): Fact => ["listens", address]),
    ["link", found.link],
  ]);
}

function peerLines(found: PeerStatus, run: Run): string[] {
  const { show } = run.out;
  const { index, transfers } = found;
  const reached = index.connected ? "connected" : "away";
  return [
    ...facts([
      ["drive", found.drive],
      ["peer", `${found.peerId} (${found.name}, ${found.role})`],
      ["index", `${index.peerId} (${reached}, revision ${show.count(index.revision)})`],
      ...found.listen.map((address): Fact => ["listens", address]),
      ["serves", `${show.count(found.chunks)} chunks`],
      ...keeperFacts(found, run),
      ["sent", `${show.bytes(transfers.upBytes)}, now ${show.bytes(transfers.upRate)}/s`],
      ["received", `${show.bytes(transfers.downBytes)}, now ${show.bytes(transfers.downRate)}/s`],
    ]),
    ...section("Shares", found.shares.map(shareRow(run)), run),
    ...section("Mirrors", found.mirrors.map(mirrorRow(run)), run),
    ...problems(found.shares),
    ...problems(found.mirrors),
  ];
}

/** A keeper's pledge, and what its store is like. */
function keeperFacts({ keeper }: PeerStatus, { out: { show } }: Run): Fact[] {
  if (!keeper) return [];
  const { capacityBytes, usedBytes, freeBytes, draining, labels, scrub } = keeper;
  const hashed = `${show.bytes(scrub.bytes)} anew, ${show.count(scrub.rotten)} chunks had rotted`;
  const excess = usedBytes - capacityBytes;
  const room =
    excess > 0
      ? `${show.bytes(excess)} more than is pledged now: it takes nothing new`
      : `${show.bytes(freeBytes)} free`;
  const used = `${show.bytes(usedBytes)} of ${show.bytes(capacityBytes)}, ${room}`;
  return [
    ["keeps", draining ? `${used}, being drained` : used],
    ...(labels.length > 0 ? [["labels", labels.join(" ")] satisfies Fact] : []),
    [
      "hashed",
      hashed + (scrub.unreadable > 0 ? `, ${show.count(scrub.unreadable)} unreadable` : ""),
    ],
  ];
}

/** `1 file`, `1,204 files`. */
const many = (files: number, { out: { show } }: Run): string =>
  `${show.count(files)} file${files === 1 ? "" : "s"}`;

const shareRow =
  (run: Run) =>
  (share: ShareStatus): string[] => [
    share.local,
    "→",
    share.path,
    share.state,
    many(share.files, run),
    run.out.show.bytes(share.bytes),
    `revision ${share.revision}`,
  ];

const mirrorRow =
  (run: Run) =>
  (mirror: MirrorStatus): string[] => [
    mirror.path,
    "→",
    mirror.local,
    mirror.state,
    many(mirror.files, run),
    run.out.show.bytes(mirror.bytes),
    `revision ${mirror.revision}`,
    mirror.missingBytes > 0 ? `${run.out.show.bytes(mirror.missingBytes)} to come` : "",
  ];

function section(title: string, rows: string[][], { out }: Run): string[] {
  if (rows.length === 0) return [];
  const columns = Array.from({ length: rows[0]?.length ?? 0 }, () => ({ title: "" }));
  const lines = out.table(columns).lines(rows);
  return ["", `${title}:`, ...lines.filter((line) => line !== "").map((line) => `  ${line}`)];
}

function problems(all: readonly (ShareStatus | MirrorStatus)[]): string[] {
  return all.flatMap(({ local, problems: found }) =>
    found.map((problem) => printable(`! ${local}: ${problem}`)),
  );
}

type Fact = [name: string, value: string];

function facts(all: Fact[]): string[] {
  const width = Math.max(...all.map(([name]) => name.length));
  return all.map(([name, value]) => printable(`${name.padEnd(width)}  ${value}`));
}
