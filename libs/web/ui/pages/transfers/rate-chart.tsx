/** The rates of the last minutes as two areas; the figures beside it say the same in words. */
import { useEffect, useState } from "react";
import { HISTORY_MS, type RateSample } from "../../api/rate-history.ts";
import { rateText } from "../../parts/byte-text.ts";
import { useSession } from "../../shell/session.ts";
import classes from "./transfers.module.css";

const WIDTH = 600;
const HEIGHT = 120;
/** Moves on even while no rate changes. */
const TICK_MS = 1_000;
/** The top of a chart on which nothing moves, in bytes a second. */
const RATE_LEAST = 100_000;
/** Room above the highest. */
const SPARE = 1.1;

export function RateChart({ samples }: { samples: readonly RateSample[] }) {
  const nowMs = useTicks();
  const seen = within(samples, nowMs);
  const highest = Math.max(RATE_LEAST, ...seen.flatMap(({ down, up }) => [down, up]));
  const draw = (rate: "down" | "up") => area(seen, { rate, top: highest * SPARE, nowMs });
  return (
    <figure className={classes["chart"]}>
      <svg
        viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
        preserveAspectRatio="none"
        role="img"
        aria-label={`Rates of the last five minutes, up to ${rateText(highest)}`}
      >
        <path className={classes["down"]} d={draw("down")} />
        <path className={classes["up"]} d={draw("up")} />
      </svg>
      <figcaption>
        <span>5 minutes ago</span>
        <span>up to {rateText(highest)}</span>
        <span>now</span>
      </figcaption>
    </figure>
  );
}

function useTicks(): number {
  const { clock } = useSession();
  const [nowMs, setNowMs] = useState(() => clock.monotonicMs());
  useEffect(() => {
    const stop = new AbortController();
    const tick = async (): Promise<void> => {
      for (;;) {
        await clock.sleep(TICK_MS, stop.signal);
        setNowMs(clock.monotonicMs());
      }
    };
    tick().catch(() => undefined);
    return () => stop.abort();
  }, [clock]);
  return nowMs;
}

/** What is shown, with the last sample before it, which held on into it. */
function within(samples: readonly RateSample[], nowMs: number): readonly RateSample[] {
  const first = samples.findLastIndex(({ atMs }) => atMs <= nowMs - HISTORY_MS);
  return samples.slice(Math.max(0, first));
}

interface AreaOptions {
  rate: "down" | "up";
  top: number;
  nowMs: number;
}

/** Steps: a rate holds until the next sample. */
function area(samples: readonly RateSample[], { rate, top, nowMs }: AreaOptions): string {
  const x = (atMs: number): number =>
    Math.min(WIDTH, Math.max(0, WIDTH * (1 - (nowMs - atMs) / HISTORY_MS)));
  const y = (value: number): number => HEIGHT * (1 - value / top);
  const [first] = samples;
  if (!first) return "";
  const steps = samples.map((one) => `H${x(one.atMs).toFixed(1)}V${y(one[rate]).toFixed(1)}`);
  return `M${x(first.atMs).toFixed(1)} ${HEIGHT}${steps.join("")}H${WIDTH}V${HEIGHT}Z`;
}
