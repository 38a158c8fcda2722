import { describeVectors, formOf } from "../testing/describe-vectors.ts";
import { decodeReply, decodeRequest, encodeReply, encodeRequest } from "./chunks-wire.ts";

await describeVectors(new URL("vectors/", import.meta.url), {
  request: formOf({ decode: decodeRequest, encode: encodeRequest }),
  reply: formOf({ decode: decodeReply, encode: encodeReply }),
});
