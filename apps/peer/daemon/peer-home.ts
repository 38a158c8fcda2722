/** A peer with what stands around it in its home: the web UI. */
import { randomBytes } from "node:crypto";
import { systemClock, type ControlMethod } from "@goliath/kit";
import { startPeer } from "@goliath/peer";
import manifest from "../package.json" with { type: "json" };
import type { Daemon, PeerReady, StartPeerOptions } from "./daemons.ts";
import { openWebHome } from "./web-home.ts";

export async function startPeerHome(options: StartPeerOptions): Promise<Daemon<PeerReady>> {
  const { http, ...own } = options;
  if (!http) return startPeer(own);
  const { serveWeb } = await import("@goliath/web");
  await using parts = new AsyncDisposableStack();
  const peer = parts.use(await startPeer(own));
  const { token } = await openWebHome(options.home);
  const setup: ControlMethod = async () => ({ state: "ready", homeHasIndex: false });
  const { methods, streams } = peer.control;
  const web = parts.use(
    await serveWeb({
      ...http,
      token,
      version: manifest.version,
      control: () => ({ methods: { ...methods, setup }, streams }),
      clock: systemClock,
      randomBytes,
      log: options.log,
    }),
  );
  const running = parts.move();
  const stop = () => running.disposeAsync();
  return {
    ready: { ...peer.ready, http: `${web.origin}/#token=${token}` },
    closed: peer.closed.finally(() => running.disposeAsync()),
    stop,
    [Symbol.asyncDispose]: stop,
  };
}
