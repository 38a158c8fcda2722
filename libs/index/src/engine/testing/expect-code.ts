/** Expecting an error by its code. */
import { expect } from "vitest";
import type { ErrorCode } from "@goliath/protocols/nouns";

/** That the promise is refused with this code. */
export async function expectCode(promise: Promise<unknown>, code: ErrorCode): Promise<void> {
  await expect(promise).rejects.toMatchObject({ name: "GoliathError", code });
}
