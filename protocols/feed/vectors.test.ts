import { describeVectors, formOf, type VectorForm } from "../testing/describe-vectors.ts";
import { decodeHeader } from "../wire/header.ts";
import {
  eventFromWire,
  eventToWire,
  followRequest,
  revocationsFromWire,
  revocationsToWire,
  type FeedMessageBody,
} from "./feed-wire.ts";
import { FeedMessage, FeedRequest, Follow } from "./generated/feed.js";

interface Told<Meaning> {
  subscription: number;
  meaning: Meaning;
}

/** A message that is the whole of an event. */
function messageForm<Meaning>(
  fromWire: (body: FeedMessageBody) => Meaning,
  toWire: (meaning: Meaning) => Generator<FeedMessageBody>,
): VectorForm {
  return formOf<Told<Meaning>>({
    decode: (bytes) => {
      const { subscription, ...body } = decodeHeader(FeedMessage, bytes);
      return { subscription, meaning: fromWire(body) };
    },
    encode: ({ subscription, meaning }) =>
      FeedMessage.encode({ ...toWire(meaning).next().value, subscription }),
  });
}

await describeVectors(new URL("vectors/", import.meta.url), {
  FeedRequest: formOf({
    decode: (bytes) => decodeHeader(FeedRequest, bytes),
    encode: FeedRequest.encode,
  }),
  Follow: formOf({
    decode: (bytes) => followRequest.fromWire(decodeHeader(Follow, bytes)),
    encode: (request) => Follow.encode(followRequest.toWire(request)),
  }),
  event: messageForm(eventFromWire, eventToWire),
  revocations: messageForm(revocationsFromWire, revocationsToWire),
  end: formOf({
    decode: (bytes) => decodeHeader(FeedMessage, bytes),
    encode: FeedMessage.encode,
  }),
});
