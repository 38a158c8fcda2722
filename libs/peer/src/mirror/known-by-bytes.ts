/** Whether a file holds what a mirror once wrote, whatever its disk says of it. */
import { hashFile, type HashedFile, type HashFileInit } from "@goliath/chunks";
import { equalBytes, rootOf } from "@goliath/protocols/nouns";

/** The file as it was hashed, or undefined when its bytes are others, or change just now. */
export async function knownByBytes({
  root,
  ...file
}: HashFileInit & { root: Uint8Array }): Promise<HashedFile | undefined> {
  const hashed = await hashFile(file).catch(() => undefined);
  file.signal?.throwIfAborted();
  return hashed && equalBytes(rootOf(hashed.sums), root) ? hashed : undefined;
}
