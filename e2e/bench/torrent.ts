/** A torrent of a folder and a tracker for it: what BitTorrent needs before anybody can fetch. */
import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { readdir, stat } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import { basename, join, relative, sep } from "node:path";

type Bencoded = number | string | Uint8Array | Bencoded[] | { [key: string]: Bencoded };

/** BEP 3: a metainfo file of all below `folder`, in pieces of `pieceBytes`. */
export async function makeTorrent(
  folder: string,
  { announce, pieceBytes }: { announce: string; pieceBytes: number },
): Promise<Uint8Array> {
  const names = await readdir(folder, { recursive: true });
  const files: { path: string; length: number }[] = [];
  for (const name of names.toSorted()) {
    const stats = await stat(join(folder, name));
    if (stats.isFile()) files.push({ path: join(folder, name), length: stats.size });
  }
  const info = {
    files: files.map(({ path, length }) => ({ length, path: relative(folder, path).split(sep) })),
    name: basename(folder),
    "piece length": pieceBytes,
    pieces: await hashPieces(
      files.map(({ path }) => path),
      pieceBytes,
    ),
  };
  return encode({ announce, info });
}

async function hashPieces(paths: readonly string[], pieceBytes: number): Promise<Uint8Array> {
  const sums: Uint8Array[] = [];
  let hash = createHash("sha1");
  let room = pieceBytes;
  for (const path of paths) {
    for await (const read of createReadStream(path, { highWaterMark: pieceBytes })) {
      for (let rest = read as Buffer; rest.length > 0;) {
        const part = rest.subarray(0, room);
        hash.update(part);
        room -= part.length;
        rest = rest.subarray(part.length);
        if (room > 0) continue;
        sums.push(hash.digest());
        hash = createHash("sha1");
        room = pieceBytes;
      }
    }
  }
  if (room < pieceBytes) sums.push(hash.digest());
  return Buffer.concat(sums);
}

export interface Tracker {
  url: string;
  server: Server;
  /** Resolves when somebody has announced itself: whoever asks from now on hears of it. */
  announced: Promise<void>;
}

/** A tracker that tells everybody of everybody, on loopback or the given address. */
export async function openTracker(host = "127.0.0.1"): Promise<Tracker> {
  const peers = new Set<string>();
  const announced = Promise.withResolvers<void>();
  const server = createServer((request, response) => {
    const port = Number(new URL(request.url ?? "/", "http://tracker").searchParams.get("port"));
    const from = (request.socket.remoteAddress ?? host)
      .replace("::ffff:", "")
      .split(".")
      .map(Number);
    const others = Buffer.from([...peers].join(""), "hex");
    peers.add(Buffer.from([...from, port >> 8, port & 255]).toString("hex"));
    response.end(encode({ interval: 5, peers: others }), () => announced.resolve());
  });
  await new Promise<void>((resolve) => server.listen(0, host, resolve));
  const address = server.address();
  const port = typeof address === "object" ? address?.port : 0;
  return { url: `http://${host}:${port}/announce`, server, announced: announced.promise };
}

function encode(value: Bencoded): Uint8Array {
  if (typeof value === "number") return Buffer.from(`i${value}e`);
  if (typeof value === "string") return encode(Buffer.from(value));
  if (value instanceof Uint8Array) return Buffer.concat([Buffer.from(`${value.length}:`), value]);
  if (Array.isArray(value)) return around("l", value.map(encode));
  const entries = Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return around(
    "d",
    entries.flatMap(([key, item]) => [encode(key), encode(item)]),
  );
}

const around = (kind: string, parts: readonly Uint8Array[]): Uint8Array =>
  Buffer.concat([Buffer.from(kind), ...parts, Buffer.from("e")]);
