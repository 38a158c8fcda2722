/** What Electron starts. */
import { homedir } from "node:os";
import { join } from "node:path";
import * as electron from "electron";
import { runDesktop } from "./run-desktop.ts";

const { app } = electron;
/** A packaged app carries the peer and the Node it runs on beside itself. */
const root = app.isPackaged
  ? join(process.resourcesPath, "goliath")
  : join(app.getAppPath(), "../..");
const node = join(root, "node_modules", ".bin", process.platform === "win32" ? "node.exe" : "node");

await runDesktop({
  electron,
  words: process.argv.slice(1),
  home: process.env["GOLIATH_HOME"] ?? join(homedir(), ".goliath"),
  goliath: [node, join(root, "apps/peer/goliath.js")],
  preload: join(import.meta.dirname, "../preload/preload.cjs"),
  icon: join(app.getAppPath(), "icons/icon.png"),
});
