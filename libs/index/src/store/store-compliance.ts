/** What every `IndexStore` must do. A new store's test opens it and calls this. */
import { chunkCompliance } from "./chunk-compliance.ts";
import { entryCompliance } from "./entry-compliance.ts";
import { historyCompliance } from "./history-compliance.ts";
import { CHUNK_BYTES, DRIVE, type StoreUnderTest } from "./testing/store-world.ts";
import { transactionCompliance } from "./transaction-compliance.ts";
import { upkeepCompliance } from "./upkeep-compliance.ts";

export function storeCompliance(name: string, { open }: StoreUnderTest): void {
  const opened = () => open({ drive: DRIVE, chunkBytes: CHUNK_BYTES });
  entryCompliance(name, opened);
  chunkCompliance(name, opened);
  historyCompliance(name, opened);
  transactionCompliance(name, opened);
  upkeepCompliance(name, opened);
}
