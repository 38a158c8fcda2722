/** Programs that benches compare with: Debian's packages, installed where that is possible. */
import { execFile } from "node:child_process";
import { promisify } from "node:util";

const run = promisify(execFile);
/** A mirror of Debian that does not answer must not hold up a bench for ever. */
const INSTALL_TIMEOUT_MS = 180_000;

/** Why the program is not here; undefined where it is, now at least. */
export async function missingProgram(program: string, name: string): Promise<string | undefined> {
  if (await isThere(program)) return undefined;
  if (process.getuid?.() !== 0) return `${name} is not installed: apt-get install ${name}`;
  await run("apt-get", ["install", "-y", name], { timeout: INSTALL_TIMEOUT_MS }).catch(
    () => undefined,
  );
  return (await isThere(program)) ? undefined : `${name} could not be installed by apt-get`;
}

async function isThere(program: string): Promise<boolean> {
  return run("sh", ["-c", `command -v ${program}`]).then(
    () => true,
    () => false,
  );
}
