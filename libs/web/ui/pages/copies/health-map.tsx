/**
 * A treemap: each entry as large as its bytes, coloured and patterned by its health. For the mouse
 * and the eye; the table below it says the same to everyone else.
 */
import { useMemo } from "react";
import { useElementSize } from "@mantine/hooks";
import { hierarchy, treemap, treemapSquarify } from "d3-hierarchy";
import { byteText } from "../../parts/byte-text.ts";
import { addressOf, joinPath } from "../../parts/drive-path.ts";
import { Link } from "../../shell/link.tsx";
import { copiesAddress } from "./copies-address.ts";
import classes from "./copies.module.css";
import { GRADE_WORDS, gradeOf, shareText } from "./grade.ts";
import type { ChildHealth } from "./use-health.ts";

const GAP_PX = 2;
/** Smaller boxes have no room for words. */
const WORDS_WIDTH_PX = 64;
const WORDS_HEIGHT_PX = 40;
/** Empty files and folders are seen as well, as small as can be. */
const BYTES_LEAST = 1;

export interface HealthMapProps {
  path: string;
  items: readonly ChildHealth[];
}

export function HealthMap({ path, items }: HealthMapProps) {
  const { ref, width, height } = useElementSize<HTMLDivElement>();
  const boxes = useMemo(() => boxesOf(items, { width, height }), [items, width, height]);
  return (
    <div ref={ref} className={classes["map"]} aria-hidden="true">
      {boxes.map((box) => (
        <BoxLink key={box.child.name} box={box} path={joinPath(path, box.child.name)} />
      ))}
    </div>
  );
}

interface Box {
  child: ChildHealth;
  left: number;
  top: number;
  width: number;
  height: number;
}

interface Tree {
  child?: ChildHealth;
  children?: Tree[];
}

function boxesOf(items: readonly ChildHealth[], size: { width: number; height: number }): Box[] {
  if (size.width === 0 || size.height === 0) return [];
  const bySize = items.toSorted((a, b) => b.bytes - a.bytes);
  const tree: Tree = { children: bySize.map((child) => ({ child })) };
  const root = hierarchy<Tree>(tree).sum(({ child }) =>
    child ? Math.max(BYTES_LEAST, child.bytes) : 0,
  );
  const layout = treemap<Tree>().tile(treemapSquarify).size([size.width, size.height]);
  return layout
    .paddingInner(GAP_PX)(root)
    .leaves()
    .flatMap(({ data: { child }, x0, y0, x1, y1 }) =>
      child ? [{ child, left: x0, top: y0, width: x1 - x0, height: y1 - y0 }] : [],
    );
}

function BoxLink({ box: { child, ...place }, path }: { box: Box; path: string }) {
  const grade = gradeOf(child);
  const words = place.width >= WORDS_WIDTH_PX && place.height >= WORDS_HEIGHT_PX;
  const part = shareText(child);
  const title = `${child.name}: ${byteText(child.bytes)}, ${GRADE_WORDS[grade]}${part ? ` (${part})` : ""}`;
  const folder = child.kind === "dir";
  return (
    <Link
      className={classes["box"]}
      style={place}
      tabIndex={-1}
      title={title}
      data-grade={grade}
      href={folder ? copiesAddress(path) : addressOf(path)}
    >
      {words && (
        <span className={classes["boxWords"]}>
          <b>
            {child.name}
            {folder && "/"}
          </b>
          <span>{byteText(child.bytes)}</span>
          {grade !== "safe" && <span>{GRADE_WORDS[grade]}</span>}
        </span>
      )}
    </Link>
  );
}
