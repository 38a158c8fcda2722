/** Chooses what the window shows: signing in, a page of the drive, or that nobody answers. */
import { lazy, Suspense, useEffect } from "react";
import { Button } from "@mantine/core";
import { sentenceOf } from "../api/api-error.ts";
import { State } from "../parts/state.tsx";
import { Layout } from "./layout.tsx";
import { Link } from "./link.tsx";
import { goTo, usePlace } from "./location.ts";
import { routeOf } from "./routes.ts";
import classes from "./shell.module.css";
import { useSession, useWatched, useWatchedPart } from "./session.ts";

/** Shown once in the life of a home. */
const Setup = lazy(() => import("../pages/setup/page.tsx"));

const SignIn = lazy(() => import("./sign-in.tsx"));

export function App() {
  const phase = useWatchedPart((watched) => watched.phase);
  // A daemon that was heard once may be away for a while: its page stays.
  const heard = useWatchedPart(({ status }) => status !== undefined);
  if (phase === "signed-out")
    return (
      <Suspense>
        <SignIn />
      </Suspense>
    );
  if (phase === "away" && !heard) return <NobodyThere />;
  if (phase === "setup")
    return (
      <Suspense fallback={<State kind="loading" title="Loading…" />}>
        <Setup />
      </Suspense>
    );
  return (
    <Layout>
      <CurrentPage />
    </Layout>
  );
}

function CurrentPage() {
  const { pathname } = usePlace();
  const route = routeOf(pathname);
  useEffect(() => {
    if (pathname === "/") goTo("/drive", { replace: true });
  }, [pathname]);
  useEffect(() => {
    if (route) document.title = `${route.title} · Goliath`;
  }, [route]);
  if (pathname === "/") return null;
  if (!route)
    return (
      <State kind="nothing-found" title="There is no such page" text="The address may be old.">
        <Link href="/drive">Go to the drive</Link>
      </State>
    );
  return <route.Page />;
}

function NobodyThere() {
  const { watch } = useSession();
  const { error } = useWatched();
  return (
    <main className={classes["alone"]}>
      <State kind="offline" title="Goliath is away" text={sentenceOf(error)}>
        <Button onClick={() => watch.retry()}>Try now</Button>
      </State>
    </main>
  );
}
