/** The drive, a folder at a time. */
import { useMemo } from "react";
import { State } from "../../parts/state.tsx";
import { pathOfAddress } from "../../parts/drive-path.ts";
import { usePlace } from "../../shell/location.ts";
import { FolderView } from "./folder-view.tsx";

export default function Page() {
  const { pathname, search } = usePlace();
  const path = pathOfAddress(pathname);
  const { at, open } = useMemo(() => {
    const query = new URLSearchParams(search);
    const revision = Number(query.get("at") ?? "");
    return {
      at: query.has("at") && Number.isSafeInteger(revision) && revision >= 0 ? revision : undefined,
      open: query.get("open") ?? undefined,
    };
  }, [search]);
  if (path === undefined)
    return (
      <State
        kind="nothing-found"
        title="No such place"
        text="This address is no path of the drive."
      />
    );
  // A folder of its own: what was chosen in another is of no use here.
  return <FolderView key={`${path}@${at ?? ""}`} path={path} at={at} open={open} />;
}
