/** What stands in place of content: nothing there, loading, away, failed. */
import type { ReactNode } from "react";
import { Loader, Text, Title } from "@mantine/core";
import { AlertIcon, CloudOfflineIcon, InboxIcon, SearchIcon } from "@primer/octicons-react";
import classes from "./state.module.css";

const ICONS = {
  empty: InboxIcon,
  "nothing-found": SearchIcon,
  offline: CloudOfflineIcon,
  error: AlertIcon,
} as const;

export interface StateProps {
  kind: keyof typeof ICONS | "loading";
  title: string;
  text?: string;
  /** What to do about it: buttons. */
  children?: ReactNode;
}

export function State({ kind, title, text, children }: StateProps) {
  const Icon = kind === "loading" ? undefined : ICONS[kind];
  return (
    <div className={classes["state"]} data-kind={kind} role={kind === "error" ? "alert" : "status"}>
      {Icon ? (
        <span className={classes["icon"]}>
          <Icon size={24} />
        </span>
      ) : (
        <Loader size="sm" />
      )}
      <Title order={2} size="h4">
        {title}
      </Title>
      {text && (
        <Text c="dimmed" size="sm" maw={460}>
          {text}
        </Text>
      )}
      {children && <div className={classes["actions"]}>{children}</div>}
    </div>
  );
}
