/** The room this machine gave to the drive. */
import { Code, Text } from "@mantine/core";
import type { PeerStatus } from "../../api/methods.ts";
import { byteText } from "../../parts/byte-text.ts";
import { Meter } from "../../parts/meter.tsx";
import { Fact } from "./fact.tsx";
import classes from "./settings.module.css";

export function Keeper({ keeper }: { keeper: PeerStatus["keeper"] }) {
  if (!keeper)
    return (
      <Text size="sm" c="dimmed">
        This machine gives no room to the drive. To hold copies for others, start Goliath with{" "}
        <Code>--capacity 500GB</Code> or set <Code>capacity</Code> in config.toml.
      </Text>
    );
  const { capacityBytes, usedBytes, freeBytes, labels, draining } = keeper;
  return (
    <>
      <Meter value={usedBytes} of={capacityBytes} label="Room taken by the drive" />
      <dl className={classes["facts"]}>
        <Fact name="Taken">
          {byteText(usedBytes)} of {byteText(capacityBytes)}
          {draining && " – it is leaving, and takes nothing new"}
        </Fact>
        <Fact name="Free for new copies">{byteText(freeBytes)}</Fact>
        <Fact name="Labels" more="Policies prefer or avoid machines by their labels.">
          {labels.length > 0 ? labels.join(", ") : "None"}
        </Fact>
      </dl>
    </>
  );
}
