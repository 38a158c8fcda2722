/** One folder: where it is, what can be done, its entries, and what is known of the chosen one. */
import { lazy, Suspense, useState } from "react";
import { useLocalStorage, useMediaQuery } from "@mantine/hooks";
import { Breadcrumb } from "../../parts/breadcrumb.tsx";
import { addressOf, joinPath, nameOf } from "../../parts/drive-path.ts";
import { goTo } from "../../shell/location.ts";
import { useWatchedPart } from "../../shell/session.ts";
import { ActionMenu } from "./action-menu.tsx";
import { ENTRY_ACTIONS } from "./action-list.ts";
import { DropZone } from "./drop-zone.tsx";
import { FileList } from "./file-list.tsx";
import { FolderState } from "./folder-state.tsx";
import { BY_NAME, turned } from "./order.ts";
import { Toolbar } from "./toolbar.tsx";
import { useActions } from "./use-actions.ts";
import { useFolder } from "./use-folder.ts";
import { useNow } from "./use-now.ts";
import { useSelection } from "./use-selection.ts";
import { useShownFile } from "./use-shown-file.ts";
import { useStandings } from "./use-standings.ts";
import classes from "./browse.module.css";

const LowerDrawer = lazy(() => import("./lower-drawer.tsx"));
const PastBanner = lazy(() => import("./past-banner.tsx"));
const Details = lazy(() => import("./details/details.tsx"));
const Dialogs = lazy(() => import("./dialogs/dialogs.tsx"));
const Viewer = lazy(() => import("../../preview/viewer.tsx"));

export interface FolderViewProps {
  path: string;
  /** As it was in this revision. */
  at: number | undefined;
  /** The file that is shown large. */
  open: string | undefined;
}

export function FolderView({ path, at, open }: FolderViewProps) {
  const [order, setOrder] = useState(BY_NAME);
  const folder = useFolder({ path, at }, order);
  const { selection, setSelection, chosen } = useSelection(folder);
  const standings = useStandings({ path, at });
  const [details, setDetails] = useLocalStorage({
    key: "goliath-details",
    defaultValue: false,
    getInitialValueInEffect: false,
  });
  const { actions, dialog, closeDialog, run, key, openEntry } = useActions({
    place: { path, at },
    chosen,
    onDetails: () => setDetails(true),
  });
  const [menu, setMenu] = useState<{ x: number; y: number }>();
  const shown = useShownFile({ folder, place: { path, at }, open, onShow: setSelection });
  const canRestore = useWatchedPart(
    ({ status }) => status?.role !== "reader" && status?.index.connected,
  );
  const nowMs = useNow();
  return (
    <div className={classes["page"]}>
      <div className={classes["bar"]}>
        <Breadcrumb path={path} at={at} />
        <Toolbar
          path={path}
          chosen={chosen.length}
          actions={actions}
          onAction={run}
          details={details}
          onDetails={setDetails}
        />
      </div>
      <Suspense>
        {at !== undefined && <PastBanner path={path} at={at} canRestore={canRestore === true} />}
      </Suspense>
      <div className={classes["columns"]}>
        <DropZone path={path} enabled={actions.has("upload")}>
          <FolderState
            folder={folder}
            path={path}
            canWrite={actions.has("new-folder")}
            onAction={run}
          >
            <FileList
              folder={folder}
              label={`Entries of ${nameOf(path) || "the drive"}`}
              selection={selection}
              onSelect={setSelection}
              order={order}
              onOrder={(by) => setOrder(turned(order, by))}
              onOpen={openEntry}
              onKey={key}
              onMenu={setMenu}
              standingOf={standings.of}
              onSeen={standings.seen}
              hrefOf={({ name, kind }) =>
                kind === "dir"
                  ? addressOf(joinPath(path, name), { at })
                  : addressOf(path, { at, open: name })
              }
              nowMs={nowMs}
            />
          </FolderState>
        </DropZone>
        <Aside shown={details} onClose={() => setDetails(false)}>
          <Details path={path} at={at} chosen={chosen} onClose={() => setDetails(false)} />
        </Aside>
      </div>
      <ActionMenu
        at={menu}
        shown={ENTRY_ACTIONS}
        actions={actions}
        onAction={run}
        onClose={() => setMenu(undefined)}
      />
      <Suspense>
        {dialog && <Dialogs action={dialog} path={path} chosen={chosen} onClose={closeDialog} />}
        {shown && <Viewer {...shown} onClose={() => goTo(addressOf(path, { at }))} />}
      </Suspense>
    </div>
  );
}

interface AsideProps {
  shown: boolean;
  onClose(): void;
  children: React.ReactNode;
}

/** Beside the list where there is room, else over its lower part. */
function Aside({ shown, onClose, children }: AsideProps) {
  const narrow = useMediaQuery("(max-width: 62em)", undefined, { getInitialValueInEffect: false });
  if (!shown) return null;
  if (!narrow)
    return (
      <aside className={classes["aside"]} aria-label="Details">
        <Suspense>{children}</Suspense>
      </aside>
    );
  return (
    <Suspense>
      <LowerDrawer onClose={onClose}>{children}</LowerDrawer>
    </Suspense>
  );
}
