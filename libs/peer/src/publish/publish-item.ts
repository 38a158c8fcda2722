/** What a publication is made of. */
import type { Change, FileBody } from "@goliath/protocols/nouns";
import type { HashedFile } from "@goliath/chunks";
import type { LocalFile } from "./local-file.ts";

/** What a file became, for the effects of the commit. */
export interface PublishedFile {
  body: FileBody;
  hashed: HashedFile;
}

/** A change without bytes; `local` is the name on this disk that it tells of, where it has come. */
export interface ChangeItem {
  change: Change;
  effect: unknown;
  local?: string;
}

/** One step of a publication. */
export type PublishItem =
  | ChangeItem
  | { file: LocalFile; effect: (published: PublishedFile) => unknown };

/** An item whose file, if it is one, has been read. */
export type ReadyItem =
  | ChangeItem
  | { file: LocalFile; hashed: HashedFile; effect: (published: PublishedFile) => unknown };
