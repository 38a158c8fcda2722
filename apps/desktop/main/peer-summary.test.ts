import type { MirrorStatus, PeerStatus } from "@goliath/peer/control";
import { describe, expect, it } from "vitest";
import { noticesBetween, summaryOf } from "./peer-summary.ts";

const MIRROR = {
  local: "/home/a/hg38",
  path: "/genomes/hg38",
  missingFiles: 0,
  problems: [],
} as unknown as MirrorStatus;

function status({
  connected = true,
  up = 0,
  down = 0,
  mirror = {},
}: {
  connected?: boolean;
  up?: number;
  down?: number;
  mirror?: Partial<MirrorStatus>;
} = {}): PeerStatus {
  return {
    index: { connected },
    shares: [],
    mirrors: [{ ...MIRROR, ...mirror }],
    transfers: { upRate: up, downRate: down },
  } as unknown as PeerStatus;
}

describe("summaryOf", () => {
  it.each([
    ["a peer that does not answer", undefined, "away", "Starting"],
    ["one without its index", status({ connected: false }), "away", "The index cannot be reached"],
    ["one at rest", status({ up: 900 }), "idle", "Up to date"],
    ["one that receives", status({ down: 12_400_000 }), "busy", "Receiving 12 MB/s"],
    [
      "one that does both",
      status({ down: 1_250_000, up: 999_600 }),
      "busy",
      "Receiving 1.3 MB/s, sending 1.0 MB/s",
    ],
    [
      "one with a folder in trouble",
      status({ connected: false, mirror: { problems: ["the disk is full", "and more"] } }),
      "trouble",
      "1 folder needs you",
    ],
  ])("tells of %s", (_, given, kind, words) => {
    expect(summaryOf(given)).toEqual({ kind, words });
  });
});

describe("noticesBetween", () => {
  const full = status({ mirror: { problems: ["the disk is full"] } });

  it("tells once of a mirror that became whole", () => {
    const before = status({ mirror: { missingFiles: 3 } });
    expect(noticesBetween(before, status())).toEqual([
      { title: "Mirror complete", body: "/genomes/hg38 is whole in /home/a/hg38" },
    ]);
    expect(noticesBetween(status(), status())).toEqual([]);
  });

  it("tells once of a problem", () => {
    expect(noticesBetween(status(), full)).toEqual([
      { title: "/home/a/hg38 needs you", body: "the disk is full" },
    ]);
    expect(noticesBetween(full, full)).toEqual([]);
  });

  it("tells nothing of what was so at the start", () => {
    expect(noticesBetween(undefined, full)).toEqual([]);
  });
});
