/** `goliath peer drain` */
import type { Command } from "commander";
import type { Cli, Run } from "../cli.ts";
import { createCommand } from "../command.ts";
import { formatMany } from "../output/show.ts";

export function drainCommand(cli: Cli): Command {
  return createCommand("drain", {
    summary: "Get ready to take this keeper away",
    description:
      "Asks the drive to do without this keeper: its copies count no longer, nothing new is placed here, and what " +
      "only it has is copied to other keepers. Returns when the drive needs nothing of it any more; Ctrl-C ends " +
      "the waiting, not the drain, which goes on over restarts until --undo.",
    prints:
      "How many chunks are still needed, as it goes, on stderr; in the end that it is safe to stop.\n" +
      "--json: an object with draining and needed; progress as JSON on stderr.",
    examples: ["goliath peer drain", "goliath peer drain --undo"],
    exits: ["unavailable", "fault"],
  })
    .option("--undo", "keep copies again", false)
    .action(({ undo }: { undo: boolean }, self: Command) =>
      cli.run(self, (run) => drain(run, undo)),
    );
}

async function drain({ daemon, out }: Run, undo: boolean): Promise<void> {
  const drained = await out.watch("peer drain", (onProgress) =>
    daemon.peer(
      "drain",
      { undo },
      { onProgress: (value) => onProgress({ ...countsOf(value), bytes: 0 }) },
    ),
  );
  const said = undo
    ? "This peer keeps copies again."
    : "The drive needs nothing of this peer any more: it is safe to stop.";
  await out.result(drained, () => [said]);
}

/** Shown as a state: what is left is counted in chunks. */
function countsOf(value: unknown): { state: string; kept: number; needed: number } {
  const fields: Record<string, unknown> = { ...(typeof value === "object" ? value : {}) };
  const [kept, needed] = [Number(fields["kept"]), Number(fields["needed"])];
  return { state: `${formatMany(needed, "chunk")} of ${kept} still needed`, kept, needed };
}
