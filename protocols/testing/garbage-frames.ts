/** What the answering end of every protocol must stand: frames of anything at all. */
import fc from "fast-check";
import { GoliathError } from "../nouns/exports.ts";
import type { FrameBounds, FrameStream } from "../wire/exports.ts";
import { openFramePair } from "./frame-pair.ts";
import { anyGarbage } from "./round-trip.ts";

/** Few: every run opens a stream. */
const RUNS = 60;

/** Fails, with the seed, unless `serve` ends by itself or with one of our errors. */
export function checkGarbageFrames(
  serve: (frames: FrameStream) => Promise<void>,
  bounds: FrameBounds,
): Promise<void> {
  const frame = fc.tuple(anyGarbage, fc.uint8Array({ maxLength: bounds.payloadBytesMax && 40 }));
  const property = fc.asyncProperty(fc.array(frame, { maxLength: 5 }), async (frames) => {
    const [opener, answerer] = openFramePair(bounds);
    const ended = serve(answerer).catch((error: unknown) => {
      if (!(error instanceof GoliathError)) throw error;
    });
    for (const [header, payload] of frames) await opener.send(header, payload).catch(() => 0);
    await opener.close();
    await ended;
  });
  return fc.assert(property, { numRuns: RUNS });
}
