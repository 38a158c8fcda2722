/** With whom bytes are exchanged now, the fastest first. */
import { Text } from "@mantine/core";
import { rateText } from "../../parts/byte-text.ts";
import { shortId } from "../../parts/peer-name.tsx";
import type { Transfers } from "./page.tsx";
import classes from "./transfers.module.css";

export interface OthersProps {
  label: string;
  others: Transfers["sources"];
  /** What is said of nobody. */
  none: string;
}

export function Others({ label, others, none }: OthersProps) {
  const most = Math.max(1, ...others.map(({ rate }) => rate));
  return (
    <div className={classes["card"]}>
      <h3 className={classes["othersTitle"]}>{label}</h3>
      {others.length === 0 && (
        <Text size="sm" c="dimmed">
          {none}
        </Text>
      )}
      <ul className={classes["sources"]} aria-label={label}>
        {others
          .toSorted((a, b) => b.rate - a.rate)
          .map(({ peer, name, rate }) => (
            <li key={peer}>
              <span className={classes["source"]}>{name || shortId(peer)}</span>
              <span className={classes["bar"]} aria-hidden="true">
                <span style={{ width: `${(rate / most) * 100}%` }} />
              </span>
              <span className={classes["rate"]}>{rateText(rate)}</span>
            </li>
          ))}
      </ul>
    </div>
  );
}
