/** A text as a QR code, drawn as one path. */
import { useMemo } from "react";
import makeCode from "qrcode-generator";
import classes from "./members.module.css";

/** The smallest that holds the text, with the least spare: a link is shown on a clean screen. */
const TYPE_SMALLEST_THAT_FITS = 0;
const CORRECTION = "L";

export function QrCode({ text, label }: { text: string; label: string }) {
  const { path, count } = useMemo(() => drawn(text), [text]);
  return (
    <svg
      className={classes["qr"]}
      viewBox={`0 0 ${count} ${count}`}
      role="img"
      aria-label={label}
      shapeRendering="crispEdges"
    >
      <path d={path} fill="#000" />
    </svg>
  );
}

function drawn(text: string): { path: string; count: number } {
  const code = makeCode(TYPE_SMALLEST_THAT_FITS, CORRECTION);
  code.addData(text);
  code.make();
  const count = code.getModuleCount();
  let path = "";
  for (let row = 0; row < count; row++) {
    for (let column = 0; column < count; column++) {
      if (code.isDark(row, column)) path += `M${column} ${row}h1v1h-1z`;
    }
  }
  return { path, count };
}
