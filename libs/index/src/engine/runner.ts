/** Where the engine's operations run. */
import type { ReadName, Reads, ReplyOf, RequestOf, WriteName, Writes } from "./operations.ts";

/** Where operations run: in this thread, or in those of the store. */
export interface Runner extends AsyncDisposable {
  read<Name extends ReadName>(
    name: Name,
    request: RequestOf<Reads[Name]>,
  ): Promise<ReplyOf<Reads[Name]>>;
  /** Resolves when it is durable. */
  write<Name extends WriteName>(
    name: Name,
    request: RequestOf<Writes[Name]>,
  ): Promise<ReplyOf<Writes[Name]>>;
}
