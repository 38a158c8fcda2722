import { describeVectors, formOf } from "../testing/describe-vectors.ts";
import { decodeMessage, encodeReply, encodeRequest } from "./holdings-wire.ts";

await describeVectors(new URL("vectors/", import.meta.url), {
  message: formOf({
    decode: decodeMessage,
    encode: (message) =>
      "reply" in message ? encodeReply(message.reply) : encodeRequest(message.request),
  }),
});
