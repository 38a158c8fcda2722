/** A sign for what an entry is, by its name's ending. */
import {
  DatabaseIcon,
  FileCodeIcon,
  FileDirectoryFillIcon,
  FileIcon,
  FileMediaIcon,
  FileZipIcon,
  ImageIcon,
  MarkdownIcon,
  UnmuteIcon,
  VideoIcon,
  type Icon,
} from "@primer/octicons-react";
import { fileKind, type FileKind } from "./file-kind.ts";
import classes from "./entry-icon.module.css";

const ICONS: Record<FileKind, Icon> = {
  picture: ImageIcon,
  video: VideoIcon,
  audio: UnmuteIcon,
  markdown: MarkdownIcon,
  text: FileIcon,
  code: FileCodeIcon,
  json: FileCodeIcon,
  archive: FileZipIcon,
  data: DatabaseIcon,
  document: FileMediaIcon,
  other: FileIcon,
};

export function EntryIcon({
  name,
  kind,
  size = 16,
}: {
  name: string;
  kind: "file" | "dir";
  size?: number;
}) {
  const of = kind === "dir" ? "folder" : fileKind(name);
  const Sign = of === "folder" ? FileDirectoryFillIcon : ICONS[of];
  return (
    <span className={classes["icon"]} data-of={of}>
      <Sign size={size} />
    </span>
  );
}
