/** `goliath peer start`, `goliath peer stop` */
import { hostname } from "node:os";
import { Command } from "commander";
import { createLog, parseLogLevel } from "@goliath/kit";
import { parseByteSize } from "../arguments/byte-size.ts";
import { formatHome, homeOption } from "../arguments/home.ts";
import type { Cli, Run } from "../cli.ts";
import { argument, createCommand, gather } from "../command.ts";
import type { PeerReady } from "../daemon/daemons.ts";
import { runDaemon } from "./run-daemon.ts";

interface StartOptions {
  join?: string;
  listen?: string[];
  announce?: string[];
  capacity?: number;
  name?: string;
  mdns: boolean;
}

export function peerCommand(cli: Cli): Command {
  return new Command("peer")
    .summary("Run a peer on this machine")
    .description("Runs a peer: it shares, mirrors and serves, and all other commands speak to it.")
    .addCommand(startCommand(cli))
    .addCommand(stopCommand(cli));
}

function startCommand(cli: Cli): Command {
  return createCommand("start", {
    summary: "Start the peer of this home, in the foreground",
    description:
      "Starts the peer and runs until Ctrl-C or `goliath peer stop`. The first start in a home needs --join with " +
      "a link that `goliath invite` made; later starts need nothing. Logs go to stderr (GOLIATH_LOG=debug, info, " +
      "warn, error or silent).",
    prints: "A paragraph once it serves.\n--json: one line once it serves: ready, peerId, listen.",
    examples: [
      "goliath peer start --join 'goliath:…'",
      "goliath peer start --home /srv/seed --capacity 500GB --listen /ip4/0.0.0.0/tcp/4001",
    ],
    exits: ["refused", "conflict", "unavailable", "full"],
  })
    .option("--join <link>", "the drive to join, on the first start")
    .option("--listen <address>", "a multiaddr to listen on; may be repeated", gather)
    .option(
      "--announce <address>",
      "a multiaddr to tell others in place of those, as of a router that forwards; may be repeated",
      gather,
    )
    .option(
      "--capacity <size>",
      "pledge this much to the drive and become a keeper: 500GB",
      argument(parseByteSize),
    )
    .option("--name <name>", "what others see; this machine's name by default")
    .option("--no-mdns", "do not look for peers on the local network")
    .action((options: StartOptions, self: Command) => cli.run(self, (run) => start(run, options)));
}

async function start(
  run: Run,
  { join, listen, announce, capacity, name, mdns }: StartOptions,
): Promise<void> {
  const { ambient, home } = run;
  const level = parseLogLevel(ambient.env["GOLIATH_LOG"], "info");
  const write = (line: string) => void ambient.stderr.write(line);
  const log = createLog({ name: "peer", level, write, clock: ambient.clock });
  await runDaemon(run, {
    start: () =>
      ambient.daemons.startPeer({
        home,
        log,
        name: name ?? hostname(),
        mdns,
        ...(join !== undefined && { join }),
        ...(listen && { listen }),
        ...(announce && { announce }),
        ...(capacity !== undefined && { capacityBytes: capacity }),
      }),
    greet: (ready) => greet(ready, home),
  });
}

function greet({ peerId, listen }: PeerReady, home: string): string[] {
  const option = homeOption(home);
  const next = [
    [`goliath ls /${option}`, "what the drive holds"],
    [`goliath share FOLDER /path${option}`, "publish a folder where it lies"],
    [`goliath mirror /path FOLDER${option}`, "keep a directory on this disk"],
  ] as const;
  const width = Math.max(...next.map(([command]) => command.length));
  return [
    `Peer ${peerId} serves from ${formatHome(home)}.`,
    ...listen.map((address) => `Listening on ${address}`),
    "",
    "In another terminal:",
    ...next.map(([command, what]) => `  ${command.padEnd(width)}  ${what}`),
    "Ctrl-C stops it.",
  ];
}

function stopCommand(cli: Cli): Command {
  return createCommand("stop", {
    summary: "Stop the peer of this home",
    prints: "Nothing.\n--json: {}",
    examples: ["goliath peer stop"],
  }).action((_options: object, self: Command) =>
    cli.run(self, async ({ daemon, out }) => out.result(await daemon.peer("stop", {}), () => [])),
  );
}
