import { generateKeyPairSync, X509Certificate } from "node:crypto";
import { generateKeyPair, publicKeyToProtobuf } from "@libp2p/crypto/keys";
import type { PrivateKey } from "@libp2p/interface";
import { peerIdFromPrivateKey } from "@libp2p/peer-id";
import { describe, expect, it } from "vitest";
import {
  createCertificate,
  generalizedTime,
  KEY_EXTENSION_OID,
  signCertificate,
  SIGNED_PREFIX,
  type Extension,
} from "./certificate.ts";
import { certifiedPeer } from "./certified-peer.ts";
import { encodeDer, readDer, readDerInside, TAG } from "./der.ts";

const NOW_MS = Date.UTC(2026, 10, 24);
const DAY_MS = 86_400_000;
const OTHER_OID = Buffer.from("2b0601040183a25a0102", "hex");

const keys = generateKeyPairSync("ec", { namedCurve: "P-256" });
const spki = keys.publicKey.export({ format: "der", type: "spki" });
const otherKeys = generateKeyPairSync("ec", { namedCurve: "P-256" });
const otherSpki = otherKeys.publicKey.export({ format: "der", type: "spki" });
const machine = await generateKeyPair("Ed25519");
const stranger = await generateKeyPair("Ed25519");

async function keyExtension({
  named = machine,
  signer = machine,
  signed = spki,
  prefix = SIGNED_PREFIX,
}: {
  named?: PrivateKey;
  signer?: PrivateKey;
  signed?: Buffer;
  prefix?: Buffer;
} = {}): Promise<Extension> {
  const signature = await signer.sign(Buffer.concat([prefix, signed]));
  const value = encodeDer(
    TAG.sequence,
    encodeDer(TAG.octetString, publicKeyToProtobuf(named.publicKey)),
    encodeDer(TAG.octetString, signature),
  );
  return { oid: KEY_EXTENSION_OID, critical: true, value };
}

interface Made {
  extensions?: readonly Extension[];
  from?: number;
  to?: number;
}

function make({ extensions = [], from = -DAY_MS, to = DAY_MS }: Made): X509Certificate {
  const notBefore = generalizedTime(new Date(NOW_MS + from));
  const notAfter = generalizedTime(new Date(NOW_MS + to));
  return new X509Certificate(signCertificate({ keys, extensions, notBefore, notAfter }).cert);
}

const peerOf = (certificate: X509Certificate) => certifiedPeer(certificate, { nowMs: NOW_MS });

