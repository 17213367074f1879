import { defineConfig, type Plugin } from "vite";
import { modelCard } from "./model-card.ts";
import { META_POLICY } from "./src/shared/csp.ts";

/** Writes the policy into the built page, before anything that it governs. Development needs inline styles and a socket. */
const policy: Plugin = {
  name: "content-security-policy",
  apply: "build",
  transformIndexHtml: () => [
    { tag: "meta", attrs: { "http-equiv": "Content-Security-Policy", content: META_POLICY }, injectTo: "head-prepend" },
  ],
};

export default defineConfig({
  base: "./",
  plugins: [policy, modelCard],
  worker: { format: "es" },
  build: {
    target: "es2022",
    // light-dark() as it is: Chrome 123, Firefox 121, Safari 17.5.
    cssTarget: ["chrome123", "firefox121", "safari17.5"],
    // The polyfill would fetch; nothing is loaded later that could be preloaded.
    modulePreload: { polyfill: false },
    // No data: URLs for scripts, and the worker's engine is meant to be large.
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 4096,
    reportCompressedSize: false,
  },
});
