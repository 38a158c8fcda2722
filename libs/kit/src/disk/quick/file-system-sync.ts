/**
 * Syncs whole file systems by `sync -f` of coreutils, as Node has no call for it. A process of our
 * size takes long to fork, so a small shell is kept that does it for us; it ends with its input.
 */
import { spawn, type ChildProcessByStdio } from "node:child_process";
import { once } from "node:events";
import { release } from "node:os";
import { createInterface } from "node:readline";
import type { Readable, Writable } from "node:stream";

/** Linux tells of failed writes when a file system is synced since this version. */
const TELLS_SINCE = [5, 8] as const;
const SCRIPT =
  'while IFS= read -r path; do if sync -f -- "$path"; then echo yes; else echo no; fi; done';

type Shell = ChildProcessByStdio<Writable, Readable, null>;

export class FileSystemSync implements AsyncDisposable {
  #shell: Shell | undefined;
  /** Those that wait for an answer, in the order they were asked in. */
  #waiting: ((done: boolean) => void)[] = [];

  /** False where it is not there, or the disk failed: whoever asks finds out by file. */
  async sync(paths: readonly string[]): Promise<boolean> {
    if (!canTell() || paths.some((path) => /[\n\0]/u.test(path))) return false;
    const all = await Promise.all(paths.map((path) => this.#sync(path)));
    return all.every(Boolean);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const shell = this.#shell;
    if (!shell) return;
    shell.ref();
    shell.stdin.end();
    if (shell.exitCode === null && shell.signalCode === null) await once(shell, "close");
  }

  #sync(path: string): Promise<boolean> {
    this.#shell ??= this.#start();
    this.#shell.ref();
    this.#shell.stdin.write(`${path}\n`);
    return new Promise((resolve) => this.#waiting.push(resolve));
  }

  #start(): Shell {
    const shell = spawn("sh", ["-c", SCRIPT], { stdio: ["pipe", "pipe", "ignore"] });
    const ended = (): void => {
      if (this.#shell !== shell) return;
      this.#shell = undefined;
      for (const answer of this.#waiting.splice(0)) answer(false);
    };
    shell.on("error", ended);
    shell.on("close", ended);
    shell.stdin.on("error", ended);
    createInterface({ input: shell.stdout }).on("line", (line) => {
      this.#waiting.shift()?.(line === "yes");
      if (this.#waiting.length === 0) shell.unref();
    });
    return shell;
  }
}

function canTell(): boolean {
  const [major = 0, minor = 0] = release().split(".").map(Number);
  const [sinceMajor, sinceMinor] = TELLS_SINCE;
  const isSince = major > sinceMajor || (major === sinceMajor && minor >= sinceMinor);
  return process.platform === "linux" && isSince;
}
