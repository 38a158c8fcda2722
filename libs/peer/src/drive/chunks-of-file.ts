/** Cuts a file that is open into chunks. */
import type { DiskFile } from "@goliath/kit";

/** The file's bytes from its beginning in chunks; only the last is shorter. */
export async function* chunksOfFile(
  file: DiskFile,
  chunkBytes: number,
): AsyncGenerator<Uint8Array> {
  for (let at = 0; ;) {
    const chunk = Buffer.allocUnsafeSlow(chunkBytes);
    const filled = await fill(file, { chunk, at });
    if (filled > 0) yield chunk.subarray(0, filled);
    if (filled < chunkBytes) return;
    at += filled;
  }
}

async function fill(file: DiskFile, { chunk, at }: { chunk: Buffer; at: number }): Promise<number> {
  for (let filled = 0; ;) {
    const wanted = chunk.length - filled;
    const { bytesRead } = await file.read(chunk, filled, wanted, at + filled);
    filled += bytesRead;
    if (bytesRead === 0 || filled === chunk.length) return filled;
  }
}
