/** Surroundings for a command that a test can look into. */
import { Readable, Writable } from "node:stream";
import { ManualClock } from "@goliath/kit";
import { GoliathError } from "@goliath/protocols/nouns";
import type { Ambient } from "../ambient.ts";
import { main } from "../main.ts";

export interface TestAmbientInit extends Partial<Omit<Ambient, "stdin" | "stdout" | "stderr">> {
  home: string;
  stdin?: string;
  /** Whether a person sits there. */
  tty?: boolean;
}

export interface Ended {
  exitCode: number;
  stdout: string;
  stderr: string;
}

class Collector extends Writable {
  readonly isTTY: boolean;
  text = "";

  constructor({ isTTY }: { isTTY: boolean }) {
    super();
    this.isTTY = isTTY;
  }

  override _write(chunk: Uint8Array, _encoding: string, done: () => void): void {
    this.text += String(chunk);
    done();
  }
}

const refuse = () => Promise.reject(new GoliathError("unsupported", "no daemons in this test"));

/** Runs `goliath` with these words in this process. */
export async function runGoliath(words: readonly string[], init: TestAmbientInit): Promise<Ended> {
  const { home, stdin = "", tty = false, ...rest } = init;
  const stdout = new Collector({ isTTY: tty });
  const stderr = new Collector({ isTTY: tty });
  const exitCode = await main(words, {
    env: { GOLIATH_HOME: home },
    cwd: home,
    clock: new ManualClock(),
    onInterrupt: () => () => undefined,
    daemons: { startIndex: refuse, startPeer: refuse, restoreIndex: refuse },
    services: { isThere: async () => false, control: refuse },
    ...rest,
    stdin: Readable.from([Buffer.from(stdin)]),
    stdout,
    stderr,
  });
  return { exitCode, stdout: stdout.text, stderr: stderr.text };
}
