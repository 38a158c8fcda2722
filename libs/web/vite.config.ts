import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

export default defineConfig({
  root: `${import.meta.dirname}/ui`,
  plugins: [react()],
  build: { outDir: `${import.meta.dirname}/dist`, emptyOutDir: true, target: "es2023" },
});
