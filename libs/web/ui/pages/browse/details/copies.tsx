/** Who has an entry, and how many copies there are of it. */
import { useState } from "react";
import { Button, Text } from "@mantine/core";
import { countText, plural } from "../../../parts/byte-text.ts";
import { useCall } from "../../../parts/use-call.ts";
import { useWatchedPart } from "../../../shell/session.ts";
import { usePeerNames } from "../../../parts/use-peer-names.ts";
import classes from "./details.module.css";

export interface CopiesProps {
  path: string;
  isFile: boolean;
  version: number | undefined;
}

/** A folder's copies are counted file by file, so only when somebody asks. */
export function Copies({ path, isFile, version }: CopiesProps) {
  const [asked, setAsked] = useState(false);
  return (
    <section className={classes["section"]}>
      <h3>Where it is</h3>
      {isFile || asked ? (
        <Counted path={path} version={version} />
      ) : (
        <Button size="compact-sm" variant="default" onClick={() => setAsked(true)}>
          Count the copies
        </Button>
      )}
    </section>
  );
}

function Counted({ path, version }: Omit<CopiesProps, "isFile">) {
  const answer = useCall("copies", { path }, { version });
  const nameOfPeer = usePeerNames();
  const own = useWatchedPart(({ status }) => status?.peerId);
  if (answer.state === "asking")
    return (
      <Text size="sm" c="dimmed">
        Counting…
      </Text>
    );
  if (answer.state === "failed")
    return (
      <Text size="sm" c="red">
        {answer.error}
      </Text>
    );
  const { chunks, fewestCopies, fewest, policy, holders } = answer.result;
  if (chunks === 0)
    return (
      <Text size="sm" c="dimmed">
        It is empty.
      </Text>
    );
  const wanted = policy.copies;
  return (
    <>
      <Text size="sm">
        {wanted > 0
          ? `${plural(fewestCopies, "safe copy", "safe copies")} of ${countText(wanted)} wanted.`
          : `${plural(fewest, "machine has", "machines have")} all of it.`}
      </Text>
      <ul className={classes["holders"]}>
        {holders.map(({ peer, chunks: held }) => (
          <li key={peer}>
            <span>{peer === own ? "This machine" : nameOfPeer(peer)}</span>
            <span>{held === chunks ? "all" : `${Math.floor((held / chunks) * 100)}%`}</span>
          </li>
        ))}
      </ul>
    </>
  );
}
