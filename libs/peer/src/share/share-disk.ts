/** The disk as a share sees it: names and stamps, links never followed. */
import { runSteps, type Disk, type DiskStats } from "@goliath/kit";

export interface ShareDisk {
  /** Raw names in a directory, in no order. Rejects with the system's error. */
  names(path: string): Promise<Buffer[]>;
  /** Whether a directory has no names. Rejects as `names` does. */
  isEmpty(path: string): Promise<boolean>;
  /** Undefined when nothing is there. Rejects when that cannot be known. */
  stat(path: string): Promise<DiskStats | undefined>;
  /** The same of many in one go. */
  stats(paths: readonly string[]): Promise<PromiseSettledResult<DiskStats | undefined>[]>;
  /** All of a text file. */
  text(path: string): Promise<string>;
  /** The path without links and dots. */
  realPath(path: string): Promise<string>;
}

export function shareDiskOn(disk: Disk): ShareDisk {
  return {
    names: (path) => disk.readdir(path, { encoding: "buffer" }),
    isEmpty: async (path) => {
      await using directory = await disk.opendir(path);
      return (await directory.read()) === null;
    },
    stat: async (path) => {
      try {
        return await disk.lstat(path, { bigint: true });
      } catch (error) {
        if (isAbsent(error)) return undefined;
        throw error;
      }
    },
    stats: (paths) => Promise.allSettled(paths.map((path) => lstatStep(disk, path))),
    text: (path) => disk.readFile(path, "utf8"),
    realPath: (path) => disk.realpath(path),
  };
}

async function lstatStep(disk: Disk, path: string): Promise<DiskStats | undefined> {
  const { results, failed } = await runSteps(disk, [{ do: "lstat", path }]);
  if (failed && !isAbsent(failed)) throw failed;
  return results[0] as DiskStats | undefined;
}

/** Whether the error says that nothing is there, and not that it cannot be seen. */
export function isAbsent(error: unknown): boolean {
  return (
    error instanceof Error &&
    "code" in error &&
    (error.code === "ENOENT" || error.code === "ENOTDIR")
  );
}

/** The name as text, or undefined when its bytes are not UTF-8. */
export function decodeName(name: Buffer): string | undefined {
  const text = name.toString("utf8");
  return Buffer.from(text, "utf8").equals(name) ? text : undefined;
}
