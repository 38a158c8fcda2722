/** What `goliath peer start` and `goliath index start` have in common: options, settings, the log. */
import type { Command } from "commander";
import { Option } from "commander";
import { createLog, LOG_FORMATS, LOG_LEVELS, parseLogLevel } from "@goliath/kit";
import type { Log, LogFormat, LogLevel } from "@goliath/kit";
import { parseSocketAddress, type SocketAddress } from "../arguments/socket-address.ts";
import type { Run } from "../cli.ts";
import { argument, gather } from "../command.ts";
import { readConfig } from "../config/read-config.ts";
import type { Config } from "../config/settings.ts";
import type { DaemonRole } from "../daemon/daemon-client.ts";

export interface DaemonOptions {
  config?: string;
  listen?: string[];
  announce?: string[];
  mdns?: boolean;
  metrics?: SocketAddress;
  logLevel?: LogLevel;
  logFormat?: LogFormat;
}

/** What both daemons are started with. */
export interface DaemonSettings {
  config: Config;
  log: Log;
  common: {
    home: string;
    mdns: boolean;
    listen?: string[];
    announce?: string[];
    metrics?: SocketAddress;
  };
}

/** Adds them to a `start` command. */
export function addDaemonOptions(command: Command): Command {
  return command
    .option("--config <file>", "settings to start with; config.toml in the home by default")
    .option("--listen <address>", "a multiaddr to listen on; may be repeated", gather)
    .option(
      "--announce <address>",
      "a multiaddr to tell others in place of those, as of a router that forwards; may be repeated",
      gather,
    )
    .option("--mdns", "look for peers on the local network (the default)")
    .option("--no-mdns", "do not look for peers on the local network")
    .option(
      "--metrics <address>",
      "serve /metrics, /healthz and /readyz: a port of this machine alone, or ADDRESS:PORT",
      argument(parseSocketAddress),
    )
    .addOption(
      new Option("--log-level <level>", "what is logged; $GOLIATH_LOG or info by default").choices(
        LOG_LEVELS,
      ),
    )
    .addOption(
      new Option("--log-format <format>", "how it is logged; json by default").choices(LOG_FORMATS),
    );
}

/** Reads the file; options beat it. Throws `bad-request` saying what is wrong in it. */
export async function settleDaemon(
  { ambient, home }: Run,
  { role, options }: { role: DaemonRole; options: DaemonOptions },
): Promise<DaemonSettings> {
  const config = await readConfig({ home, cwd: ambient.cwd, option: options.config });
  const { listen, announce, mdns = true, metrics } = { ...config[role], ...given(options) };
  const level =
    options.logLevel ?? parseLogLevel(ambient.env["GOLIATH_LOG"], config.log?.level ?? "info");
  const format = options.logFormat ?? config.log?.format ?? "json";
  const write = (line: string) => void ambient.stderr.write(line);
  return {
    config,
    log: createLog({ name: role, level, format, write, clock: ambient.clock }),
    common: { home, mdns, ...given({ listen, announce, metrics }) },
  };
}

/** Without what is undefined. */
export function given<Values extends object>(values: Values): Given<Values> {
  const pairs = Object.entries(values).filter(([, value]) => value !== undefined);
  return Object.fromEntries(pairs) as Given<Values>;
}

export type Given<Values> = { [Key in keyof Values]?: Exclude<Values[Key], undefined> };
