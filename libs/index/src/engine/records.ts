/** Small durable records of the layer above. */
import { GoliathError } from "@goliath/protocols/nouns";
import type { StoreReader, StoreTransaction } from "../store/index-store.ts";
import { RECORD_BYTES_MAX, RECORD_KEY_BYTES_MAX, RECORDS_MAX } from "./bounds.ts";
import type { StoredRecord } from "./engine.ts";

export function record(
  reader: StoreReader,
  { key }: { key: string },
): Promise<Uint8Array | undefined> {
  return reader.record(key);
}

export function records(
  reader: StoreReader,
  { prefix }: { prefix: string },
): Promise<StoredRecord[]> {
  return reader.records(prefix, RECORDS_MAX);
}

export async function setRecord(
  transaction: StoreTransaction,
  { key, value }: { key: string; value: Uint8Array | undefined },
): Promise<void> {
  if (Buffer.byteLength(key) > RECORD_KEY_BYTES_MAX || (value?.length ?? 0) > RECORD_BYTES_MAX) {
    throw new GoliathError("too-large", `a record has at most ${RECORD_BYTES_MAX} bytes`);
  }
  await transaction.apply({ record: { key, value } });
}
