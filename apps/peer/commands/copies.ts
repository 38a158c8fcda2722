/** `goliath copies` */
import type { Command } from "commander";
import { parsePathNow, type PathArgument } from "../arguments/path-argument.ts";
import type { Cli, Run } from "../cli.ts";
import { argument, createCommand } from "../command.ts";
import type { PeerAnswer } from "../daemon/peer-methods.ts";
import { printable } from "../output/printable.ts";
import { formatMany } from "../output/show.ts";

const COLUMNS = [{ title: "PEER" }, { title: "CHUNKS", right: true }];

export function copiesCommand(cli: Cli): Command {
  return createCommand("copies", {
    summary: "Show who holds a path",
    description:
      "Shows how many peers hold the chunk of a file or directory that fewest hold, and how many chunks each " +
      "peer has.",
    prints:
      "A sentence, then a row per peer: id and chunks held.\n--json: an object with chunks, fewest and holders.",
    examples: ["goliath copies /data"],
    exits: ["not-found", "unavailable"],
  })
    .argument("</path>", "a file or directory", argument(parsePathNow))
    .action(({ path }: PathArgument, _options: object, self: Command) =>
      cli.run(self, async (run) => {
        const found = await run.daemon.peer("copies", { path });
        await run.out.result(found, () => lines(path, { found, run }));
      }),
    );
}

function lines(path: string, { found, run }: { found: PeerAnswer<"copies">; run: Run }): string[] {
  const { show } = run.out;
  const { chunks, fewest, holders } = found;
  const risk = chunks > 0 && fewest === 0 ? ": some of it nobody has now" : "";
  const sentence = `${path}: ${formatMany(chunks, "chunk")}, each at ${formatMany(fewest, "peer")} or more${risk}`;
  const rows = holders.map(({ peer, chunks: held }) => [peer, show.count(held)]);
  return [printable(sentence), ...run.out.table(COLUMNS).lines(rows)];
}
