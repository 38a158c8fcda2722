import { describeVectors, formOf } from "../testing/describe-vectors.ts";
import { testKey } from "../testing/test-keys.ts";
import { signCertificate, verifyCertificate } from "./certificate.ts";
import { decodeHello, decodeWelcome, encodeHello, encodeWelcome } from "./handshake.ts";
import { signInvite, verifyInvite } from "./invite.ts";
import { signPass, verifyPass } from "./member-pass.ts";

const drive = testKey(1);
const index = testKey(2);
const peer = testKey(3);
const now = { drive: drive.drive, index: index.id, nowMs: 2000 };

await describeVectors(new URL("vectors/", import.meta.url), {
  certificate: formOf({
    decode: (bytes) => verifyCertificate(bytes, drive.drive),
    encode: (certificate) => signCertificate(certificate, drive.key),
  }),
  pass: formOf({
    decode: (bytes) => verifyPass(bytes, { ...now, peer: peer.id }),
    encode: (pass) => signPass(pass, index.key),
  }),
  invite: formOf({
    decode: (bytes) => verifyInvite(bytes, now),
    encode: (invite) => signInvite(invite, index.key),
  }),
  hello: formOf({ decode: decodeHello, encode: encodeHello }),
  welcome: formOf({ decode: decodeWelcome, encode: encodeWelcome }),
});
