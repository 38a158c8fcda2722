/** Markdown as a page. Raw HTML stays text, and no address outside of the drive is fetched. */
import Markdown from "react-markdown";
import { Typography } from "@mantine/core";
import { joinPath, parentOf } from "../parts/drive-path.ts";
import { useTicket } from "./use-ticket.ts";
import classes from "./preview.module.css";

export interface MarkdownPreviewProps {
  text: string;
  path: string;
  at: number | undefined;
}

export default function MarkdownPreview({ text, path, at }: MarkdownPreviewProps) {
  return (
    <Typography className={classes["markdown"] ?? ""}>
      <Markdown
        skipHtml
        components={{
          img: ({ src, alt }) => (
            <Picture src={String(src ?? "")} alt={alt ?? ""} path={path} at={at} />
          ),
          a: ({ href, children }) => (
            <a href={href} target="_blank" rel="noreferrer noopener">
              {children}
            </a>
          ),
        }}
      >
        {text}
      </Markdown>
    </Typography>
  );
}

interface PictureProps {
  src: string;
  alt: string;
  path: string;
  at: number | undefined;
}

/** A picture of the drive is shown; one from elsewhere would tell a stranger who reads this. */
function Picture({ src, alt, path, at }: PictureProps) {
  const target = pathBeside(path, src);
  if (target === undefined)
    return <span className={classes["noPicture"]}>[Picture: {alt || src}]</span>;
  return <DrivePicture path={target} alt={alt} at={at} />;
}

function DrivePicture({ path, alt, at }: { path: string; alt: string; at: number | undefined }) {
  const ticket = useTicket(at === undefined ? { path } : { path, at });
  if (!ticket) return null;
  if ("error" in ticket)
    return <span className={classes["noPicture"]}>[Picture: {alt || path}]</span>;
  return <img src={ticket.url} alt={alt} />;
}

/** The path of the drive that a text at `path` means by `reference`; undefined for what is no path. */
export function pathBeside(path: string, reference: string): string | undefined {
  if (/^[a-z][a-z0-9+.-]*:|^\/\//iu.test(reference)) return undefined;
  const names = (reference.startsWith("/") ? [] : parentOf(path).split("/")).filter(Boolean);
  const [bare = ""] = reference.split(/[?#]/u);
  for (const part of bare.split("/").filter(Boolean)) {
    if (part === "..") names.pop();
    else if (part !== ".") names.push(decoded(part));
  }
  return names.length > 0 ? joinPath("/", ...names) : undefined;
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
