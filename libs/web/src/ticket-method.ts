/** `ticket`: an address for a file that a player, a picture or a download can use. */
import { basename } from "node:path/posix";
import { ControlParams, type ControlMethod } from "@goliath/kit";
import type { PeerControl } from "@goliath/peer/control";
import { GoliathError } from "@goliath/protocols/nouns";
import { FILES_PREFIX } from "./serve-file.ts";
import type { Tickets } from "./tickets.ts";
import type { WebControl } from "./web-control.ts";

/** Stands on `resolve` of the peer, absent before it has joined a drive. */
export function ticketMethod(tickets: Tickets, resolve: ControlMethod | undefined): ControlMethod {
  return async (params, call): Promise<WebControl["ticket"]["result"]> => {
    if (!resolve) throw new GoliathError("no-pass", "this peer has not joined a drive yet");
    const path = params.string("path");
    const at = params.optionalInteger("at");
    const found = (await resolve(
      new ControlParams({ path, at }),
      call,
    )) as PeerControl["resolve"]["result"];
    const { entry, revision } = found;
    if (!entry) throw new GoliathError("not-found", "nothing is there", { about: { path } });
    const { size, root } = entry;
    if (size === undefined || root === undefined) {
      throw new GoliathError("is-a-directory", "only a file can be opened", { about: { path } });
    }
    const download = params.flag("download");
    const ticket = tickets.issue({ path, at: revision, size, root, download });
    return { url: `${FILES_PREFIX}${ticket}/${encodeURIComponent(basename(path))}`, size, root };
  };
}
