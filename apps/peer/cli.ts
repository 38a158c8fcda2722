/** What every command stands on: its options, its output, its daemon, its cancellation. */
import type { Command } from "commander";
import { GoliathError } from "@goliath/protocols/nouns";
import type { Ambient } from "./ambient.ts";
import { resolveHome } from "./arguments/home.ts";
import { DaemonClient } from "./daemon/daemon-client.ts";
import { Output } from "./output/output.ts";

/** One run of one command. */
export interface Run {
  ambient: Ambient;
  home: string;
  out: Output;
  daemon: DaemonClient;
  /** Aborts when the user interrupts. */
  signal: AbortSignal;
}

interface SharedOptions {
  home?: string;
  json?: boolean;
}

export class Cli {
  readonly ambient: Ambient;

  constructor(ambient: Ambient) {
    this.ambient = ambient;
  }

  /** Runs the work of a command with what its options say. */
  async run(command: Command, work: (run: Run) => Promise<void>): Promise<void> {
    const { home, json = false } = command.optsWithGlobals<SharedOptions>();
    const { env, cwd, stdout, stderr, clock } = this.ambient;
    const stopped = new AbortController();
    const unsubscribe = this.ambient.onInterrupt(() => {
      stopped.abort(new GoliathError("aborted", "cancelled"));
    });
    try {
      const resolved = resolveHome({ option: home, env, cwd });
      await work({
        ambient: this.ambient,
        home: resolved,
        out: new Output({ stdout, stderr, clock, json }),
        daemon: new DaemonClient({ home: resolved, signal: stopped.signal }),
        signal: stopped.signal,
      });
    } finally {
      unsubscribe();
    }
  }
}
