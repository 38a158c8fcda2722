/** A peer by its name, and by the end of its id, which tells two of one name apart. */
import { Text, Tooltip } from "@mantine/core";
import classes from "./peer-name.module.css";

const SHOWN = 6;

export function shortId(id: string): string {
  return `…${id.slice(-SHOWN)}`;
}

export interface PeerNameProps {
  id: string;
  name?: string | undefined;
  /** Whether it is this machine. */
  own?: boolean;
}

export function PeerName({ id, name, own }: PeerNameProps) {
  return (
    <span className={classes["peer"]}>
      <span className={classes["name"]}>{name || "No name"}</span>
      {own && <span className={classes["own"]}>this machine</span>}
      <Tooltip label={id}>
        <Text span c="dimmed" size="xs" ff="monospace">
          {shortId(id)}
        </Text>
      </Tooltip>
    </span>
  );
}
