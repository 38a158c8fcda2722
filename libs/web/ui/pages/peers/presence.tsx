/** Whether a machine is here, and since when it is not: by a sign and by words. */
import { timeText, wholeTimeText } from "../../parts/time-text.ts";
import { useSession } from "../../shell/session.ts";
import type { Peer } from "./page.tsx";
import classes from "./peers.module.css";

export function Presence({ peer: { online, seenAt } }: { peer: Peer }) {
  const { clock } = useSession();
  if (online) return <span className={classes["presence"]}>Online</span>;
  if (seenAt === 0)
    return (
      <span className={classes["presence"]} data-away>
        Never seen
      </span>
    );
  return (
    <span className={classes["presence"]} data-away title={wholeTimeText(seenAt)}>
      Away since {lowered(timeText(seenAt, clock.nowMs()))}
    </span>
  );
}

/** `Today` begins no sentence here. */
function lowered(text: string): string {
  return /^(?:Today|Yesterday)/u.test(text) ? text.charAt(0).toLowerCase() + text.slice(1) : text;
}
