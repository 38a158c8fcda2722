/** Records of the service layer as they lie in the engine's store: JSON, in UTF-8. */
import { GoliathError } from "@goliath/protocols/nouns";

export function encodeRecord(value: object): Uint8Array {
  return Buffer.from(JSON.stringify(value));
}

/** The fields of a record; whoever reads one checks it. Throws `internal` for what is no object. */
export function decodeRecord(bytes: Uint8Array): Record<string, unknown> {
  const value: unknown = JSON.parse(Buffer.from(bytes).toString());
  if (typeof value !== "object" || value === null) throw damaged("a record is no object");
  return { ...value };
}

export function textField(fields: Record<string, unknown>, name: string): string {
  const value = fields[name];
  if (typeof value !== "string") throw damaged(`${name} is not text`);
  return value;
}

export function countField(fields: Record<string, unknown>, name: string): number {
  const value = fields[name];
  if (typeof value !== "number" || !Number.isSafeInteger(value))
    throw damaged(`${name} is no count`);
  return value;
}

export function damaged(what: string): GoliathError {
  return new GoliathError("internal", `a record of the index is damaged: ${what}`);
}
