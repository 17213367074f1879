// Serves the built worker on this machine, in the real edge runtime.
//
//   npm start                    http://127.0.0.1:8787
//   PORT=0 npm start             any free port
//   POLICY=$(cat policy.json) TAXONOMIES="{\"bikes\": $(cat bikes.json)}" ALLOW_ORIGIN=http://localhost:5173 npm start

import { readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { Miniflare } from "miniflare";

const here = dirname(fileURLToPath(import.meta.url));
const config = JSON.parse(await readFile(join(here, "wrangler.jsonc"), "utf8"));
const bindings = {};
for (const name of ["POLICY", "TAXONOMIES", "INDUSTRY", "CALENDAR", "PAUSES", "REPLIES", "PRIVACY", "PRIVACY_KEY", "ALLOW_ORIGIN"]) {
  if (process.env[name] !== undefined) bindings[name] = process.env[name];
}
const worker = new Miniflare({
  host: "127.0.0.1",
  port: Number(process.env.PORT ?? 8787),
  cf: false,
  compatibilityDate: config.compatibility_date,
  bindings,
  rootPath: join(here, "dist"),
  modules: [
    { type: "ESModule", path: join(here, "dist/index.js") },
    { type: "CompiledWasm", path: join(here, "dist/engine.wasm") },
    { type: "CompiledWasm", path: join(here, "dist/insight.wasm") },
  ],
});
console.log(`worker: ${(await worker.ready).origin} (Ctrl-C ends it)`);
for (const signal of ["SIGINT", "SIGTERM"]) {
  process.once(signal, () => void worker.dispose().then(() => process.exit(0)));
}
