/**
 * Steps on the disk that are done one after the other in one go. A small file takes ten calls of
 * the system that cost microseconds each, and as many turns through a pool of threads that cost ten
 * times as much: a disk that can do all of them at once says so with `steps`, and any other does
 * them call by call.
 */
import { hash } from "node:crypto";
import type { Disk, DiskFile, DiskStats } from "./disk.ts";

/** Of sha2-256. */
export const DIGEST_BYTES = 32;

/** `stat`, `read`, `hash`, `write` and `utimes` are of the file that was opened last. */
export type Step =
  /** Flags of `constants` of `node:fs`. What is opened is closed after the last step. */
  | { do: "open"; path: string; flags: number; mode?: number }
  | { do: "stat" }
  /** Gives the bytes, fewer where the file ends before. */
  | { do: "read"; length: number; position: number }
  /** Fails with `EBADMSG` unless this is sha2-256 of what was read last. */
  | { do: "check"; digest: Uint8Array }
  /** Gives sha2-256 of each `pieceBytes`, 32 bytes each; none of a piece the file does not have. */
  | { do: "hash"; length: number; position: number; pieceBytes: number }
  /** Writes all of it. */
  | { do: "write"; bytes: Uint8Array; position: number }
  /** Seconds since 1970. */
  | { do: "utimes"; atime: number; mtime: number }
  | { do: "lstat"; path: string }
  /** Fails with `ELOOP` where a link leads to the path. */
  | { do: "isReal"; path: string }
  | { do: "link"; existing: string; path: string }
  | { do: "unlink"; path: string };

export type StepResult = DiskStats | Uint8Array | undefined;

/** What became of some steps: what each of them gave, up to the first that failed. */
export interface StepsDone {
  results: StepResult[];
  /** The system's error of the step after these. */
  failed?: unknown;
}

/** Never rejects for what the system answers: see `failed`. */
export async function runSteps(disk: Disk, steps: readonly Step[]): Promise<StepsDone> {
  if (disk.steps) return disk.steps(steps);
  const results: StepResult[] = [];
  const opened: DiskFile[] = [];
  const done: StepsDone = { results };
  try {
    for (const step of steps) {
      if (step.do === "check") checkRead(step.digest, results);
      results.push(step.do === "check" ? undefined : await runStep(disk, step, opened));
    }
  } catch (error) {
    done.failed = error;
  }
  for (const file of opened) await file.close().catch((error: unknown) => (done.failed ??= error));
  return done;
}

async function runStep(
  disk: Disk,
  step: Exclude<Step, { do: "check" }>,
  opened: DiskFile[],
): Promise<StepResult> {
  switch (step.do) {
    case "open":
      opened.push(await disk.open(step.path, step.flags, step.mode));
      return undefined;
    case "lstat":
      return disk.lstat(step.path, { bigint: true });
    case "isReal":
      if ((await disk.realpath(step.path)) !== step.path) throw behindLink(step.path);
      return undefined;
    case "link":
      return void (await disk.link(step.existing, step.path));
    case "unlink":
      return void (await disk.unlink(step.path));
    default:
      return runOnFile(fileOf(opened), step);
  }
}

type FileStep = Extract<Step, { do: "stat" | "read" | "hash" | "write" | "utimes" }>;

async function runOnFile(file: DiskFile, step: FileStep): Promise<StepResult> {
  switch (step.do) {
    case "stat":
      return file.stat({ bigint: true });
    case "read":
      return readUpTo(file, step);
    case "hash":
      return hashPieces(file, step);
    case "write":
      return void (await writeAll(file, step));
    case "utimes":
      return void (await file.utimes(step.atime, step.mtime));
  }
}

/** Pieces of a span of a file: where each begins and how long it is. */
export function* piecesOf({ length, position, pieceBytes }: Extract<Step, { do: "hash" }>) {
  for (let done = 0; done < length; done += pieceBytes) {
    yield { position: position + done, length: Math.min(pieceBytes, length - done) };
  }
}

async function hashPieces(
  file: DiskFile,
  step: Extract<Step, { do: "hash" }>,
): Promise<Uint8Array> {
  const sums: Buffer[] = [];
  for (const piece of piecesOf(step)) {
    const bytes = await readUpTo(file, piece);
    if (bytes.length < piece.length) break;
    sums.push(hash("sha256", bytes, "buffer"));
  }
  return Buffer.concat(sums);
}

async function readUpTo(
  file: DiskFile,
  { length, position }: { length: number; position: number },
): Promise<Uint8Array> {
  const bytes = Buffer.allocUnsafeSlow(length);
  let done = 0;
  while (done < length) {
    const { bytesRead } = await file.read(bytes, done, length - done, position + done);
    if (bytesRead === 0) break;
    done += bytesRead;
  }
  return bytes.subarray(0, done);
}

async function writeAll(
  file: DiskFile,
  { bytes, position }: { bytes: Uint8Array; position: number },
): Promise<void> {
  for (let done = 0; done < bytes.length;) {
    const left = bytes.length - done;
    done += (await file.write(bytes, done, left, position + done)).bytesWritten;
  }
}

/** Throws unless the last bytes among the results have this digest. */
export function checkRead(digest: Uint8Array, results: readonly unknown[]): void {
  const bytes = results.findLast((result) => result instanceof Uint8Array);
  if (bytes && Buffer.compare(hash("sha256", bytes, "buffer"), digest) === 0) return;
  throw Object.assign(new Error("EBADMSG: these are other bytes"), { code: "EBADMSG" });
}

/** What the system would say of a path that must not be followed. */
export function behindLink(path: string): Error {
  return Object.assign(new Error(`ELOOP: a link leads there, ${path}`), { code: "ELOOP", path });
}

function fileOf(opened: readonly DiskFile[]): DiskFile {
  const file = opened.at(-1);
  if (!file) throw new Error("no file was opened before this step");
  return file;
}
