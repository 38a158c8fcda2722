/** From words to an exit code. */
import { CommanderError } from "commander";
import { GoliathError } from "@goliath/protocols/nouns";
import type { Ambient } from "./ambient.ts";
import { resolveHome } from "./arguments/home.ts";
import { complete } from "./completion/complete.ts";
import { completeDrivePath } from "./completion/drive-paths.ts";
import { EXIT_CODES, exitCodeOf } from "./failure/exit-codes.ts";
import { formatFailure, isBrokenPipe } from "./failure/report.ts";
import { explainSystemFault } from "./failure/system-fault.ts";
import { createProgram } from "./program.ts";

/** What completion scripts call: not a command for people, so it stands in no help. */
const COMPLETE = "__complete";

/** Runs `goliath` with these words; resolves with the exit code. Never rejects. */
export async function main(words: readonly string[], ambient: Ambient): Promise<number> {
  try {
    if (words[0] === COMPLETE) await printCompletion(words.slice(2), ambient);
    else await createProgram(ambient).parseAsync(words, { from: "user" });
    return EXIT_CODES.ok[0];
  } catch (thrown) {
    if (isBrokenPipe(thrown)) return EXIT_CODES.ok[0];
    if (thrown instanceof CommanderError && thrown.exitCode === 0) return EXIT_CODES.ok[0];
    const error =
      thrown instanceof CommanderError
        ? usageError(thrown)
        : explainSystemFault(GoliathError.from(thrown));
    // Before the options are parsed, or when they cannot be.
    const json = words.includes("--json");
    if (error.message !== "") ambient.stderr.write(formatFailure(error, { json }));
    return exitCodeOf(error);
  }
}

/** What commander puts before what our own parsers say of an argument. */
const OF_ARGUMENT = /^error: command-argument value '.*' is invalid for argument '[^']*'\. /su;

/** `goliath` alone printed its help already: that needs no further words. */
function usageError(error: CommanderError): GoliathError {
  if (error.code === "commander.help") return new GoliathError("bad-request", "");
  const message = error.message.replace(OF_ARGUMENT, "").replace(/^error: /u, "");
  return new GoliathError("bad-request", message);
}

async function printCompletion(words: readonly string[], ambient: Ambient): Promise<void> {
  const { env, cwd, clock, stdout } = ambient;
  const at = words.indexOf("--home");
  const home = resolveHome({ option: at >= 0 ? words[at + 1] : undefined, env, cwd });
  const { candidates, files } = await complete({
    program: createProgram(ambient),
    words,
    drivePaths: (prefix) => completeDrivePath(prefix, { home, clock }),
  });
  stdout.write(`${[files ? "files" : "words", ...candidates].join("\n")}\n`);
}
