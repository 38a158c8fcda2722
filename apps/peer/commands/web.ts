/** `goliath web` */
import type { Command } from "commander";
import type { Cli } from "../cli.ts";
import { createCommand } from "../command.ts";

export function webCommand(cli: Cli): Command {
  return createCommand("web", {
    summary: "Print the address of this peer's web UI",
    description:
      "Prints the address that opens the web UI of this home's peer, signed in: keep it to yourself. The peer " +
      "serves it where it was started with --http, or http is set in config.toml.",
    prints: "The address.\n--json: an object with http.",
    examples: ["goliath web", 'xdg-open "$(goliath web)"'],
  }).action((_options: object, self: Command) =>
    cli.run(self, async ({ daemon, out }) =>
      out.result(await daemon.web("address"), ({ http }) => [http]),
    ),
  );
}
