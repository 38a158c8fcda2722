/** Steps on the system's disk, done at once and without a pool: for a thread of its own. */
import { hash } from "node:crypto";
import * as fs from "node:fs";
import { behindLink, checkRead, DIGEST_BYTES, piecesOf, type Step } from "../steps.ts";

/** A file's facts as they go from thread to thread: `DiskStats` without its methods. */
export interface PlainStats {
  dev: bigint;
  ino: bigint;
  mode: bigint;
  nlink: bigint;
  size: bigint;
  mtimeNs: bigint;
  ctimeNs: bigint;
  birthtimeNs: bigint;
}

export interface PlainError {
  message: string;
  code: string | undefined;
  errno: number | undefined;
  syscall: string | undefined;
  path: string | undefined;
}

export interface PlainDone {
  results: (PlainStats | Uint8Array | undefined)[];
  failed?: PlainError;
}

export function stepsNow(steps: readonly Step[]): PlainDone {
  const results: PlainDone["results"] = [];
  const opened: number[] = [];
  const done: PlainDone = { results };
  try {
    for (const step of steps) {
      if (step.do === "check") checkRead(step.digest, results);
      results.push(step.do === "check" ? undefined : stepNow(step, opened));
    }
  } catch (error) {
    done.failed = plainError(error);
  }
  for (const file of opened) {
    try {
      fs.closeSync(file);
    } catch (error) {
      done.failed ??= plainError(error);
    }
  }
  return done;
}

function stepNow(
  step: Exclude<Step, { do: "check" }>,
  opened: number[],
): PlainDone["results"][number] {
  switch (step.do) {
    case "open":
      opened.push(fs.openSync(step.path, step.flags, step.mode));
      return undefined;
    case "lstat":
      return plainStats(fs.lstatSync(step.path, { bigint: true }));
    case "isReal":
      if (fs.realpathSync.native(step.path) !== step.path) throw behindLink(step.path);
      return undefined;
    case "link":
      return void fs.linkSync(step.existing, step.path);
    case "unlink":
      return void fs.unlinkSync(step.path);
    default:
      return onFile(fileOf(opened), step);
  }
}

type FileStep = Extract<Step, { do: "stat" | "read" | "hash" | "write" | "utimes" }>;

function onFile(file: number, step: FileStep): PlainDone["results"][number] {
  switch (step.do) {
    case "stat":
      return plainStats(fs.fstatSync(file, { bigint: true }));
    case "read":
      return readUpTo(file, { ...step, into: Buffer.allocUnsafeSlow(step.length) });
    case "hash":
      return hashPieces(file, step);
    case "write":
      return writeAll(file, step);
    case "utimes":
      return void fs.futimesSync(file, step.atime, step.mtime);
  }
}

function hashPieces(file: number, step: Extract<Step, { do: "hash" }>): Uint8Array {
  // Of its own memory: with a view of a slab all of the slab would go from thread to thread.
  const sums = new Uint8Array(Math.ceil(step.length / step.pieceBytes) * DIGEST_BYTES);
  const into = Buffer.allocUnsafe(Math.min(step.pieceBytes, step.length));
  let filled = 0;
  for (const piece of piecesOf(step)) {
    const bytes = readUpTo(file, { ...piece, into });
    if (bytes.length < piece.length) return sums.slice(0, filled);
    sums.set(hash("sha256", bytes, "buffer"), filled);
    filled += DIGEST_BYTES;
  }
  return sums;
}

function readUpTo(
  file: number,
  { into, length, position }: { into: Buffer; length: number; position: number },
): Uint8Array {
  let done = 0;
  while (done < length) {
    const read = fs.readSync(file, into, done, length - done, position + done);
    if (read === 0) break;
    done += read;
  }
  return into.subarray(0, done);
}

function writeAll(
  file: number,
  { bytes, position }: { bytes: Uint8Array; position: number },
): undefined {
  for (let done = 0; done < bytes.length;) {
    done += fs.writeSync(file, bytes, done, bytes.length - done, position + done);
  }
}

function plainStats(stats: fs.BigIntStats): PlainStats {
  const { dev, ino, mode, nlink, size, mtimeNs, ctimeNs, birthtimeNs } = stats;
  return { dev, ino, mode, nlink, size, mtimeNs, ctimeNs, birthtimeNs };
}

function plainError(thrown: unknown): PlainError {
  const { message, code, errno, syscall, path } = thrown as NodeJS.ErrnoException;
  return { message, code, errno, syscall, path };
}

function fileOf(opened: readonly number[]): number {
  const file = opened.at(-1);
  if (file === undefined) throw new Error("no file was opened before this step");
  return file;
}
