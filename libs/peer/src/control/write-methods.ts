/** Control methods that change the drive. */
import type { ControlMethod, ControlParams } from "@goliath/kit";
import { checkPolicy, GoliathError, parseRevision } from "@goliath/protocols/nouns";
import type { Peer } from "../peer.ts";
import type { CopiesWish } from "../publish/copy-spread.ts";
import { lastOnly, pathParam } from "./read-methods.ts";

export function writeMethods({ writer }: Peer): Record<string, ControlMethod> {
  return {
    mkdir: async (params, { signal }) => {
      const { revision } = await writer.mkdir(pathParam(params), signal);
      return { revision };
    },
    mv: async (params, { signal }) => {
      const { revision } = await writer.move({
        from: pathParam(params, "from"),
        to: pathParam(params, "to"),
        signal,
      });
      return { revision };
    },
    rm: async (params, { signal }) => {
      const { revision } = await writer.remove({
        path: pathParam(params),
        recursive: params.flag("recursive"),
        signal,
      });
      return { revision };
    },
    restore: async (params, { signal }) => {
      const path = pathParam(params);
      const to = params.optionalString("to") === undefined ? path : pathParam(params, "to");
      const { revision } = await writer.restore({
        path,
        at: parseRevision(params.integer("at")),
        to,
        signal,
      });
      return { revision };
    },
    put: async (params, { signal, progress, body }) => {
      const wish = wishParam(params);
      const put = { path: pathParam(params), signal, onProgress: lastOnly(progress), wish };
      if (params.flag("stdin")) {
        const mtimeMs = params.optionalInteger("mtimeMs");
        return writer.putStream({ ...put, bytes: body, mtimeMs });
      }
      return writer.put({ ...put, local: params.string("local") });
    },
    append: async (params, { signal, body }) =>
      writer.append({ path: pathParam(params), bytes: body, signal, wish: wishParam(params) }),
  };
}

/** How many keepers are to have what is written; one at least must, unless more or none was said. */
function wishParam(params: ControlParams): CopiesWish | undefined {
  const copies = params.optionalInteger("copies");
  const minCopies = params.optionalInteger("minCopies");
  if (copies === undefined) {
    if (minCopies === undefined) return undefined;
    throw new GoliathError("bad-request", "say how many copies there are to be as well");
  }
  checkPolicy({ copies });
  const min = minCopies ?? Math.min(1, copies);
  if (min <= copies) return { copies, minCopies: min };
  throw new GoliathError("bad-request", "no more copies can be a must than are wanted");
}
