/** A peer with what stands around it in its home: the web UI, and the index of a drive made here. */
import { lockHome, systemDisk } from "@goliath/kit";
import { startPeer } from "@goliath/peer";
import type { Daemon, PeerReady, StartPeerOptions } from "./daemons.ts";
import { endingTogether } from "./ending-together.ts";
import { linkToIndex, resumeHomeIndex } from "./home-index.ts";
import { openWebHome } from "./web-home.ts";

export async function startPeerHome(options: StartPeerOptions): Promise<Daemon<PeerReady>> {
  const { http, index: indexOptions, ...own } = options;
  const { home, log } = own;
  if (http) return (await import("./web-peer.ts")).startWebPeer({ ...options, http });
  const kept = await openWebHome(home);
  const { name = own.name } = kept;
  if (!kept.runsIndex) return startPeer({ ...own, name });
  await using parts = new AsyncDisposableStack();
  parts.use(await lockHome(home, { disk: systemDisk, role: "web" }));
  const index = await resumeHomeIndex({ ...indexOptions, home, log });
  if (index) parts.use(index);
  const join = (state: { isMember: boolean }) => linkToIndex({ home, index }, state);
  const peer = parts.use(await startPeer({ ...own, name, join }));
  return { ready: peer.ready, ...endingTogether(parts.move(), peer.closed) };
}
