/** Control methods about the peer itself: what it shares and mirrors, whom it knows. */
import type { ControlMethod, ControlParams } from "@goliath/kit";
import { formatLink } from "@goliath/protocols/pass";
import { GoliathError, isRole, parsePeerId, type DrivePath } from "@goliath/protocols/nouns";
import { resolve } from "node:path";
import { BYTE_RATE_MIN } from "../bandwidth/bandwidth-schedule.ts";
import type { MirrorOptions, MirrorStatus } from "../mirror/mirrors.ts";
import type { Peer } from "../peer.ts";
import { readStatus } from "./read-status.ts";
import { lastOnly, pathParam } from "./read-methods.ts";
import { StatusWatch } from "./status-watch.ts";
import { transfersMethod } from "./transfers-method.ts";

export interface DaemonInit {
  peer: Peer;
  /** Asks the daemon to end. */
  onStop: () => void;
}

export function daemonMethods({ peer, onStop }: DaemonInit): Record<string, ControlMethod> {
  const { session, shares, mirrors, credentials, drive, bandwidth } = peer;
  const watch = new StatusWatch(peer);
  return {
    status: async (_params, { signal }) => {
      await mirrors.nameAnew(signal);
      return readStatus(peer, signal);
    },
    watch: async (_params, call) => watch.follow(call),
    transfers: transfersMethod(peer),
    peers: async (_params, { signal }) => session.service.peers({ signal }),
    members: async (_params, { signal }) => session.service.members({ signal }),
    share: async (params, { signal, progress }) =>
      shares.share({
        local: params.string("local"),
        path: pathParam(params),
        once: params.flag("once"),
        confirm: params.flag("confirm"),
        signal,
        onProgress: lastOnly(progress),
      }),
    unshare: async (params, { signal }) => shares.unshare(whereParam(params), { signal }),
    mirror: async (params, { signal, progress }) => {
      const request = {
        local: params.string("local"),
        path: pathParam(params),
        signal,
        onProgress: lastOnly(progress),
      };
      return params.flag("once") ? mirrorOnce(peer, request) : mirrors.mirror(request);
    },
    unmirror: async (params) => mirrors.unmirror(whereParam(params)),
    pause: async (params) => setPaused(peer, { params, paused: true }),
    resume: async (params) => setPaused(peer, { params, paused: false }),
    invite: async (params, { signal }) => {
      const role = params.string("role");
      if (!isRole(role))
        throw new GoliathError("bad-request", "the role is not reader, writer or admin");
      const request = {
        role,
        expiresInMs: params.integer("expiresInMs"),
        uses: params.integer("uses"),
      };
      const invite = await session.service.invite(request, { signal });
      const { index, addresses } = credentials;
      if (!index) throw new GoliathError("no-pass", "this home has not joined a drive");
      const link = formatLink({ drive, index, addresses, invite });
      return {
        link,
        role,
        expiresAt: peer.clock.nowMs() + request.expiresInMs,
        uses: request.uses,
      };
    },
    revoke: async (params, { signal }) => {
      await session.service.revoke({ peer: parsePeerId(params.string("peer")) }, { signal });
      return {};
    },
    limits: async (params) => {
      if (params.flag("reset")) bandwidth.reset();
      const rates = { up: rateParam(params, "up"), down: rateParam(params, "down") };
      const said = Object.entries(rates).filter(([, rate]) => rate !== undefined);
      return said.length > 0 ? bandwidth.set(Object.fromEntries(said)) : bandwidth.status();
    },
    stop: async () => {
      onStop();
      return {};
    },
  };
}

/** Follows no longer than it takes; one that is cancelled is not followed by mistake. */
async function mirrorOnce({ mirrors }: Peer, request: MirrorOptions): Promise<MirrorStatus> {
  const local = resolve(request.local);
  const wasThere = mirrors.list().some((mirror) => mirror.local === local);
  try {
    await mirrors.mirror(request);
  } catch (error) {
    if (!wasThere) await mirrors.unmirror({ local }).catch(() => undefined);
    throw error;
  }
  return mirrors.unmirror({ local });
}

/** One mirror or share by its folder, or all of them. */
async function setPaused(
  { mirrors, shares }: Peer,
  { params, paused }: { params: ControlParams; paused: boolean },
): Promise<{ folders: string[] }> {
  const asked = params.optionalString("local");
  const folders =
    asked === undefined ? [...mirrors.locals(), ...shares.locals()] : [resolve(asked)];
  const done: string[] = [];
  for (const local of folders) {
    const isOurs =
      (await mirrors.setPaused(local, paused)) || (await shares.setPaused(local, paused));
    if (isOurs) done.push(local);
  }
  if (asked === undefined || done.length > 0) return { folders: done };
  throw new GoliathError("not-found", `${asked} is neither mirrored nor shared`);
}

/** A share or mirror by its folder or by its path in the drive. */
function whereParam(params: ControlParams): { path: DrivePath } | { local: string } {
  const local = params.optionalString("local");
  return local === undefined ? { path: pathParam(params) } : { local };
}

/** Bytes a second, 0 for no limit. */
function rateParam(params: ControlParams, name: string): number | undefined {
  const rate = params.optionalInteger(name);
  if (rate === 0) return Number.POSITIVE_INFINITY;
  if (rate === undefined || rate >= BYTE_RATE_MIN) return rate;
  throw new GoliathError("bad-request", `${name} is less than ${BYTE_RATE_MIN} bytes a second`);
}
