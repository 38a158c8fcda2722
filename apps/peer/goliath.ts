#!/usr/bin/env node
/** The `goliath` command and headless peer. */
import { enableCompileCache } from "node:module";
import { homedir } from "node:os";
import { join } from "node:path";

// Types are stripped and code compiled once, not at every start: an eighth of the time. In a folder
// of the user's own, because what lies there is run.
enableCompileCache(process.env["NODE_COMPILE_CACHE"] ?? join(homedir(), ".cache", "goliath"));
const { main } = await import("./main.ts");
const { processAmbient } = await import("./ambient.ts");

process.exit(await main(process.argv.slice(2), processAmbient()));
