/** Space that is left free on a disk: `20GB`, or a share of the disk as `5%`. */
import type { Reserve } from "@goliath/peer";
import { GoliathError } from "@goliath/protocols/nouns";
import { parseByteSize } from "./byte-size.ts";

export function parseReserve(text: string): Reserve {
  const percent = /^(\d+(?:\.\d+)?)\s*%$/u.exec(text.trim())?.[1];
  if (percent === undefined) return { bytes: parseByteSize(text) };
  if (Number(percent) < 100) return { percent: Number(percent) };
  throw new GoliathError("bad-request", `${text} leaves nothing: write less than 100%`);
}
