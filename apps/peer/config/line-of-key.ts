/** Which line of a TOML text sets a key: for messages about a text that is TOML. */
import { parse } from "smol-toml";
import type { KeyPath } from "./setting.ts";

/**
 * Counted from 1. The key stands on the line after the longest beginning of the text that is TOML
 * by itself and lacks the key; undefined where the text never has it.
 */
export function lineOfKey(toml: string, path: KeyPath): number | undefined {
  const lines = toml.split("\n");
  let after = 0;
  for (let count = 1; count <= lines.length; count++) {
    const beginning = tryParse(lines.slice(0, count).join("\n"));
    if (beginning === undefined) continue;
    if (has(beginning, path)) return after + 1;
    after = count;
  }
  return undefined;
}

function tryParse(toml: string): unknown {
  try {
    return parse(toml);
  } catch {
    return undefined;
  }
}

function has(value: unknown, [key, ...rest]: KeyPath): boolean {
  if (key === undefined) return true;
  if (typeof value !== "object" || value === null || !Object.hasOwn(value, key)) return false;
  return has((value as Record<string | number, unknown>)[key], rest);
}
