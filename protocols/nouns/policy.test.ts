import { describe, expect, it } from "vitest";
import { LABELS_MAX } from "./label.ts";
import {
  checkPolicy,
  COPIES_MAX,
  DEFAULT_POLICY,
  RETENTION_MS_MAX,
  RETENTION_MS_MIN,
  type PolicyChange,
} from "./policy.ts";

describe("checkPolicy", () => {
  const many = Array.from({ length: LABELS_MAX }, (_, i) => `n${i}=v`);

  it.each<[string, PolicyChange]>([
    ["nothing", {}],
    ["the default", DEFAULT_POLICY],
    ["the lowest of each", { copies: 0, retentionMs: RETENTION_MS_MIN, prefer: [], avoid: [] }],
    ["the highest of each", { copies: COPIES_MAX, retentionMs: RETENTION_MS_MAX, prefer: many }],
    ["fields that are inherited again", { copies: null, retentionMs: null, prefer: null }],
  ])("takes %s", (_, policy) => {
    expect(() => checkPolicy(policy)).not.toThrow();
  });

  it.each<[string, PolicyChange]>([
    ["fewer copies than none", { copies: -1 }],
    ["too many copies", { copies: COPIES_MAX + 1 }],
    ["half a copy", { copies: 1.5 }],
    ["copies that are no number", { copies: Number.NaN }],
    ["less than an hour", { retentionMs: RETENTION_MS_MIN - 1 }],
    ["more than a hundred years", { retentionMs: RETENTION_MS_MAX + 1 }],
    ["too many labels", { avoid: [...many, "a=b"] }],
    ["a label that is none", { prefer: ["region"] }],
  ])("refuses %s", (_, policy) => {
    expect(() => checkPolicy(policy)).toThrow(expect.objectContaining({ code: "bad-request" }));
  });
});
