/** What is published from a folder of this machine is changed in the folder, and nowhere else. */
import { GoliathError, isWithin, type DrivePath } from "@goliath/protocols/nouns";

export interface SharedPath {
  local: string;
  path: DrivePath;
}

/** Throws `owned` for a path at or below one of the shares': the next look would undo a change. */
export function checkNotShared(shares: readonly SharedPath[], path: DrivePath): void {
  refuse(shares.find((share) => isWithin(path, share.path)));
}

/** As `checkNotShared`, and for what contains a share's path: it would lose its place. */
export function checkNoneShared(shares: readonly SharedPath[], path: DrivePath): void {
  checkNotShared(shares, path);
  refuse(shares.find((share) => isWithin(share.path, path)));
}

function refuse(share: SharedPath | undefined): void {
  if (!share) return;
  const { local, path } = share;
  const text = `${path} is published from ${local}: change it there, or unshare it first`;
  throw new GoliathError("owned", text, { about: { path } });
}
