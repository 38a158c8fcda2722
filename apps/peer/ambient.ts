/** All that the command takes from its surroundings: a test brings its own. */
import type { Readable } from "node:stream";
import { systemClock, type Clock } from "@goliath/kit";
import type { Daemons } from "./daemon/daemons.ts";
import { loadedDaemons } from "./daemon/loaded-daemons.ts";
import type { OutputStream } from "./output/output.ts";
import { systemd, type ServiceManager } from "./service/service-manager.ts";

export interface Ambient {
  stdin: Readable & { isTTY?: boolean };
  stdout: OutputStream;
  stderr: OutputStream;
  env: Readonly<Record<string, string | undefined>>;
  cwd: string;
  clock: Clock;
  /** Calls back when somebody wants us to end; returns the unsubscriber. */
  onInterrupt(listener: () => void): () => void;
  daemons: Daemons;
  services: ServiceManager;
}

const INTERRUPTS = ["SIGINT", "SIGTERM", "SIGHUP"] as const;
/** How long one Ctrl-C echoes: more than a busy machine's scheduling, less than a second press. */
const INTERRUPT_ECHO_MS = 300;

export function processAmbient(): Ambient {
  const { stdin, stdout, stderr, env } = process;
  // Every write is told of its own failure; the event besides would end the process.
  for (const stream of [stdout, stderr]) stream.on("error", () => undefined);
  return {
    stdin,
    stdout,
    stderr,
    env,
    cwd: process.cwd(),
    clock: systemClock,
    onInterrupt,
    daemons: loadedDaemons,
    services: systemd,
  };
}

/**
 * The first signal asks; with no listener left, a second one ends the process at once. What comes
 * with the first is the same Ctrl-C: a terminal sends it to us, to npm and to an older Node above
 * us, and they pass theirs on.
 */
function onInterrupt(listener: () => void): () => void {
  let echoesEnd: NodeJS.Timeout | undefined;
  const remove = () => {
    clearTimeout(echoesEnd);
    for (const name of INTERRUPTS) process.off(name, heard);
  };
  const heard = () => {
    if (echoesEnd) return;
    echoesEnd = setTimeout(remove, INTERRUPT_ECHO_MS).unref();
    listener();
  };
  for (const name of INTERRUPTS) process.on(name, heard);
  return remove;
}
