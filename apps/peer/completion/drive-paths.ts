/** Completion of drive paths, by asking the peer. */
import type { Clock } from "@goliath/kit";
import { formatPathArgument } from "../arguments/path-argument.ts";
import { DaemonClient } from "../daemon/daemon-client.ts";
import { printable } from "../output/printable.ts";

/** Names looked through: more could not be read in a completion list anyway. */
const NAMES_MAX = 1000;
/** Somebody waits with a finger on the tab key. */
const ANSWER_WITHIN_MS = 1_500;

export interface DrivePathsInit {
  home: string;
  clock: Clock;
}

/** Paths that begin with `prefix`, as they are typed; directories end in `/`. Never rejects. */
export async function completeDrivePath(
  prefix: string,
  { home, clock }: DrivePathsInit,
): Promise<string[]> {
  const slash = prefix.lastIndexOf("/");
  const directory = prefix.slice(0, slash);
  const begun = prefix.slice(slash + 1);
  const ended = new AbortController();
  const late = clock.sleep(ANSWER_WITHIN_MS, ended.signal).then(
    () => ended.abort(),
    () => undefined,
  );
  try {
    const daemon = new DaemonClient({ home, signal: ended.signal });
    const { entries } = await daemon.peer("ls", {
      path: directory === "" ? "/" : directory,
      limit: NAMES_MAX,
    });
    return (
      entries
        // A shell would write a name that repaints terminals as it is: such a one is typed by hand.
        .filter(({ name }) => name.startsWith(begun) && printable(name) === name)
        .map(({ name, kind }) =>
          kind === "dir"
            ? `${directory}/${name}/`
            : formatPathArgument({ path: `${directory}/${name}` }),
        )
    );
  } catch {
    return [];
  } finally {
    ended.abort();
    await late;
  }
}
