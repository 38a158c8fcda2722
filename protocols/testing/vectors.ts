/**
 * Vectors: what each message looks like in bytes, for tests and for other implementations.
 *
 *   = a title begins each case
 *   message request            which of the protocol's messages it is
 *   decodes {"call":7}         what it means, bytes in hex; or:
 *   refused bad-request        the code it is refused with
 *   08 07      call = 7        hex, two spaces, a remark; `00*32` is thirty-two bytes of 00
 *
 * Lines that begin with # are remarks.
 */
import { readFile } from "node:fs/promises";
import { ERROR_CODES, type ErrorCode } from "../nouns/exports.ts";

export interface Vector {
  title: string;
  message: string;
  /** What it means, as JSON gives it; undefined where it is refused. */
  decodes?: unknown;
  refused?: ErrorCode;
  bytes: Uint8Array;
}

export async function readVectors(file: URL): Promise<Vector[]> {
  const text = await readFile(file, "utf8");
  return text.split(/^= /mu).slice(1).map(parseVector);
}

/** A decoded message as `decodes` writes it: bytes become hex. */
export function toVectorJson(value: unknown): unknown {
  return JSON.parse(
    JSON.stringify(value, (_key, field: unknown) =>
      field instanceof Uint8Array ? Buffer.from(field).toString("hex") : field,
    ),
  );
}

function parseVector(text: string): Vector {
  const [title = "", ...lines] = text.split("\n");
  const vector: Vector = { title, message: "", bytes: new Uint8Array() };
  const bytes: number[] = [];
  for (const line of lines) {
    const [word = "", rest = ""] = cut(line);
    if (word === "message") vector.message = rest;
    else if (word === "decodes") vector.decodes = JSON.parse(rest);
    else if (word === "refused") vector.refused = parseCode(rest);
    else if (line !== "" && !line.startsWith("#")) bytes.push(...parseHex(line));
  }
  return { ...vector, bytes: Uint8Array.from(bytes) };
}

function cut(line: string): [string, string] {
  const space = line.indexOf(" ");
  return space < 0 ? [line, ""] : [line.slice(0, space), line.slice(space + 1)];
}

function parseCode(text: string): ErrorCode {
  if (!(text in ERROR_CODES)) throw new Error(`a vector is refused with an unknown code: ${text}`);
  return text as ErrorCode;
}

function parseHex(line: string): number[] {
  const [hex = ""] = line.split(/ {2,}/u);
  return hex.split(" ").flatMap((group) => {
    const [, digits, times = "1"] = /^([0-9a-f]{2})(?:\*(\d+))?$/u.exec(group) ?? [];
    if (digits === undefined) throw new Error(`a vector's line is not hex: ${line}`);
    return Array.from({ length: Number(times) }, () => Number.parseInt(digits, 16));
  });
}
