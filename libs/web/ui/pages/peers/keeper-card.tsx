/** A keeper: how much of what it gave is taken. */
import { Badge, Text } from "@mantine/core";
import { byteText } from "../../parts/byte-text.ts";
import { Meter } from "../../parts/meter.tsx";
import { PeerName } from "../../parts/peer-name.tsx";
import type { Peer } from "./page.tsx";
import classes from "./peers.module.css";
import { Presence } from "./presence.tsx";

export function KeeperCard({ peer, own }: { peer: Peer; own: boolean }) {
  const { keeper, capacityBytes, freeBytes, name } = peer;
  if (!keeper) return null;
  const { usedBytes, labels, draining, needed } = keeper;
  return (
    <li className={classes["keeper"]} data-away={!peer.online || undefined}>
      <div className={classes["keeperHead"]}>
        <PeerName id={peer.peer} name={name} own={own} />
        <Presence peer={peer} />
      </div>
      <Meter
        value={usedBytes}
        of={capacityBytes}
        label={`Room taken at ${name || "this keeper"}`}
      />
      <Text size="sm">
        {byteText(usedBytes)} of {byteText(capacityBytes)} taken
        {peer.online && <span className={classes["dim"]}> · {byteText(freeBytes)} free</span>}
      </Text>
      {!peer.online && (
        <Text size="sm" c="dimmed">
          Its copies do not count while it is away. If it stays away the drive makes new ones
          elsewhere.
        </Text>
      )}
      {draining && (
        <Text size="sm" c="dimmed">
          {needed > 0
            ? "It is leaving. Wait: the drive still needs some of what it holds."
            : "It is leaving, and can be switched off: the drive needs nothing of it."}
        </Text>
      )}
      {labels.length > 0 && (
        <div className={classes["labels"]}>
          {labels.map((label) => (
            <Badge key={label} variant="default" tt="none" fw={500}>
              {label}
            </Badge>
          ))}
        </div>
      )}
    </li>
  );
}
