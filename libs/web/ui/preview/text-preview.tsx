/** A text, a JSON document or a page of Markdown. */
import { lazy, Suspense, useMemo } from "react";
import { Alert } from "@mantine/core";
import { State } from "../parts/state.tsx";
import { byteText } from "../parts/byte-text.ts";
import { TEXT_BYTES_MAX, useFileText } from "./use-file-text.ts";
import classes from "./preview.module.css";

const MarkdownPreview = lazy(() => import("./markdown-preview.tsx"));

export interface TextPreviewProps {
  url: string;
  size: number;
  path: string;
  at: number | undefined;
  kind: "plain" | "json" | "markdown";
}

export function TextPreview({ url, size, path, at, kind }: TextPreviewProps) {
  const found = useFileText(url, size);
  if (!found) return <State kind="loading" title="Reading…" />;
  if ("error" in found)
    return <State kind="error" title="This cannot be shown" text={found.error} />;
  const { text, whole } = found;
  return (
    // Focusable, so that the keyboard can scroll it.
    <section className={classes["text"]} tabIndex={0} aria-label="Text of the file">
      {kind === "markdown" ? (
        <Suspense fallback={<State kind="loading" title="Reading…" />}>
          <MarkdownPreview text={text} path={path} at={at} />
        </Suspense>
      ) : (
        <PlainText text={text} isJson={kind === "json" && whole} />
      )}
      {!whole && (
        <Alert variant="light" mt="md">
          These are the first {byteText(TEXT_BYTES_MAX)} of {byteText(size)}. Download the file to
          see all of it.
        </Alert>
      )}
    </section>
  );
}

function PlainText({ text, isJson }: { text: string; isJson: boolean }) {
  const shown = useMemo(() => (isJson ? indented(text) : text), [text, isJson]);
  return <pre className={classes["plain"]}>{shown || "This file is empty."}</pre>;
}

function indented(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}
