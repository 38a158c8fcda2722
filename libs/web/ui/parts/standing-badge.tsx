/** Where an entry is, in a word: here, partly here, elsewhere, at risk. */
import { Tooltip } from "@mantine/core";
import {
  AlertIcon,
  CheckCircleIcon,
  CloudIcon,
  CloudOfflineIcon,
  IssueDraftIcon,
  type Icon,
} from "@primer/octicons-react";
import type { Standing } from "../api/methods.ts";
import { plural } from "./byte-text.ts";
import classes from "./standing-badge.module.css";

interface Look {
  tone: "here" | "part" | "away" | "risk" | "lost";
  word: string;
  more: string;
  Sign: Icon;
}

/** `size` is a file's; the share of it that is here is told in percent. */
export function lookOf(standing: Standing, size?: number): Look {
  const { here, holders, reachable, copies } = standing;
  if (here !== "all" && reachable === false)
    return {
      tone: "lost",
      word: "Not reachable",
      more: "Nobody who has all of it is online now.",
      Sign: CloudOfflineIcon,
    };
  if (standing.atRisk)
    return {
      tone: "risk",
      word: here === "all" ? "Here, at risk" : "At risk",
      more: copies
        ? `${plural(copies.fewest, "copy", "copies")} of ${copies.wanted} wanted. It could be lost with one disk.`
        : "There are too few copies of it.",
      Sign: AlertIcon,
    };
  const others =
    holders === undefined ? "" : ` ${plural(holders, "machine has", "machines have")} all of it.`;
  if (here === "all")
    return {
      tone: "here",
      word: "Here",
      more: `It is on this machine.${others}`,
      Sign: CheckCircleIcon,
    };
  if (here === "part")
    return {
      tone: "part",
      word: partWord(standing, size),
      more: `A part of it is on this machine.${others}`,
      Sign: IssueDraftIcon,
    };
  return {
    tone: "away",
    word: "Elsewhere",
    more: `It is fetched from others when you open it.${others}`,
    Sign: CloudIcon,
  };
}

function partWord({ hereBytes }: Standing, size: number | undefined): string {
  if (hereBytes === undefined || !size) return "Partly here";
  return `${Math.min(99, Math.max(1, Math.round((hereBytes / size) * 100)))}% here`;
}

export function StandingBadge({
  standing,
  size,
}: {
  standing: Standing;
  size?: number | undefined;
}) {
  const { tone, word, more, Sign } = lookOf(standing, size);
  return (
    <Tooltip label={more} multiline maw={280}>
      <span className={classes["badge"]} data-tone={tone}>
        <Sign size={14} />
        <span>{word}</span>
      </span>
    </Tooltip>
  );
}
