/** `goliath limits` */
import type { Command } from "commander";
import { parseByteRate } from "../arguments/byte-rate.ts";
import type { Cli } from "../cli.ts";
import { argument, createCommand } from "../command.ts";

interface LimitsOptions {
  up?: number;
  down?: number;
  reset: boolean;
}

export function limitsCommand(cli: Cli): Command {
  return createCommand("limits", {
    summary: "Show or set how fast the peer may send and fetch",
    description:
      "Shows how fast the peer may send and fetch now. What is set here holds at all hours until --reset or the " +
      "next start; what holds otherwise stands in config.toml, by the hours too.",
    prints:
      "A line for each direction: bytes a second or unlimited.\n--json: an object with up, down (null: unlimited) and set.",
    examples: [
      "goliath limits",
      "goliath limits --up 5MB/s --down unlimited",
      "goliath limits --reset",
    ],
  })
    .option("--up <rate>", "send at most this much: 20MB/s or unlimited", argument(parseByteRate))
    .option("--down <rate>", "fetch at most this much", argument(parseByteRate))
    .option("--reset", "back to what the settings say", false)
    .action(({ up, down, reset }: LimitsOptions, self: Command) =>
      cli.run(self, async ({ daemon, out }) => {
        const asked = { up: wireRate(up), down: wireRate(down), reset };
        const show = (rate: number | null) =>
          rate === null ? "unlimited" : `${out.show.bytes(rate)}${out.human ? "/s" : ""}`;
        const note = (set: boolean) =>
          set ? out.note("Until --reset or the next start.") : undefined;
        const found = await daemon.peer("limits", asked);
        await out.result(found, (now) => [`up    ${show(now.up)}`, `down  ${show(now.down)}`]);
        note(found.set);
      }),
    );
}

/** A whole number of bytes a second, 0 for no limit. */
function wireRate(rate: number | undefined): number | undefined {
  return rate === Number.POSITIVE_INFINITY ? 0 : rate;
}
