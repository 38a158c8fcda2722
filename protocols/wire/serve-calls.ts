/** The answering end of a stream that carries calls one way. */
import { GoliathError } from "../nouns/exports.ts";
import { Answers } from "./answers.ts";
import type { AnswerInit, Numbered } from "./calls.ts";

export interface ServeInit<Request, Reply> extends AnswerInit<Request, Reply> {
  /** Throws for bytes that are no request: the stream is then aborted. */
  decode: (header: Uint8Array) => Request & Numbered;
}

/**
 * Returns when the other side closed and everything it asked has been answered; our side is closed
 * then. Throws what broke the stream, after everything under way has ended.
 */
export async function serveCalls<Request, Reply>(init: ServeInit<Request, Reply>): Promise<void> {
  const { frames, decode } = init;
  const answers = new Answers(init);
  try {
    for (let frame = await frames.next(); frame;) {
      const { header, payload } = frame;
      const bytes = header.length + payload.length;
      // Waiting here is the back-pressure: the other side's sends wait.
      const room = answers.accept({ body: decode(header), payload, bytes });
      if (room) await room;
      frame = frames.nextHere() ?? (await frames.next());
    }
    await answers.finish();
    await frames.close();
  } catch (thrown) {
    const error = GoliathError.from(thrown);
    frames.abort(error);
    answers.abort(error);
    await answers.finish();
    throw error;
  }
}
