/** Control methods that read the drive. */
import type { ControlMethod, ControlParams, ControlStream } from "@goliath/kit";
import {
  GoliathError,
  nameOf,
  parsePath,
  parseRevision,
  type DrivePath,
  type Entry,
  type Revision,
} from "@goliath/protocols/nouns";
import type { Peer } from "../peer.ts";
import { viewOf } from "./entry-view.ts";
import type { FoundEntry } from "./peer-control.ts";
import { momentMethod } from "./moment-method.ts";
import { matchesPattern } from "./name-pattern.ts";
import { searchMethod } from "./search-method.ts";

/** Entries of `find` in one line of progress. */
const FOUND_TOGETHER = 256;
/** Bytes of an appended tail between polls are read as they come; this is how far back it may start. */
const TAIL_FROM_DEFAULT = 0;

export function readMethods(peer: Peer): Record<string, ControlMethod> {
  const { reader, session } = peer;
  return {
    resolve: async (params, { signal }) => {
      const path = pathParam(params);
      const { revision, entry } = await reader.resolve({ path, at: atParam(params), signal });
      return { revision, entry: entry ? viewOf(nameOf(path), entry) : null };
    },
    ls: async (params, { signal }) => {
      const page = await reader.list({
        path: pathParam(params),
        at: atParam(params),
        after: params.optionalString("after"),
        limit: params.optionalInteger("limit"),
        signal,
      });
      const entries = page.entries.map(({ name, entry }) => viewOf(name, entry));
      return {
        revision: page.revision,
        entries,
        ...(page.next === undefined ? {} : { next: page.next }),
      };
    },
    find: async (params, call) => {
      const pattern = params.optionalString("pattern");
      let found: FoundEntry[] = [];
      let count = 0;
      for await (const { path, entry } of reader.walk({
        path: pathParam(params),
        at: atParam(params),
        signal: call.signal,
      })) {
        if (pattern !== undefined && !matchesPattern(nameOf(path), pattern)) continue;
        count++;
        found.push({
          path,
          kind: entry.kind,
          ...(entry.kind === "file" ? { size: entry.size } : {}),
        });
        if (found.length < FOUND_TOGETHER) continue;
        await call.progress({ entries: found });
        found = [];
      }
      if (found.length > 0) await call.progress({ entries: found });
      return { count };
    },
    search: searchMethod(peer),
    at: momentMethod(peer),
    du: async (params, { signal }) => {
      const { entry } = await reader.stat({ path: pathParam(params), signal });
      return totalsOf(entry);
    },
    log: async (params, { signal }) => {
      const path = params.optionalString("path");
      const before = params.optionalInteger("before");
      const limit = params.optionalInteger("limit");
      return session.service.log(
        {
          ...(path === undefined ? {} : { path: parsePath(path) }),
          ...(before === undefined ? {} : { before: parseRevision(before) }),
          ...(limit === undefined ? {} : { limit }),
        },
        { signal },
      );
    },
    get: async (params, { signal, progress }) => {
      const path = pathParam(params);
      const at = atParam(params);
      const { entry } = await reader.stat({ path, at, signal });
      const total = totalsOf(entry).bytes;
      const tell = lastOnly(progress);
      const done = await reader.get({
        path,
        at,
        local: params.string("local"),
        signal,
        onProgress: ({ files, bytes }) => tell({ files, bytes, total }),
      });
      return done;
    },
  };
}

export function readStreams({ reader, session }: Peer): Record<string, ControlStream> {
  return {
    cat: (params, { signal }) => {
      const length = params.optionalInteger("length");
      const offset = params.optionalInteger("offset") ?? 0;
      const range = { offset, ...(length === undefined ? {} : { length }) };
      return reader.read({ path: pathParam(params), at: atParam(params), ...range, signal });
    },
    tail: async function* (params, { signal }) {
      const path = pathParam(params);
      const follow = params.flag("follow");
      let offset = params.optionalInteger("from") ?? TAIL_FROM_DEFAULT;
      const { revision, entry } = await reader.stat({ path, signal });
      const parent = await reader.stat({ path: parentDir(path), signal });
      if (entry.kind === "dir")
        throw new GoliathError("is-a-directory", "only a file has a tail", { about: { path } });
      yield* reader.read({ path, at: revision, offset, signal });
      offset = Math.max(offset, entry.size);
      if (!follow || parent.entry.kind !== "dir") return;
      const { generation } = session.info() ?? (await session.whenConnected(signal));
      for await (const event of session.feed.follow(
        { dir: parent.entry.dir, from: revision, generation },
        { signal },
      )) {
        if (event.kind !== "changes") continue;
        const here = event.changes.find(({ name }) => name === nameOf(path));
        if (here?.entry?.kind !== "file") continue;
        yield* reader.read({ path, at: event.revision, offset, signal });
        offset = Math.max(offset, here.entry.size);
      }
    },
  };
}

/** Progress that never piles up: while one is being written the newest waits, older ones are gone. */
export function lastOnly<Value>(progress: (value: Value) => Promise<void>): (value: Value) => void {
  let waiting: { value: Value } | undefined;
  let busy = false;
  const drain = async (): Promise<void> => {
    busy = true;
    while (waiting) {
      const { value } = waiting;
      waiting = undefined;
      await progress(value);
    }
    busy = false;
  };
  return (value) => {
    waiting = { value };
    if (!busy) drain().catch(() => undefined);
  };
}

function totalsOf(entry: Entry): { files: number; bytes: number } {
  if (entry.kind === "file") return { files: 1, bytes: entry.size };
  return { files: entry.files, bytes: entry.bytes };
}

export function pathParam(params: ControlParams, name = "path"): DrivePath {
  return parsePath(params.string(name));
}

export function atParam(params: ControlParams): Revision | undefined {
  const at = params.optionalInteger("at");
  return at === undefined ? undefined : parseRevision(at);
}

function parentDir(path: DrivePath): DrivePath {
  return parsePath(path.slice(0, path.lastIndexOf("/")) || "/");
}
