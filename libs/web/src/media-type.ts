/** How a file of the drive is shown: by its name alone, never by what it says of itself. */
import { extname } from "node:path/posix";

export interface Shown {
  type: string;
  /** Whether a browser may show it, rather than save it. */
  inline: boolean;
}

const TEXT = "text/plain; charset=utf-8";

/** What browsers show without running anything; an SVG image is held by the policy it comes with. */
const SHOWN: Readonly<Record<string, string>> = {
  avif: "image/avif",
  bmp: "image/bmp",
  gif: "image/gif",
  ico: "image/x-icon",
  jpeg: "image/jpeg",
  jpg: "image/jpeg",
  png: "image/png",
  svg: "image/svg+xml",
  webp: "image/webp",
  aac: "audio/aac",
  flac: "audio/flac",
  m4a: "audio/mp4",
  mp3: "audio/mpeg",
  oga: "audio/ogg",
  ogg: "audio/ogg",
  opus: "audio/ogg",
  wav: "audio/wav",
  weba: "audio/webm",
  m4v: "video/mp4",
  mkv: "video/x-matroska",
  mov: "video/quicktime",
  mp4: "video/mp4",
  ogv: "video/ogg",
  webm: "video/webm",
};

/** What people read: shown as it is written, HTML too. */
const TEXTS: ReadonlySet<string> = new Set(
  (
    "bat bib c cc cfg conf cpp cs css csv diff fa fasta go h hpp htm html ini java js json jsonl " +
    "jsx kt log lua m markdown md mjs ndjson patch php pl proto ps1 py r rb rs rst sh sql swift " +
    "tex text toml ts tsv tsx txt vcf xhtml xml yaml yml"
  ).split(" "),
);

/** Anything else is saved, not shown. */
export function shownAs(name: string): Shown {
  const extension = extname(name).slice(1).toLowerCase();
  if (TEXTS.has(extension)) return { type: TEXT, inline: true };
  const type = Object.hasOwn(SHOWN, extension) ? SHOWN[extension] : undefined;
  if (type !== undefined) return { type, inline: true };
  return { type: "application/octet-stream", inline: false };
}

/** `content-disposition`: the name in both forms of RFC 6266, whatever letters it has. */
export function disposition(name: string, { inline }: { inline: boolean }): string {
  const plain = name.replace(/[^\x20-\x7e]|["\\%]/gu, "_");
  const exact = encodeURIComponent(name.toWellFormed()).replace(
    /['()*]/gu,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `${inline ? "inline" : "attachment"}; filename="${plain}"; filename*=UTF-8''${exact}`;
}
