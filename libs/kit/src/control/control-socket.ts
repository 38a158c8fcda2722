/** Where a daemon's local socket lies, and how a new daemon takes the place of a dead one. */
import { createHash } from "node:crypto";
import { lstat, mkdir, rm } from "node:fs/promises";
import { connect } from "node:net";
import { tmpdir, userInfo } from "node:os";
import { join, resolve } from "node:path";
import { GoliathError } from "@goliath/protocols/nouns";

/** `sun_path` holds 104 bytes on a Mac and 108 on Linux, the closing zero among them. */
const SOCKET_PATH_BYTES_MAX = 100;

/**
 * The socket of the daemon called `name` in `home`: `HOME/NAME.sock`, or, where that is too long
 * for a socket, one named by a hash of the home in the user's own folder for temporary files.
 */
export function controlSocketPath(home: string, name: string): string {
  const absolute = resolve(home);
  const hash = createHash("sha256").update(absolute).digest("hex").slice(0, 32);
  if (process.platform === "win32") return `\\\\.\\pipe\\goliath-${hash}-${name}`;
  const path = join(absolute, `${name}.sock`);
  if (Buffer.byteLength(path) <= SOCKET_PATH_BYTES_MAX) return path;
  return join(privateFolder(), `${hash}-${name}.sock`);
}

/**
 * Makes room for a new socket: removes one that nobody answers on (its daemon was killed). Throws
 * `locked` when somebody does, and `forbidden` when the folder for it belongs to another user.
 */
export async function clearControlSocket(path: string): Promise<void> {
  if (process.platform === "win32") return;
  if (path.startsWith(privateFolder())) await makePrivateFolder();
  if (await answers(path)) {
    throw new GoliathError("locked", `a daemon already answers at ${path}`, {
      about: { socket: path },
    });
  }
  await rm(path, { force: true });
}

function privateFolder(): string {
  return join(tmpdir(), `goliath-${userInfo().uid}`);
}

/** In a folder for all, somebody else may have made ours first: then it is not used. */
async function makePrivateFolder(): Promise<void> {
  const folder = privateFolder();
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const found = await lstat(folder);
  if (!found.isDirectory() || found.uid !== userInfo().uid || (found.mode & 0o077) !== 0) {
    throw new GoliathError("forbidden", `${folder} must be a folder of yours with mode 0700`);
  }
}

function answers(path: string): Promise<boolean> {
  return new Promise((settle) => {
    const socket = connect(path);
    socket.once("connect", () => {
      socket.destroy();
      settle(true);
    });
    socket.once("error", () => settle(false));
  });
}
