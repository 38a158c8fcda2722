/** Runs the `goliath` command as its user would. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";

export const GOLIATH = fileURLToPath(new URL("../../apps/peer/goliath.js", import.meta.url));

export interface CommandResult {
  code: number;
  stdout: string;
  stderr: string;
}

export async function runGoliath(
  args: readonly string[],
  { input, env = {} }: { input?: string | Uint8Array; env?: Record<string, string> } = {},
): Promise<CommandResult> {
  const child = spawn(process.execPath, [GOLIATH, ...args], {
    stdio: ["pipe", "pipe", "pipe"],
    env: { ...process.env, ...env },
  });
  const stdout: Buffer[] = [];
  const stderr: Buffer[] = [];
  child.stdout.on("data", (bytes: Buffer) => stdout.push(bytes));
  child.stderr.on("data", (bytes: Buffer) => stderr.push(bytes));
  child.stdin.end(input);
  const [code] = (await once(child, "close")) as [number | null];
  return {
    code: code ?? -1,
    stdout: Buffer.concat(stdout).toString(),
    stderr: Buffer.concat(stderr).toString(),
  };
}
