/** Control methods that change the drive. */
import type { ControlMethod } from "@goliath/kit";
import { parseRevision } from "@goliath/protocols/nouns";
import type { Peer } from "../peer.ts";
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
      const put = { path: pathParam(params), signal, onProgress: lastOnly(progress) };
      if (params.flag("stdin")) return writer.putStream({ ...put, bytes: body });
      return writer.put({ ...put, local: params.string("local") });
    },
    append: async (params, { signal, body }) =>
      writer.append({ path: pathParam(params), bytes: body, signal }),
  };
}
