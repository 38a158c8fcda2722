/** The upload queue's work, done by the peer. */
import type { Client } from "../api/client.ts";
import { sendFile } from "../api/send-file.ts";
import type { TokenStore } from "../api/token.ts";
import type { UploadWork } from "./upload-queue.ts";

export function uploadWork(client: Client, tokens: TokenStore): UploadWork {
  return {
    standsAt: async (path, signal) => {
      const { entry } = await client.call("resolve", { path }, { signal });
      return entry?.kind;
    },
    send: (path, file, { signal, onSent }) =>
      sendFile({ path, mtimeMs: file.lastModified }, file, { signal, onSent, tokens }),
  };
}
