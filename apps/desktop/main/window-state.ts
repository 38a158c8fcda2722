/** Where the window stood when it was last open, and how large it was. */
import { readFile } from "node:fs/promises";
import { systemDisk, writeFileDurably } from "@goliath/kit";
import type { Rectangle } from "electron";

export interface WindowState extends Rectangle {
  maximized: boolean;
}

const SIZE_DEFAULT = { width: 1200, height: 800 };
/** Smaller than this the UI does not fit. */
const SIZE_MIN = { width: 380, height: 480 };

/** A file that is missing, damaged or of a screen that is gone is as good as none. */
export async function readWindowState(
  file: string,
  { screens }: { screens: readonly Rectangle[] },
): Promise<Partial<WindowState> & { width: number; height: number }> {
  const text = await readFile(file, "utf8").catch(() => "{}");
  const state = parse(text);
  return state && screens.some((screen) => isWithin(state, screen)) ? state : SIZE_DEFAULT;
}

export async function writeWindowState(file: string, state: WindowState): Promise<void> {
  await writeFileDurably(file, `${JSON.stringify(state)}\n`, { disk: systemDisk });
}

function parse(text: string): WindowState | undefined {
  try {
    const { x, y, width, height, maximized } = JSON.parse(text) as Partial<WindowState>;
    const numbers = [x, y, width, height].map(Number);
    if (!numbers.every((number) => Number.isSafeInteger(number))) return undefined;
    const [left = 0, top = 0, wide = 0, high = 0] = numbers;
    if (wide < SIZE_MIN.width || high < SIZE_MIN.height) return undefined;
    return { x: left, y: top, width: wide, height: high, maximized: maximized === true };
  } catch {
    return undefined;
  }
}

/** Whether enough of its upper edge is there to take hold of. */
function isWithin({ x, y, width }: Rectangle, screen: Rectangle): boolean {
  const middle = x + width / 2;
  return (
    middle >= screen.x &&
    middle <= screen.x + screen.width &&
    y >= screen.y &&
    y < screen.y + screen.height
  );
}
