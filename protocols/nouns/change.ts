/** Changes: what a commit is made of. They apply in order; together they are one revision. */
import type { FileBody } from "./entry.ts";
import type { Revision } from "./ids.ts";
import type { DrivePath } from "./path.ts";
import type { PolicyChange } from "./policy.ts";

/** Most paths in one commit. Beyond it: split it, or move a directory instead of its files. */
export const COMMIT_CHANGES_MAX = 100_000;

/** What must hold at the change's path when the commit is applied; otherwise all of it is refused. */
export type Precondition = { absent: true } | { revision: Revision };

/**
 * - `put` makes or replaces a file, making missing parent directories.
 * - `mkdir` makes a directory and its missing parents; one that is there already is left alone.
 * - `remove` takes a file, or a directory with all below it.
 * - `move` gives an entry another name or parent, its id and chunks kept; it replaces a file at
 *   `to`, never a directory. `when` speaks of `path`, the source.
 * - `copy` puts what stood at `from` (in revision `at`, or now) at `path`, which must be absent
 *   or a file; chunks keep their ids. Undelete and restore are copies.
 * - `claim` gives a directory to the writer's share: others' changes inside, and of where it
 *   stands, are `owned`. It makes the directory when absent. `unclaim` gives it back.
 * - `policy` sets fields of the policy of what stands at `path`, the root included; others stay.
 *   It is the name's in its directory: `move` takes it along, `remove` ends it, a `put` over it
 *   keeps it, `copy` does not bring it.
 */
export type Change =
  | { op: "put"; path: DrivePath; file: FileBody; when?: Precondition }
  | { op: "mkdir"; path: DrivePath; when?: Precondition }
  | { op: "remove"; path: DrivePath; when?: Precondition }
  | { op: "move"; path: DrivePath; to: DrivePath; when?: Precondition }
  | { op: "copy"; path: DrivePath; from: DrivePath; at?: Revision; when?: Precondition }
  | { op: "claim"; path: DrivePath; when?: Precondition }
  | { op: "unclaim"; path: DrivePath; when?: Precondition }
  | { op: "policy"; path: DrivePath; policy: PolicyChange; when?: Precondition };
