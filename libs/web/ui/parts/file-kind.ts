/** What a file is, as far as its name tells: for its sign and its preview. */

const ENDINGS = {
  picture: "png jpg jpeg gif webp avif svg bmp ico",
  video: "mp4 m4v webm mov ogv mkv",
  audio: "mp3 m4a ogg oga opus wav flac aac",
  markdown: "md markdown",
  json: "json geojson ndjson jsonl webmanifest",
  code: "js ts tsx jsx mjs cjs css html htm xml py rs go c h cpp hpp java kt rb php sh bash zsh sql toml yaml yml ini proto diff patch lua swift r jl pl",
  text: "txt log csv tsv srt vtt text rst tex bib conf cfg env gitignore goliathignore fa fasta fastq bed vcf gff sam nfo",
  archive: "zip tar gz tgz xz zst bz2 7z rar deb rpm iso dmg",
  data: "parquet arrow db sqlite h5 hdf5 npy npz pt safetensors bin bam",
  document: "pdf doc docx odt xls xlsx ods ppt pptx odp epub",
} as const;

export type FileKind = keyof typeof ENDINGS | "other";

const KINDS = new Map<string, FileKind>(
  Object.entries(ENDINGS).flatMap(([kind, endings]) =>
    endings.split(" ").map((ending): [string, FileKind] => [ending, kind as FileKind]),
  ),
);
/** Names without an ending that are texts all the same. */
const TEXT_NAMES = /^(readme|licen[cs]e|copying|authors|changelog|makefile|dockerfile|notice)$/iu;

export function fileKind(name: string): FileKind {
  const dot = name.lastIndexOf(".");
  if (dot < 0) return TEXT_NAMES.test(name) ? "text" : "other";
  return KINDS.get(name.slice(dot + 1).toLowerCase()) ?? "other";
}
