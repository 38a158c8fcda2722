#!/usr/bin/env node
/** The `goliath` command and headless peer. */
import { processAmbient } from "./ambient.ts";
import { loadedDaemons } from "./daemon/loaded-daemons.ts";
import { main } from "./main.ts";

process.exit(await main(process.argv.slice(2), processAmbient({ daemons: loadedDaemons })));
