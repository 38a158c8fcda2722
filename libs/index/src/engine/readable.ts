/** Which revisions can be read. */
import { GoliathError } from "@goliath/protocols/nouns";
import type { Revision } from "@goliath/protocols/nouns";
import type { Head } from "../store/index-store.ts";

/** Throws `gone` for a revision no longer kept, `bad-request` for one not yet made. */
export function checkReadable({ oldest, revision }: Head, at: Revision): void {
  if (at > revision) {
    throw new GoliathError("bad-request", `revision ${at} is not made yet`, { about: { id: at } });
  }
  if (at < oldest) {
    throw new GoliathError("gone", `revision ${at} is no longer kept`, { about: { id: at } });
  }
}
