/** Whose certificate it is that the other side showed (libp2p TLS specification, peer authentication). */
import type { X509Certificate } from "node:crypto";
import { publicKeyFromProtobuf } from "@libp2p/crypto/keys";
import { InvalidCryptoExchangeError, UnexpectedPeerError, type PeerId } from "@libp2p/interface";
import { peerIdFromPublicKey } from "@libp2p/peer-id";
import { KEY_EXTENSION_OID, SIGNED_PREFIX, type Extension } from "./certificate.ts";
import { readDer, readDerInside, TAG, type DerElement } from "./der.ts";

/**
 * The peer that a certificate belongs to. Whoever shows the certificate must have proven the
 * possession of its key, as TLS 1.3 has him do. Throws libp2p's errors for a certificate that is
 * not valid now, not signed by itself, says nothing of a peer or of another one than `expected`.
 */
export async function certifiedPeer(
  certificate: X509Certificate,
  { nowMs, expected }: { nowMs: number; expected?: PeerId | undefined },
): Promise<PeerId> {
  const { validFromDate, validToDate } = certificate;
  // Written so that a date that is none does not pass.
  const isValidNow = validFromDate.getTime() <= nowMs && nowMs <= validToDate.getTime();
  if (!isValidNow) throw refused("is not valid at this time");
  const peer = await peerSigned(certificate).catch((cause: unknown) => {
    throw cause instanceof InvalidCryptoExchangeError ? cause : refused(String(cause));
  });
  if (expected?.equals(peer) === false) {
    throw new UnexpectedPeerError(`the peer is ${peer}, not ${expected}`);
  }
  return peer;
}

async function peerSigned(certificate: X509Certificate): Promise<PeerId> {
  const { issuer, subject, spki, extensions } = readCertificate(certificate.raw);
  const isOwn = issuer.equals(subject) && certificate.verify(certificate.publicKey);
  if (!isOwn) throw refused("is not signed by itself");
  const keys = extensions.filter(({ oid }) => oid.equals(KEY_EXTENSION_OID));
  // What is critical must be understood (RFC 5280, 4.2), and nothing else is.
  const isStrange = extensions.some(
    ({ oid, critical }) => critical && !oid.equals(KEY_EXTENSION_OID),
  );
  const [extension] = keys;
  if (!extension || keys.length > 1 || isStrange) throw refused("does not name one peer");
  const [key, signature, ...rest] = readDerInside(extension.value, TAG.sequence);
  if (key?.tag !== TAG.octetString || signature?.tag !== TAG.octetString || rest.length > 0) {
    throw refused("names its peer wrongly");
  }
  const publicKey = publicKeyFromProtobuf(key.content);
  const isSigned = await publicKey.verify(Buffer.concat([SIGNED_PREFIX, spki]), signature.content);
  if (!isSigned) throw refused("was not signed by the peer it names");
  return peerIdFromPublicKey(publicKey);
}

interface CertificateFields {
  issuer: Buffer;
  subject: Buffer;
  spki: Buffer;
  extensions: Extension[];
}

/** The fields of a certificate (RFC 5280, 4.1) that node:crypto does not give byte by byte. */
function readCertificate(raw: Buffer): CertificateFields {
  const [signed] = readDerInside(raw, TAG.sequence);
  const fields = signed?.tag === TAG.sequence ? readDer(signed.content) : [];
  const [version, , , issuer, , subject, spki, ...optional] = fields;
  const extensions = optional.find(({ tag }) => tag === TAG.explicit(3));
  if (version?.tag !== TAG.explicit(0) || !issuer || !subject || !spki) {
    throw refused("is of an older version");
  }
  return {
    issuer: issuer.raw,
    subject: subject.raw,
    spki: spki.raw,
    extensions: extensions
      ? readDerInside(extensions.content, TAG.sequence).map(readExtension)
      : [],
  };
}

function readExtension({ content }: DerElement): Extension {
  const fields = readDer(content);
  const [oid] = fields;
  const value = fields.at(-1);
  const flag = fields.length > 2 ? fields[1] : undefined;
  if (oid?.tag !== TAG.oid || value?.tag !== TAG.octetString || fields.length > 3) {
    throw refused("has an extension that is none");
  }
  return { oid: oid.content, critical: flag !== undefined, value: value.content };
}

function refused(why: string): InvalidCryptoExchangeError {
  return new InvalidCryptoExchangeError(`the other side's certificate ${why}`);
}
