/** The errors of a simulated disk: those of Linux, as Node gives them. */
import Database from "better-sqlite3";

const TEXTS = {
  EACCES: "permission denied",
  EBADF: "bad file descriptor",
  EEXIST: "file already exists",
  EINVAL: "invalid argument",
  EIO: "i/o error",
  EISDIR: "illegal operation on a directory",
  ELOOP: "too many symbolic links encountered",
  ENAMETOOLONG: "name too long",
  ENOENT: "no such file or directory",
  ENOSPC: "no space left on device",
  ENOTDIR: "not a directory",
  ENOTEMPTY: "directory not empty",
  EPERM: "operation not permitted",
  EROFS: "read-only file system",
  EXDEV: "cross-device link not permitted",
} as const;

export type DiskErrorCode = keyof typeof TEXTS;

export function diskError(
  code: DiskErrorCode,
  { call, path }: { call: string; path: string },
): NodeJS.ErrnoException {
  const error = new Error(`${code}: ${TEXTS[code]}, ${call} '${path}'`);
  return Object.assign(error, { code, syscall: call, path });
}

/** The failure of a call that is about to happen, as whoever makes it would see it. */
export function callError(code: "EIO" | "ENOSPC", at: { call: string; path: string }): Error {
  if (at.call !== "commit" && at.call !== "database") return diskError(code, at);
  return code === "EIO"
    ? new Database.SqliteError("disk I/O error", "SQLITE_IOERR")
    : new Database.SqliteError("database or disk is full", "SQLITE_FULL");
}
