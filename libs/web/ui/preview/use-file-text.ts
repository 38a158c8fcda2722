/** The beginning of a file as text. */
import { useEffect, useState } from "react";
import { sentenceOf } from "../api/api-error.ts";

/** What is read of a text: a long book's worth, and not yet slow to draw. */
export const TEXT_BYTES_MAX = 256 * 1024;

export type FileText = { text: string; whole: boolean } | { error: string } | undefined;

export function useFileText(url: string, size: number): FileText {
  const [found, setFound] = useState<{ url: string; text: FileText }>();
  useEffect(() => {
    const stop = new AbortController();
    readText(url, size, stop.signal).then(
      (text) => setFound({ url, text }),
      (thrown: unknown) => {
        if (!stop.signal.aborted) setFound({ url, text: { error: sentenceOf(thrown) } });
      },
    );
    return () => stop.abort();
  }, [url, size]);
  return found?.url === url ? found.text : undefined;
}

async function readText(url: string, size: number, signal: AbortSignal): Promise<FileText> {
  // A range of nothing is none.
  if (size === 0) return { text: "", whole: true };
  const headers = { range: `bytes=0-${Math.min(size, TEXT_BYTES_MAX) - 1}` };
  const response = await fetch(url, { headers, signal });
  if (!response.ok) return { error: "Nobody who has this file can be reached now." };
  const text = new TextDecoder().decode(await response.arrayBuffer());
  if (text.includes("\u0000")) return { error: "This is no text." };
  const whole = size <= TEXT_BYTES_MAX;
  // The cut may have gone through a letter.
  return { text: whole ? text : text.replace(/\uFFFD$/u, ""), whole };
}
