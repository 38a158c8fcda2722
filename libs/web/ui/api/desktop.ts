/** What the desktop app's window can do beyond a browser; absent in a browser. */
import { DESKTOP_BRIDGE, type DesktopBridge } from "../../src/desktop/desktop-bridge.ts";

export function desktopBridge(): DesktopBridge | undefined {
  return (globalThis as Partial<Record<typeof DESKTOP_BRIDGE, DesktopBridge>>)[DESKTOP_BRIDGE];
}
