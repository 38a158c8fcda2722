/** Protobuf headers, decoded with suspicion. */
import { MaxLengthError } from "protons-runtime";
import { GoliathError } from "../nouns/exports.ts";

/**
 * Decodes a header with a generated codec. Throws `too-large` where a repeated field has more
 * elements than its `.proto` allows, and `bad-request` for whatever else is wrong with the bytes
 * (groups nested until the stack ends among it).
 */
export function decodeHeader<Body>(
  codec: { decode(bytes: Uint8Array): Body },
  header: Uint8Array,
): Body {
  try {
    return codec.decode(header);
  } catch (cause) {
    if (cause instanceof MaxLengthError) {
      throw new GoliathError("too-large", "a list in a message is longer than allowed", { cause });
    }
    throw new GoliathError("bad-request", "a message is malformed", { cause });
  }
}
