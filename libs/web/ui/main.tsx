/** The UI: into the page, with what all of it stands in. */
import "@mantine/core/styles.css";
import "./shell/global.css";
import { MantineProvider } from "@mantine/core";
import { createRoot } from "react-dom/client";
import { Client } from "./api/client.ts";
import { DriveChanges, type Done } from "./api/drive-changes.ts";
import { RateHistory } from "./api/rate-history.ts";
import { takeToken, TokenStore } from "./api/token.ts";
import { Watch } from "./api/watch.ts";
import { App } from "./shell/app.tsx";
import { browserClock } from "./shell/browser-clock.ts";
import { Notices } from "./shell/notices.ts";
import { SessionContext, type Session } from "./shell/session.ts";
import { theme } from "./shell/theme.ts";
import { UploadQueue } from "./uploads/upload-queue.ts";
import { uploadWork } from "./uploads/upload-work.ts";

/** The token of the address, where there is one: kept, and taken out of sight. */
function keepToken(tokens: TokenStore): boolean {
  const { token, address } = takeToken(location.href);
  if (token === undefined) return false;
  tokens.keep(token);
  history.replaceState(null, "", address);
  return true;
}

function openSession(): Session {
  const tokens = new TokenStore({ session: sessionStorage, local: localStorage });
  keepToken(tokens);
  const clock = browserClock;
  const client = new Client({ fetch: fetch.bind(globalThis), tokens });
  const notices = new Notices(clock);
  const watch = new Watch({
    client,
    signedIn: () => tokens.get() !== undefined,
    onRefused: () => tokens.forget(),
    clock,
  });
  const rates = new RateHistory(clock);
  rates.follow(watch.store);
  // The link may be opened in a window that shows the UI already: then only the fragment changes.
  addEventListener("hashchange", () => keepToken(tokens) && watch.retry());
  const changes = new DriveChanges({ client, onDone: (done) => tellDone(notices, done) });
  const uploads = new UploadQueue(uploadWork(client, tokens));
  return { client, watch, rates, tokens, clock, notices, changes, uploads };
}

function tellDone(notices: Notices, { text, undo }: Done): void {
  const run = (): void => {
    undo().then(
      () => notices.done("Undone."),
      (thrown: unknown) => notices.failed("It could not be undone.", thrown),
    );
  };
  notices.done(text, { label: "Undo", run });
}

const root = document.getElementById("root");
if (root) {
  const session = openSession();
  void session.watch.run(new AbortController().signal);
  createRoot(root).render(
    <MantineProvider defaultColorScheme="auto" theme={theme}>
      <SessionContext value={session}>
        <App />
      </SessionContext>
    </MantineProvider>,
  );
}
