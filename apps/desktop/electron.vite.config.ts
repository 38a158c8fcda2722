/** Main as a module, the preload as a script: a sandboxed preload can be nothing else. */
import { defineConfig } from "electron-vite";

export default defineConfig({
  main: {
    build: {
      rolldownOptions: {
        input: `${import.meta.dirname}/main/main.ts`,
        output: { format: "es", entryFileNames: "main.js" },
      },
      outDir: `${import.meta.dirname}/dist/main`,
    },
  },
  preload: {
    build: {
      rolldownOptions: {
        input: `${import.meta.dirname}/preload/preload.ts`,
        output: { format: "cjs", entryFileNames: "preload.cjs" },
      },
      outDir: `${import.meta.dirname}/dist/preload`,
    },
  },
});
