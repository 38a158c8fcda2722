/** A folder that is being fetched: how fast, and how long still. */
import { Text } from "@mantine/core";
import { byteText, rateText } from "../../parts/byte-text.ts";
import { addressOf } from "../../parts/drive-path.ts";
import { durationText, leftText } from "../../parts/duration-text.ts";
import { Meter } from "../../parts/meter.tsx";
import { Link } from "../../shell/link.tsx";
import { useWatched } from "../../shell/session.ts";
import type { MirrorTransfer } from "./page.tsx";
import classes from "./transfers.module.css";

export function MirrorTransferCard({ mirror }: { mirror: MirrorTransfer }) {
  const { status } = useWatched();
  const { path, local, rate, missingBytes, etaMs } = mirror;
  const here = status?.mirrors.find((one) => one.local === local)?.bytes ?? 0;
  const left =
    etaMs === undefined ? leftText(missingBytes, rate) : `about ${durationText(etaMs)} left`;
  return (
    <li className={classes["card"]}>
      <div className={classes["cardHead"]}>
        <Link className={classes["path"]} href={addressOf(path)}>
          {path === "/" ? "The whole drive" : path}
        </Link>
        <span className={classes["rate"]}>{rateText(rate)}</span>
      </div>
      <Meter
        value={here}
        of={here + missingBytes}
        label={`How much of ${path} is here`}
        moving={rate > 0}
      />
      <Text size="sm" c="dimmed">
        {byteText(missingBytes)} to come · {left ?? "waiting for somebody who has it"}
      </Text>
    </li>
  );
}
