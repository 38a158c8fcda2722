/** What whoever runs the index asks of its daemon, over the control socket in its home. */
import { isAbsolute } from "node:path";
import type { ControlMethod, ControlParams } from "@goliath/kit";
import type { LogRequest } from "@goliath/protocols/index";
import {
  GoliathError,
  isRole,
  parsePath,
  parsePeerId,
  parseRevision,
} from "@goliath/protocols/nouns";
import { backUpIndex, checkIndex } from "../upkeep/store-upkeep.ts";
import type { IndexServer } from "./index-server.ts";

export interface IndexControlInit {
  server: IndexServer;
  /** Begins to end the daemon; the answer to `stop` is sent first. */
  stop: () => void;
  /** The store's SQLite file. */
  file: string;
}

/** The methods by name, for `serveControl`. Whoever reaches the socket acts as an admin. */
export function indexControl({
  server,
  stop,
  file,
}: IndexControlInit): Record<string, ControlMethod> {
  return {
    status: async () => server.status(),
    peers: async () => server.peers(),
    members: async () => server.members(),
    log: async (params) => server.log(logRequest(params)),
    invite: async (params) => {
      const role = params.string("role");
      if (!isRole(role)) throw new GoliathError("bad-request", "role is reader, writer or admin");
      const expiresInMs = params.integer("expiresInMs");
      const { link, invite } = await server.invite({
        role,
        expiresInMs,
        uses: params.integer("uses"),
      });
      return { link, role, expiresAt: invite.expiresAt, uses: invite.uses };
    },
    revoke: async (params) => {
      await server.revoke(parsePeerId(params.string("peer")));
      return {};
    },
    backup: async (params, { signal }) => {
      const to = params.string("to");
      if (!isAbsolute(to)) throw new GoliathError("bad-request", "a backup needs an absolute path");
      return backUpIndex({ file, to, signal });
    },
    check: async (_params, { signal }) => ({ problems: await checkIndex({ file, signal }) }),
    stop: async () => {
      stop();
      return {};
    },
  };
}

function logRequest(params: ControlParams): LogRequest {
  const path = params.optionalString("path");
  const before = params.optionalInteger("before");
  const limit = params.optionalInteger("limit");
  return {
    ...(path !== undefined && { path: parsePath(path) }),
    ...(before !== undefined && { before: parseRevision(before) }),
    ...(limit !== undefined && { limit }),
  };
}
