/** The disk as a share sees it: names and stamps, links never followed. */
import type { BigIntStats } from "node:fs";
import { lstat, opendir, readdir } from "node:fs/promises";

export interface ShareDisk {
  /** Raw names in a directory, in no order. Rejects with the system's error. */
  names(path: string): Promise<Buffer[]>;
  /** Whether a directory has no names. Rejects as `names` does. */
  isEmpty(path: string): Promise<boolean>;
  /** Undefined when nothing is there. Rejects when that cannot be known. */
  stat(path: string): Promise<BigIntStats | undefined>;
}

export const systemShareDisk: ShareDisk = {
  names: (path) => readdir(path, { encoding: "buffer" }),
  isEmpty: async (path) => {
    await using directory = await opendir(path);
    return (await directory.read()) === null;
  },
  stat: async (path) => {
    try {
      return await lstat(path, { bigint: true });
    } catch (error) {
      if (isAbsent(error)) return undefined;
      throw error;
    }
  },
};

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
