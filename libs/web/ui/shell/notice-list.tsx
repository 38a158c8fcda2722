/** Shows the notices, and has them read out. */
import { useSyncExternalStore } from "react";
import { Button, CloseButton } from "@mantine/core";
import { AlertIcon, CheckCircleIcon } from "@primer/octicons-react";
import classes from "./shell.module.css";
import type { Notice } from "./notices.ts";
import { useSession } from "./session.ts";

export function NoticeList() {
  const { notices } = useSession();
  const all = useSyncExternalStore(notices.store.subscribe, notices.store.get);
  return (
    <section className={classes["notices"]} aria-label="Messages" aria-live="polite" role="status">
      {all.map((notice) => (
        <NoticeBar key={notice.id} notice={notice} onClose={() => notices.dismiss(notice.id)} />
      ))}
    </section>
  );
}

function NoticeBar({ notice, onClose }: { notice: Notice; onClose: () => void }) {
  const { kind, text, action } = notice;
  const act = (): void => {
    onClose();
    action?.run();
  };
  return (
    <div className={classes["notice"]} data-kind={kind}>
      {kind === "done" ? <CheckCircleIcon /> : <AlertIcon />}
      <span className={classes["noticeText"]}>{text}</span>
      {action && (
        <Button size="compact-sm" variant="light" onClick={act}>
          {action.label}
        </Button>
      )}
      <CloseButton size="sm" aria-label="Close this message" onClick={onClose} />
    </div>
  );
}
