import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { REVISION_ZERO, ROOT_DIR } from "../nouns/exports.ts";
import * as any from "../testing/arbitraries.ts";
import { anyGarbage, messageKind, type MessageKind } from "../testing/round-trip.ts";
import type { WireForm } from "../wire/fields.ts";
import {
  eventFromWire,
  eventToWire,
  followRequest,
  revocationsFromWire,
  revocationsToWire,
  type FeedMessageBody,
} from "./feed-wire.ts";
import { FeedMessage, FeedRequest, Follow } from "./generated/feed.js";
import type { FeedEvent, Revocations } from "./service.ts";

const event: fc.Arbitrary<FeedEvent> = fc.oneof(
  fc.record({
    kind: fc.constant("changes" as const),
    revision: any.anyRevision,
    at: any.anyCount,
    changes: fc.array(
      fc.record({
        dir: any.anyDirId,
        name: any.anyName,
        entry: fc.option(any.anyEntry, { nil: undefined }),
      }),
    ),
    last: fc.boolean(),
  }),
  fc.record({
    kind: fc.constantFrom("reached" as const, "lost" as const),
    revision: any.anyRevision,
  }),
  fc.constant({ kind: "reset" } as const),
);

/** For what fits one message. */
function single<Noun>(
  toWire: (noun: Noun) => Generator<FeedMessageBody>,
  fromWire: (body: FeedMessageBody) => Noun,
): WireForm<Noun, FeedMessage> {
  return {
    toWire: (noun) => ({ ...toWire(noun).next().value, subscription: 1 }),
    fromWire,
  };
}

const KINDS: MessageKind[] = [
  messageKind("Follow", {
    codec: Follow,
    form: followRequest,
    nouns: fc.record({
      dir: any.anyDirId,
      from: any.anyRevision,
      generation: any.anyCount,
      sums: fc.boolean(),
    }),
  }),
  messageKind("FeedMessage of an event", {
    codec: FeedMessage,
    form: single(eventToWire, eventFromWire),
    nouns: event,
  }),
  messageKind("FeedMessage of revocations", {
    codec: FeedMessage,
    form: single<Revocations>(revocationsToWire, revocationsFromWire),
    nouns: fc.record({ peers: fc.array(any.anyPeerId) }),
  }),
  messageKind("FeedRequest", {
    codec: FeedRequest,
    form: { toWire: (request: FeedRequest) => request, fromWire: (request) => request },
    nouns: fc.oneof<fc.Arbitrary<FeedRequest>[]>(
      fc.record({ subscription: any.anyCount, credit: fc.record({ bytes: any.anyCount }) }),
      fc.record({ subscription: any.anyCount, stop: fc.constant({}) }),
      fc.record({ subscription: any.anyCount, revocations: fc.constant({}) }),
    ),
  }),
];

describe("messages of the feed protocol", () => {
  it.each(KINDS)("$name comes back alike from its bytes", ({ checkRoundTrip }) => {
    expect(checkRoundTrip).not.toThrow();
  });

  it.each(KINDS)("$name takes any bytes or refuses them with a code", ({ checkBytes }) => {
    expect(() => fc.assert(fc.property(anyGarbage, checkBytes))).not.toThrow();
  });

  it("eventToWire cuts what does not fit one message and marks the last", () => {
    const changes = Array.from({ length: 3000 }, (_, i) => {
      return { dir: ROOT_DIR, name: `${i}`, entry: undefined };
    });
    const whole: FeedEvent = {
      kind: "changes",
      revision: REVISION_ZERO,
      at: 0,
      changes,
      last: true,
    };
    const parts = [...eventToWire(whole)].map(eventFromWire);
    expect(parts.flatMap((part) => (part.kind === "changes" ? part.changes : []))).toEqual(changes);
    const marks = parts.map((part) => part.kind === "changes" && part.last);
    expect(marks).toEqual([...marks.slice(1).map(() => false), true]);
    expect(parts.length).toBeGreaterThan(2);
    expect([...eventToWire({ ...whole, changes: [] })]).toHaveLength(1);
  });
});
