/**
 * Real disks for a test to fill, unmount and bring back: memory of a bounded size, an ext4 image,
 * an exFAT image. Mounting takes root; exFAT takes FUSE and Debian's `exfat-fuse`, which is fetched
 * where it is missing.
 */
import { execFile, execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdir, rm, truncate, writeFile } from "node:fs/promises";
import { promisify } from "node:util";
import { until } from "./settled.ts";

const run = promisify(execFile);
const MIB = 1024 * 1024;
/** Fetching two small packages. */
const INSTALL_TIMEOUT_MS = 120_000;
/** A peer keeps files open that it has read, for some seconds. */
const REMOUNT_TIMEOUT_MS = 30_000;
/** Where exFAT's programs are: `mount.exfat-fuse` and `mkfs.exfat`. */
const EXFAT = ["/usr/sbin/mount.exfat-fuse", "/usr/sbin/mkfs.exfat"];

export interface ScratchDiskInit {
  kind: "tmpfs" | "ext4" | "exfat";
  /** Where it is mounted; made when absent. */
  at: string;
  mib: number;
}

/** Why a test that mounts disks cannot run here; undefined when it can. */
export function noMounting(): string | undefined {
  if (process.platform !== "linux") return "disks are mounted on Linux only";
  if (process.getuid?.() !== 0) return "mounting disks takes root";
  try {
    execFileSync("unshare", ["--mount", "losetup", "-f"], { stdio: "ignore" });
    return undefined;
  } catch {
    return "this machine's root may not mount disks, or has no loop devices";
  }
}

/** Why exFAT cannot be tried here. Fetches its programs where that is possible. */
export async function noExfat(): Promise<string | undefined> {
  const reason = noMounting();
  if (reason !== undefined) return reason;
  if (!existsSync("/dev/fuse")) return "exFAT takes FUSE: no /dev/fuse here";
  if (EXFAT.every((file) => existsSync(file))) return undefined;
  const install = ["install", "-y", "exfat-fuse", "exfatprogs"];
  await run("apt-get", install, { timeout: INSTALL_TIMEOUT_MS }).catch(() => undefined);
  const isThere = EXFAT.every((file) => existsSync(file));
  return isThere
    ? undefined
    : "exFAT's programs are missing: apt-get install exfat-fuse exfatprogs";
}

export class ScratchDisk implements AsyncDisposable {
  readonly #init: ScratchDiskInit;
  readonly #image: string;
  #device: string | undefined;

  constructor(init: ScratchDiskInit) {
    this.#init = init;
    this.#image = `${init.at}.image`;
  }

  /** Makes its file system; once. */
  async make(): Promise<void> {
    const { kind, at, mib } = this.#init;
    await mkdir(at, { recursive: true });
    if (kind === "tmpfs") return;
    await writeFile(this.#image, "");
    await truncate(this.#image, mib * MIB);
    if (kind === "ext4") await run("mkfs.ext4", ["-q", this.#image]);
    else await run("mkfs.exfat", [this.#image]);
  }

  async mount(): Promise<void> {
    const { kind, at, mib } = this.#init;
    if (kind === "tmpfs")
      return void (await run("mount", ["-t", "tmpfs", "-o", `size=${mib}m`, "scratch", at]));
    const { stdout } = await run("losetup", ["-f", "--show", this.#image]);
    this.#device = stdout.trim();
    if (kind === "ext4") await run("mount", [this.#device, at]);
    else await run("mount.exfat-fuse", [this.#device, at]);
  }

  /** `size=64m`, `ro`, `rw`. Waits for files that are open for writing, which the system does not. */
  async remount(option: string): Promise<void> {
    const remounted = async (): Promise<string | undefined> =>
      run("mount", ["-o", `remount,${option}`, this.#init.at]).then(
        () => undefined,
        (error: Error) => error.message,
      );
    await until(remounted, (problem) => problem === undefined, {
      what: `mounting ${this.#init.at} anew`,
      timeoutMs: REMOUNT_TIMEOUT_MS,
    });
  }

  /** Also while somebody has a file open there: the mount point is free at once. */
  async unmount(): Promise<void> {
    await run("umount", ["-l", this.#init.at]);
    if (this.#device) await run("losetup", ["-d", this.#device]);
    this.#device = undefined;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.unmount().catch(() => undefined);
    await rm(this.#image, { force: true });
  }
}

/** A new disk, mounted. */
export async function openScratchDisk(init: ScratchDiskInit): Promise<ScratchDisk> {
  const disk = new ScratchDisk(init);
  await disk.make();
  await disk.mount();
  return disk;
}
