import { defineConfig } from "vite";
import { fileURLToPath } from "node:url";

const path = (to: string): string => fileURLToPath(new URL(to, import.meta.url));

/** The golden page goes beside the other build products; nothing of it is in www/dist. */
export default defineConfig({
  root: path("."),
  base: "./",
  logLevel: "warn",
  worker: { format: "es" },
  build: { outDir: path("../../../target/www-golden"), emptyOutDir: true, target: "es2022", modulePreload: { polyfill: false }, assetsInlineLimit: 0, chunkSizeWarningLimit: 4096 },
});
