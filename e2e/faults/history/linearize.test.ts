import { describe, expect, it } from "vitest";
import { whyNotLinearizable } from "./linearize.ts";
import type { Operation, Put } from "./operation.ts";

type Times = [startedMs: number, endedMs: number];

const times = ([startedMs, endedMs]: Times) => ({ client: "c", startedMs, endedMs });
const put = (name: string, value: number, when?: number): Put => ({
  name,
  value,
  ...(when !== undefined && { when }),
});
const commit = (at: Times, revision: number, ...puts: Put[]): Operation => ({
  ...times(at),
  call: { kind: "commit", puts },
  result: { kind: "committed", revision },
});
const refused = (at: Times, ...puts: Put[]): Operation => ({
  ...times(at),
  call: { kind: "commit", puts },
  result: { kind: "refused" },
});
const cut = (at: Times, ...puts: Put[]): Operation => ({
  ...times(at),
  call: { kind: "commit", puts },
  result: { kind: "unknown" },
});
const read = (at: Times, revision: number, values: Record<string, number>): Operation => ({
  ...times(at),
  call: { kind: "read" },
  result: { kind: "read", revision, values: new Map(Object.entries(values)) },
});
const readAt = (at: Times, revision: number, values: Record<string, number>): Operation => ({
  ...read(at, revision, values),
  call: { kind: "read", at: revision },
});

const GOOD: Record<string, Operation[]> = {
  "nothing at all": [],
  "commits and reads one after the other": [
    commit([0, 1], 1, put("a", 1)),
    read([2, 3], 1, { a: 1 }),
    commit([4, 5], 2, put("a", 2, 1), put("b", 3, 0)),
    read([6, 7], 2, { a: 2, b: 3 }),
    readAt([8, 9], 1, { a: 1 }),
  ],
  "a read beside a commit, before it or after": [
    commit([0, 10], 1, put("a", 1)),
    read([1, 2], 0, {}),
    read([3, 4], 1, { a: 1 }),
    read([1, 9], 0, {}),
  ],
  "commits beside each other in the order of their revisions": [
    commit([0, 10], 2, put("a", 1)),
    commit([1, 9], 1, put("a", 2)),
    read([11, 12], 2, { a: 1 }),
  ],
  "a refusal beside the commit that was the reason": [
    commit([0, 10], 1, put("a", 1)),
    refused([1, 2], put("a", 2, 0)),
    read([3, 4], 1, { a: 1 }),
  ],
  "a cut commit that happened": [cut([0, 5], put("a", 1)), read([6, 7], 1, { a: 1 })],
  "a cut commit that never happened": [cut([0, 5], put("a", 1)), read([6, 7], 0, {})],
  "one of two cut commits": [
    cut([0, 5], put("a", 1)),
    cut([0, 5], put("a", 2)),
    commit([6, 7], 2, put("b", 3)),
    read([8, 9], 2, { a: 2, b: 3 }),
  ],
  "a cut commit before a refusal and a read of the past that began when its time was over": [
    cut([0, 5], put("b", 1)),
    commit([0, 5], 1, put("a", 2)),
    readAt([6, 7], 1, { a: 2 }),
    refused([6, 7], put("a", 3, 0)),
    read([8, 9], 2, { a: 2, b: 1 }),
  ],
  "cut commits in the order that later reads ask for": [
    cut([0, 5], put("a", 1)),
    cut([0, 5], put("a", 2)),
    commit([0, 9], 3, put("b", 3)),
    readAt([10, 11], 1, { a: 2 }),
    read([12, 13], 3, { a: 1, b: 3 }),
  ],
};

const BAD: Record<string, Operation[]> = {
  "an acknowledged commit that is lost": [commit([0, 1], 1, put("a", 1)), read([2, 3], 0, {})],
  "an acknowledged commit whose revision another got after it": [
    commit([0, 1], 1, put("a", 1)),
    commit([2, 3], 1, put("b", 2)),
  ],
  "half a commit": [commit([0, 10], 1, put("a", 1), put("b", 2)), read([1, 9], 1, { a: 1 })],
  "a reader that goes back": [
    commit([0, 10], 1, put("a", 1)),
    read([1, 2], 1, { a: 1 }),
    read([3, 4], 0, {}),
  ],
  "an older revision's bytes under a newer one": [
    commit([0, 1], 1, put("a", 1)),
    commit([2, 3], 2, put("a", 2)),
    read([4, 5], 2, { a: 1 }),
  ],
  "a past revision that changed": [
    commit([0, 1], 1, put("a", 1)),
    commit([2, 3], 2, put("a", 2)),
    readAt([4, 5], 1, { a: 2 }),
  ],
  "a retried commit that happened twice": [
    commit([0, 10], 1, put("a", 1)),
    commit([11, 12], 3, put("b", 2)),
  ],
  "two winners of one precondition": [
    commit([0, 10], 1, put("a", 1, 0)),
    commit([0, 10], 2, put("a", 2, 0)),
  ],
  "a refusal without a reason": [refused([0, 1], put("a", 1, 0))],
  "a value that nobody put": [commit([0, 1], 1, put("a", 1)), read([2, 3], 1, { a: 7 })],
  "a commit that came before its start": [
    read([0, 1], 1, { a: 1 }),
    commit([2, 3], 1, put("a", 1)),
  ],
  "a cut commit that happens after its time": [
    cut([0, 5], put("a", 1)),
    read([6, 7], 0, {}),
    read([8, 9], 1, { a: 1 }),
  ],
  "a cut commit that happened, and then did not": [
    cut([0, 5], put("a", 1)),
    read([1, 2], 1, { a: 1 }),
    read([6, 7], 0, {}),
  ],
};

describe("whyNotLinearizable", () => {
  it.each(Object.entries(GOOD))("finds an order for %s", (_, history) => {
    expect(whyNotLinearizable(history)).toBeUndefined();
    expect(whyNotLinearizable(history.toReversed())).toBeUndefined();
  });

  it.each(Object.entries(BAD))("finds none for %s", (_, history) => {
    expect(whyNotLinearizable(history)).toContain("can come next");
  });

  it("finds the order of a long history in which many commits were cut", () => {
    const history: Operation[] = [];
    let revision = 0;
    for (let at = 0; at < 40_000; at += 10) {
      const name = `n${at % 70}`;
      const isCut = at % 200 === 0;
      if (isCut && at % 400 === 0) history.push(cut([at, at + 5], put(name, -at)));
      else if (isCut) history.push(cut([at, at + 5], put(name, ++revision)));
      else history.push(commit([at, at + 9], ++revision, put(name, revision)));
    }
    expect(whyNotLinearizable(history)).toBeUndefined();
    const lost = history.toSpliced(777, 1);
    expect(whyNotLinearizable(lost)).toContain("can come next");
  });
});
