/** One sentence for each error that says what to do. */
import { isNoDaemon } from "@goliath/kit";
import type { ErrorCode, GoliathError } from "@goliath/protocols/nouns";

const ADVICE: Record<ErrorCode, string> = {
  "bad-request": "Check the arguments; `goliath help COMMAND` shows examples.",
  "invalid-path": "Write paths of the drive as /a/b; `goliath help paths` has the rules.",
  "not-found":
    "Look with `goliath ls` above it; what was deleted comes back with `goliath restore /path@REVISION`.",
  exists: "Choose another path, or take away what is there with `goliath rm`.",
  conflict: "Look at what it is now and repeat the command if you still want it.",
  "not-a-directory": "Name a directory, or use a command for files such as `goliath cat`.",
  "is-a-directory":
    "Name a file, or use a command for directories such as `goliath get`, `ls` or `rm -r`.",
  owned:
    "Change the files in the folder that is shared there, or write outside it; `goliath log` shows who claimed it.",
  forbidden: "Ask an admin of the drive for an invite with a larger role.",
  "no-pass": "Ask an admin for an invite and start the peer with `goliath peer start --join LINK`.",
  "bad-invite": "Ask an admin for a new link: `goliath invite` makes one.",
  "lease-lost": "Repeat the command: nothing was changed.",
  unverified: "Repeat the command; if it stays so, check the holders in `goliath peers`.",
  "number-used": "Restart the peer: it then agrees with the index on what was committed.",
  "too-large": "Do it in smaller pieces.",
  gone: "Choose a newer revision from `goliath log`.",
  reset: "Repeat the command: it starts again from what is there now.",
  missing: "Try again; `goliath copies` shows how many hold it.",
  corrupt: "Check the disk of the peer that served it; other copies are used when there are any.",
  changed: "Try again once the file has been published anew.",
  "no-holder": "Start a peer that holds it; `goliath peers` shows who is away.",
  busy: "Try again in a moment.",
  unavailable:
    "Check the network and that the other side runs; `goliath status` shows the index, `goliath peers` the peers.",
  timeout: "Try again; `goliath status` shows whether the index is connected.",
  closed: "Try again; if the daemon stopped, start it and look at what it wrote last.",
  aborted: "Nothing more happens; repeat the command when you want it.",
  full: "Free some space, or raise the capacity with `goliath peer start --capacity`.",
  locked: "Stop the other process, or choose another home with --home.",
  unsupported: "Bring Goliath to the same version on both sides and restart the daemons.",
  "disk-fault":
    "Look at the system's log and check the disk with its tools; make sure of a backup first.",
  internal: "Please report it with the daemon's last log lines (GOLIATH_LOG=debug shows more).",
};

/** The same for a file or folder of this machine, which `about.file` names. */
const ADVICE_HERE: Partial<Record<ErrorCode, string>> = {
  "not-found": "Check the name: it is a file or folder of this machine.",
  exists: "Choose another name or folder, or move away what is there.",
  "not-a-directory": "Name a folder of this machine.",
  "is-a-directory": "Name a file of this machine.",
  forbidden: "Give your user the permission that is missing there, or choose another place.",
  changed: "Wait until nobody writes it any more, and repeat the command.",
  corrupt: "Bring it back from a backup, or move it away; --home chooses another home.",
  unavailable: "Stop what uses it, or choose another address with --listen.",
};

/** Undefined where the message itself says what to do. */
export function adviceFor(error: GoliathError): string | undefined {
  if (isNoDaemon(error)) return undefined;
  if ("service" in error.about) return undefined;
  if ("config" in error.about)
    return "`goliath config default` prints every setting with an example.";
  if ("revision" in error.about) return "Choose a revision that `goliath log` shows.";
  const here = "file" in error.about || "listen" in error.about;
  return (here ? ADVICE_HERE[error.code] : undefined) ?? ADVICE[error.code];
}
