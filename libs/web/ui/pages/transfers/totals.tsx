/** Both rates and what went since the start, with the last minutes as a chart. */
import { useSyncExternalStore, type ReactNode } from "react";
import { byteText, plural, rateText } from "../../parts/byte-text.ts";
import { useSession, useWatched } from "../../shell/session.ts";
import { RateChart } from "./rate-chart.tsx";
import classes from "./transfers.module.css";

export function Totals({ uploads }: { uploads: number }) {
  const { rates } = useSession();
  const samples = useSyncExternalStore(rates.store.subscribe, rates.store.get);
  const { status } = useWatched();
  const { downRate = 0, upRate = 0, downBytes = 0, upBytes = 0 } = status?.transfers ?? {};
  return (
    <section aria-label="In all" className={classes["totals"]}>
      <div className={classes["figures"]}>
        <Figure tone="down" label="Receiving" value={rateText(downRate)}>
          {byteText(downBytes)} since Goliath started
        </Figure>
        <Figure tone="up" label="Sending" value={rateText(upRate)}>
          {byteText(upBytes)} since Goliath started
          {uploads > 0 && ` · ${plural(uploads, "piece")} now`}
        </Figure>
      </div>
      <RateChart samples={samples} />
    </section>
  );
}

interface FigureProps {
  tone: "down" | "up";
  label: string;
  value: string;
  children: ReactNode;
}

function Figure({ tone, label, value, children }: FigureProps) {
  return (
    <div>
      <div className={classes["figureLabel"]} data-tone={tone}>
        {label}
      </div>
      <div className={classes["figure"]}>{value}</div>
      <div className={classes["figureMore"]}>{children}</div>
    </div>
  );
}
