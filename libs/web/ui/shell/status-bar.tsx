/** The foot of the window: whether the drive is reached, how fast bytes go, who is online. */
import { Tooltip } from "@mantine/core";
import { ArrowDownIcon, ArrowUpIcon, PeopleIcon } from "@primer/octicons-react";
import type { Watched } from "../api/watch.ts";
import { plural, rateText } from "../parts/byte-text.ts";
import classes from "./shell.module.css";
import { useWatched } from "./session.ts";

type Health = { tone: "good" | "wait" | "bad"; text: string; more: string };

function healthOf({ phase, status }: Watched): Health {
  if (phase === "opening") return { tone: "wait", text: "Connecting…", more: "Asking Goliath." };
  if (phase !== "live" || !status)
    return { tone: "bad", text: "Goliath is away", more: "The daemon does not answer." };
  if (!status.index.connected)
    return {
      tone: "wait",
      text: "Index away",
      more: "What is on this machine works; changes wait until the index is back.",
    };
  return { tone: "good", text: "Connected", more: `At revision ${status.index.revision}.` };
}

export function StatusBar() {
  const watched = useWatched();
  const { tone, text, more } = healthOf(watched);
  const transfers = watched.phase === "live" ? watched.status?.transfers : undefined;
  return (
    <footer className={classes["foot"]}>
      <Tooltip label={more}>
        <span className={classes["health"]} data-tone={tone}>
          {text}
        </span>
      </Tooltip>
      <span className={classes["gap"]} />
      {transfers && (
        <>
          <span
            className={classes["rate"]}
            aria-label={`Receiving ${rateText(transfers.downRate)}`}
          >
            <ArrowDownIcon size={12} /> {rateText(transfers.downRate)}
          </span>
          <span className={classes["rate"]} aria-label={`Sending ${rateText(transfers.upRate)}`}>
            <ArrowUpIcon size={12} /> {rateText(transfers.upRate)}
          </span>
          <span className={classes["online"]}>
            <PeopleIcon size={12} /> {plural(watched.peersOnline, "peer")} online
          </span>
        </>
      )}
    </footer>
  );
}