describe("certifiedPeer", () => {
  it("names the peer of a certificate of ours, whatever kind of key it has", async () => {
    for (const kind of ["Ed25519", "secp256k1"] as const) {
      const privateKey = await generateKeyPair(kind);
      const { cert } = await createCertificate({ privateKey, nowMs: NOW_MS });
      const expected = peerIdFromPrivateKey(privateKey);
      const verified = certifiedPeer(new X509Certificate(cert), { nowMs: NOW_MS, expected });
      expect((await verified).toString()).toBe(expected.toString());
    }
  });

  it("takes a certificate of ours hundreds of years on, and on a clock an hour behind", async () => {
    const { cert } = await createCertificate({ privateKey: machine, nowMs: NOW_MS });
    for (const nowMs of [NOW_MS - DAY_MS / 24, Date.UTC(2600, 0)]) {
      await certifiedPeer(new X509Certificate(cert), { nowMs });
    }
  });

  it("refuses another peer than the one expected", async () => {
    const certificate = make({ extensions: [await keyExtension()] });
    const expected = peerIdFromPrivateKey(stranger);
    await expect(certifiedPeer(certificate, { nowMs: NOW_MS, expected })).rejects.toMatchObject({
      name: "UnexpectedPeerError",
    });
  });

  it("refuses a certificate that has expired or is not valid yet", async () => {
    const extensions = [await keyExtension()];
    await peerOf(make({ extensions }));
    for (const time of [{ to: -1000 }, { from: 1000 }]) {
      await expect(peerOf(make({ extensions, ...time }))).rejects.toThrow("not valid");
    }
  });

  it("refuses a certificate whose own signature is wrong", async () => {
    const good = make({ extensions: [await keyExtension()] });
    const raw = Buffer.from(good.raw);
    raw[raw.length - 1] = (raw.at(-1) ?? 0) ^ 1;
    await expect(peerOf(new X509Certificate(raw))).rejects.toThrow("not signed by itself");
  });

  it.each<[string, () => Promise<Extension[]>]>([
    ["names no peer", async () => []],
    [
      "has the extension under another name",
      async () => [{ ...(await keyExtension()), oid: OTHER_OID }],
    ],
    ["names two peers", async () => [await keyExtension(), await keyExtension()]],
    [
      "is critical of what we do not know",
      async () => [
        await keyExtension(),
        { oid: OTHER_OID, critical: true, value: Buffer.of(5, 0) },
      ],
    ],
    ["names a peer that did not sign it", async () => [await keyExtension({ signer: stranger })]],
    [
      "was copied from a certificate with another key",
      async () => [await keyExtension({ signed: otherSpki })],
    ],
    [
      "signs without the handshake's prefix",
      async () => [await keyExtension({ prefix: Buffer.alloc(0) })],
    ],
    [
      "has garbage for an extension",
      async () => [{ ...(await keyExtension()), value: Buffer.from("garbage") }],
    ],
    [
      "goes on after the signature",
      async () => [
        {
          ...(await keyExtension()),
          value: Buffer.concat([(await keyExtension()).value, Buffer.of(5, 0)]),
        },
      ],
    ],
    [
      "has a key of no known kind",
      async () => [
        {
          ...(await keyExtension()),
          value: encodeDer(
            TAG.sequence,
            encodeDer(TAG.octetString, Buffer.from("0807120100", "hex")),
            encodeDer(TAG.octetString, Buffer.alloc(64)),
          ),
        },
      ],
    ],
  ])("refuses a certificate that %s", async (_, extensions) => {
    await expect(peerOf(make({ extensions: await extensions() }))).rejects.toMatchObject({
      name: "InvalidCryptoExchangeError",
    });
  });

  it("takes an extension it does not know beside the one it needs", async () => {
    const extra = { oid: OTHER_OID, critical: false, value: Buffer.of(5, 0) };
    const peer = await peerOf(make({ extensions: [extra, await keyExtension()] }));
    expect(peer.toString()).toBe(peerIdFromPrivateKey(machine).toString());
  });

  it("refuses each certificate with one byte changed", async () => {
    const good = make({ extensions: [await keyExtension()] });
    for (let at = 0; at < good.raw.length; at++) {
      const raw = Buffer.from(good.raw);
      raw[at] = (raw[at] ?? 0) ^ 0x01;
      const verified = (async () => peerOf(new X509Certificate(raw)))();
      await expect(verified, `byte ${at}`).rejects.toThrow();
    }
  });
});

describe("readDer", () => {
  it("reads what encodeDer wrote, at each way to write a length", () => {
    for (const length of [0, 1, 127, 128, 255, 256, 65_535]) {
      const content = Buffer.alloc(length, 5);
      const [element, ...rest] = readDer(encodeDer(TAG.octetString, content));
      expect(element?.content.equals(content)).toBe(true);
      expect(rest).toEqual([]);
    }
  });

  it.each([
    ["a tag without a length", "30"],
    ["less than it announces", "300505"],
    ["a length written too long", "308101ff"],
    ["a length of no end", "3080ffff0000"],
    ["a length beyond 64 KiB", "3083010000"],
    ["a length that is cut", "3082ff"],
    ["a tag of many bytes", "1f8101"],
  ])("refuses %s", (_, hex) => {
    expect(() => readDer(Buffer.from(hex, "hex"))).toThrow(
      expect.objectContaining({ code: "corrupt" }),
    );
  });

  it("refuses more or another than the one element asked for", () => {
    const one = encodeDer(TAG.sequence);
    expect(readDerInside(one, TAG.sequence)).toEqual([]);
    expect(() => readDerInside(Buffer.concat([one, one]), TAG.sequence)).toThrow();
    expect(() => readDerInside(one, TAG.octetString)).toThrow();
  });
});
