/** `goliath peers` */
import type { Command } from "commander";
import type { PeerInfo } from "@goliath/protocols/index";
import type { Cli, Run } from "../cli.ts";
import { createCommand } from "../command.ts";

const COLUMNS = [
  { title: "PEER" },
  { title: "NAME" },
  { title: "ROLE" },
  { title: "STATE" },
  { title: "SEEN" },
  { title: "CHUNKS", right: true },
  { title: "PLEDGED", right: true },
  { title: "FREE", right: true },
];

export function peersCommand(cli: Cli): Command {
  return createCommand("peers", {
    summary: "List the peers of the drive",
    description:
      "Lists all peers the index knows, those that are away too, with what they hold and pledged.",
    prints:
      "A row per peer: id, name, role, online or away, last seen, chunks held, bytes pledged, bytes free.\n--json: an array.",
    examples: ["goliath peers"],
    exits: ["unavailable"],
  })
    .option("--index", "ask the index of this home, although a peer runs in it too", false)
    .action((options: { index: boolean }, self: Command) =>
      cli.run(self, async (run) => {
        await run.out.result(await run.daemon.shared("peers", {}, options), (all) =>
          rows(all, run),
        );
      }),
    );
}

function rows(all: readonly PeerInfo[], { out }: Run): string[] {
  const { show } = out;
  return out
    .table(COLUMNS)
    .lines(
      all.map((peer) => [
        peer.peer,
        peer.name,
        peer.role,
        peer.online ? "online" : "away",
        show.time(peer.seenAt),
        show.count(peer.chunks),
        peer.capacityBytes > 0 ? show.bytes(peer.capacityBytes) : "-",
        peer.capacityBytes > 0 ? show.bytes(peer.freeBytes) : "-",
      ]),
    );
}
