/** A file's content, as far as a browser can show it. */
import { useState } from "react";
import { Button } from "@mantine/core";
import { State } from "../parts/state.tsx";
import { fileKind } from "../parts/file-kind.ts";
import { nameOf } from "../parts/drive-path.ts";
import { TextPreview } from "./text-preview.tsx";
import { useTicket } from "./use-ticket.ts";
import classes from "./preview.module.css";

export interface FilePreviewProps {
  path: string;
  at?: number | undefined;
  size: number;
  /** The revision of the file itself: another one is fetched anew. */
  version: number;
  onDownload(): void;
}

/** Kinds that are shown as letters. */
const TEXTS = { text: "plain", code: "plain", json: "json", markdown: "markdown" } as const;

export function FilePreview({ path, at, size, version, onDownload }: FilePreviewProps) {
  const ticket = useTicket(at === undefined ? { path } : { path, at }, version);
  const [broken, setBroken] = useState<string>();
  const name = nameOf(path);
  const kind = fileKind(name);
  const download = <Button onClick={onDownload}>Download</Button>;
  if (!ticket) return <State kind="loading" title="Opening…" />;
  if ("error" in ticket)
    return <State kind="offline" title="This file cannot be had now" text={ticket.error} />;
  const { url } = ticket;
  if (broken === url)
    return (
      <State
        kind="error"
        title="This cannot be shown here"
        text="The browser does not know this form, or nobody who has it can be reached now."
      >
        {download}
      </State>
    );
  const media = { src: url, onError: () => setBroken(url) };
  if (kind === "picture") return <img className={classes["picture"]} alt={name} {...media} />;
  // Strangers' films bring no captions that could be named here.
  if (kind === "video") return <Film {...media} name={name} />;
  if (kind === "audio") return <Sound {...media} name={name} />;
  if (kind in TEXTS) {
    const form = TEXTS[kind as keyof typeof TEXTS];
    return <TextPreview key={url} url={url} size={size} path={path} at={at} kind={form} />;
  }
  return (
    <State
      kind="empty"
      title="There is no preview"
      text="Download it to open it with a program of yours."
    >
      {download}
    </State>
  );
}

interface MediaProps {
  src: string;
  name: string;
  onError(): void;
}

function Film({ name, ...media }: MediaProps) {
  return (
    <video className={classes["film"]} controls autoPlay playsInline aria-label={name} {...media}>
      <track kind="captions" />
    </video>
  );
}

function Sound({ name, ...media }: MediaProps) {
  return (
    <audio className={classes["sound"]} controls autoPlay aria-label={name} {...media}>
      <track kind="captions" />
    </audio>
  );
}
