/** That jobs are whole, and reads of one state, on any store. */
import { describe, expect, it } from "vitest";
import { digestOf, GoliathError, ROOT_DIR } from "@goliath/protocols/nouns";
import type { Revision } from "@goliath/protocols/nouns";
import type { Batch, Head } from "./index-store.ts";
import { file, names, one, PEER, revise } from "./testing/store-world.ts";
import type { OpenedStore } from "./testing/store-world.ts";

export function transactionCompliance(name: string, opened: OpenedStore): void {
  describe(`${name} transactions`, () => {
    it("write undoes a job that throws, and only that one", async () => {
      await using store = await opened();
      const before = await one(store, (r) => r.head());
      const job =
        (key: string, fails: boolean) =>
        async (transaction: {
          apply: (batch: Batch) => Promise<void>;
          head: () => Promise<Head>;
        }) => {
          const head = await transaction.head();
          const revision = (head.revision + 1) as Revision;
          const entry = { dir: ROOT_DIR, name: key, before: undefined, now: file(1) };
          const done = {
            peer: PEER,
            number: revision,
            digest: digestOf(Buffer.of()),
            revision,
            atMs: 1,
          };
          const record = { key, value: Buffer.from(key) };
          await transaction.apply({ head: { ...head, revision }, entries: [entry], done, record });
          if (fails) throw new GoliathError("conflict", "on purpose");
          return revision;
        };
      const results = await store.write([job("a", false), job("b", true), job("c", false)]);
      expect(results.map(({ status }) => status)).toEqual(["fulfilled", "rejected", "fulfilled"]);
      expect(results.map((r) => r.status === "fulfilled" && r.value)).toEqual([1, false, 2]);
      expect(await names(store, { limit: 10 })).toEqual(["a", "c"]);
      expect(await one(store, (r) => r.record("b"))).toBeUndefined();
      expect(before.revision).toBe(0);
    });

    it("read sees one state while writes go on", async () => {
      await using store = await opened();
      const seen: number[][] = [];
      const writes: Promise<unknown>[] = [];
      const reads: Promise<unknown>[] = [];
      for (let i = 0; i < 20; i++) {
        writes.push(
          revise(store, { [`a${i}`]: file(i), [`b${i}`]: file(i) }).catch(() => undefined),
        );
        reads.push(
          store.read(async (reader) => {
            const { revision } = await reader.head();
            const page = await reader.list({ dir: ROOT_DIR, limit: 1000 });
            const again = await reader.head();
            seen.push([page.rows.length % 2, again.revision - revision]);
          }),
        );
      }
      await Promise.all([...writes, ...reads]);
      expect(seen).toEqual(Array.from({ length: 20 }, () => [0, 0]));
    });

    it("read sees every write that was acknowledged before", async () => {
      await using store = await opened();
      for (let i = 0; i < 10; i++) {
        const revision = await revise(store, { [`n${i}`]: file(i) });
        expect((await one(store, (r) => r.head())).revision).toBe(revision);
      }
    });
  });
}
