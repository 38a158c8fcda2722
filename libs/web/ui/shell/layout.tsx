/** The frame of every page: head, navigation, banner, the page itself, foot. */
import { lazy, Suspense, useState, useSyncExternalStore, type ReactNode } from "react";
import { ActionIcon } from "@mantine/core";
import { ThreeBarsIcon } from "@primer/octicons-react";
import { State } from "../parts/state.tsx";
import { Banner } from "./banner.tsx";
import { ColorSchemeMenu } from "./color-scheme.tsx";
import { ErrorBoundary } from "./error-boundary.tsx";
import { Link } from "./link.tsx";
import { usePlace } from "./location.ts";
import { Mark } from "./mark.tsx";
import { Navigation } from "./navigation.tsx";
import { NoticeList } from "./notice-list.tsx";
import { useSession } from "./session.ts";
import { StatusBar } from "./status-bar.tsx";
import classes from "./shell.module.css";

const SearchBox = lazy(() => import("./search-box.tsx"));
const NavigationDrawer = lazy(() => import("./navigation-drawer.tsx"));
const UploadPanel = lazy(() => import("../uploads/upload-panel.tsx"));

export function Layout({ children }: { children: ReactNode }) {
  const [menu, setMenu] = useState(false);
  const { pathname } = usePlace();
  const { store } = useSession().uploads;
  const uploading = useSyncExternalStore(store.subscribe, () => store.get().length > 0);
  return (
    <div className={classes["frame"]}>
      <a className={classes["skip"]} href="#main">
        Skip to the content
      </a>
      <header className={classes["head"]}>
        <ActionIcon
          className={classes["menuButton"]}
          variant="subtle"
          color="gray"
          size="lg"
          aria-label="Pages"
          onClick={() => setMenu(true)}
        >
          <ThreeBarsIcon />
        </ActionIcon>
        <Link href="/drive" className={classes["brand"]} aria-label="Goliath: the drive">
          <Mark /> <span>Goliath</span>
        </Link>
        <div className={classes["search"]}>
          <Suspense>
            <SearchBox />
          </Suspense>
        </div>
        <ColorSchemeMenu />
      </header>
      <aside className={classes["side"]}>
        <Navigation />
      </aside>
      <Suspense>{menu && <NavigationDrawer onClose={() => setMenu(false)} />}</Suspense>
      <main id="main" tabIndex={0} className={classes["main"]}>
        <Banner />
        <ErrorBoundary place={pathname}>
          <Suspense fallback={<State kind="loading" title="Loading…" />}>{children}</Suspense>
        </ErrorBoundary>
      </main>
      <StatusBar />
      <Suspense>{uploading && <UploadPanel />}</Suspense>
      <NoticeList />
    </div>
  );
}
