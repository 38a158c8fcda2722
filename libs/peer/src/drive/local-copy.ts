/**
 * Where `get` writes: files and folders of the user's disk that are not there yet. Nothing that
 * stands there is overwritten, and no link on the way is followed but the one the user named.
 */
import { makeDirectoryDurably, syncDirectory, type Disk } from "@goliath/kit";
import { GoliathError, type FileEntry } from "@goliath/protocols/nouns";
import { dirname, join } from "node:path";
import { troubleOf } from "../disk-trouble.ts";
import { secondsOf } from "../mirror/file-time.ts";
import { codeOf, moveNew } from "../mirror/move-new.ts";
import { temporaryNameOf } from "./gets-under-way.ts";

const MODE_PLAIN = 0o644;
const MODE_EXECUTABLE = 0o755;
/** Names tried for one temporary file: that any is taken is as good as impossible. */
const NAMES_TRIED_MAX = 10;

export interface LocalCopyFile {
  to: string;
  file: FileEntry;
  /** The folder must be no link's target. */
  real: boolean;
  /** Of the get it belongs to. */
  mark: string;
}

export class LocalCopy {
  readonly #disk: Disk;
  #number = 0;

  constructor(disk: Disk) {
    this.#disk = disk;
  }

  /** An existing folder takes the file or tree under its own name, as `cp` does. */
  async targetFor(local: string, name: string): Promise<string> {
    const found = await this.#disk.stat(local, { bigint: true }).catch(() => undefined);
    return found?.isDirectory() && name !== "" ? join(local, name) : local;
  }

  /** Makes the folder a tree goes into, with those above it; its path without links. */
  async makeRoot(path: string): Promise<string> {
    await makeDirectoryDurably(dirname(path), { disk: this.#disk }).catch(rethrow(path));
    await this.makeFolder(path);
    return this.#disk.realpath(path);
  }

  /** Makes a folder, or takes the one that is there. Throws `exists` for anything else. */
  async makeFolder(path: string): Promise<void> {
    await this.#disk.mkdir(path).catch(async (error: unknown) => {
      if (codeOf(error) !== "EEXIST") return rethrow(path)(error);
      const stats = await this.#disk.lstat(path, { bigint: true });
      if (!stats.isDirectory()) throw taken(path);
    });
    await this.#syncName(path);
  }

  /**
   * Writes the bytes beside `to` and moves them there when all have come, so that a half file never
   * has the final name. Yields how many were written.
   */
  async *write(
    bytes: AsyncIterable<Uint8Array>,
    { to, file, real, mark }: LocalCopyFile,
  ): AsyncGenerator<number> {
    if (real) await this.#checkReal(dirname(to));
    const beside = await this.#openBeside(to, { ...file, mark });
    try {
      for await (const some of bytes) {
        await beside.file.writeFile(some).catch(rethrow(to));
        yield some.length;
      }
      // A disk that keeps no such modes or times has the bytes all the same.
      if (file.executable) await beside.file.chmod(MODE_EXECUTABLE).catch(ifDenied);
      await beside.file.utimes(secondsOf(file.mtimeMs), secondsOf(file.mtimeMs)).catch(ifDenied);
      await beside.file.sync().catch(rethrow(to));
      await beside.file.close();
      if (real) await this.#checkReal(dirname(to));
      await moveNew(this.#disk, { from: beside.path, to }).catch((error: unknown) => {
        if (codeOf(error) === "EEXIST") throw taken(to, error);
        rethrow(to)(error);
      });
      await this.#syncName(to);
    } finally {
      await beside.file.close().catch(() => undefined);
      await this.#disk.unlink(beside.path).catch(() => undefined);
    }
  }

  /** A name of its own: files of one folder are written side by side. */
  async #openBeside(to: string, { executable, mark }: { executable: boolean; mark: string }) {
    const mode = executable ? MODE_EXECUTABLE : MODE_PLAIN;
    for (let attempt = 1; ; attempt++) {
      const path = join(dirname(to), temporaryNameOf(mark, ++this.#number));
      try {
        return { path, file: await this.#disk.open(path, "wx", mode) };
      } catch (error) {
        if (codeOf(error) !== "EEXIST" || attempt >= NAMES_TRIED_MAX) return rethrow(to)(error);
      }
    }
  }

  /** Who is told that something is here shall find it after a power cut too. */
  async #syncName(path: string): Promise<void> {
    await syncDirectory(this.#disk, dirname(path)).catch((error: unknown) => {
      // A folder in which one may write and not look.
      if (codeOf(error) !== "EACCES") rethrow(path)(error);
    });
  }

  async #checkReal(folder: string): Promise<void> {
    if ((await this.#disk.realpath(folder)) === folder) return;
    throw new GoliathError("exists", `a link leads from ${folder} elsewhere: take it away`, {
      about: { file: folder },
    });
  }
}

function ifDenied(error: unknown): void {
  if (codeOf(error) !== "EPERM") throw error;
}

function rethrow(path: string): (error: unknown) => never {
  return (cause) => {
    const { code } = GoliathError.from(cause);
    const known = code === "internal" ? "forbidden" : code;
    throw new GoliathError(known, `${path} cannot be written: ${troubleOf(cause)}`, {
      cause,
      about: { file: path },
    });
  };
}

function taken(path: string, cause?: unknown): GoliathError {
  const text = `${path} is there already: move it away or choose another name`;
  return new GoliathError("exists", text, { cause, about: { file: path } });
}
