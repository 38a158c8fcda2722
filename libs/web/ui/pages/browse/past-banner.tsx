/** Says that what is shown is the past, and leads back from it. */
import { useState } from "react";
import { Button } from "@mantine/core";
import { HistoryIcon } from "@primer/octicons-react";
import { countText } from "../../parts/byte-text.ts";
import { ConfirmDialog } from "../../parts/confirm-dialog.tsx";
import { addressOf, nameOf } from "../../parts/drive-path.ts";
import { goTo } from "../../shell/location.ts";
import { useSession } from "../../shell/session.ts";
import classes from "./browse.module.css";

export default function PastBanner({
  path,
  at,
  canRestore,
}: {
  path: string;
  at: number;
  canRestore: boolean;
}) {
  const { changes } = useSession();
  const [asking, setAsking] = useState(false);
  const name = nameOf(path);
  return (
    <div className={classes["past"]} role="status">
      <HistoryIcon />
      <span>
        This is how it was at revision {countText(at)}. Nothing can be changed in the past.
      </span>
      {canRestore && name && (
        <Button size="compact-sm" variant="default" onClick={() => setAsking(true)}>
          Restore this folder…
        </Button>
      )}
      <Button size="compact-sm" variant="default" onClick={() => goTo(addressOf(path))}>
        Back to now
      </Button>
      {asking && (
        <ConfirmDialog
          title={`Restore “${name}”?`}
          confirm="Restore"
          onConfirm={async () => {
            await changes.restore(path, at);
            goTo(addressOf(path));
          }}
          onClose={() => setAsking(false)}
        >
          All in this folder will be as it was at revision {countText(at)}. How it is now stays
          among its versions, and you can undo this.
        </ConfirmDialog>
      )}
    </div>
  );
}
