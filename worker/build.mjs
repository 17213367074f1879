// Bundles the worker: dist/index.js and, beside it, dist/engine.wasm as a module of its own.
//
// The wasm stays outside the bundle: the runtime compiles it when the worker is deployed and refuses
// to compile bytes later. The tests bundle their own entries with the same function.

import { copyFile, mkdir, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const here = dirname(fileURLToPath(import.meta.url));

/**
 * Writes `index.js` and `engine.wasm` to the folder `outdir`, which is emptied first.
 *
 * @param {string} entry the TypeScript entry
 * @param {string} outdir where to write
 */
export async function bundle(entry, outdir) {
  await rm(outdir, { recursive: true, force: true });
  await mkdir(outdir, { recursive: true });
  let copied = 0;
  /** Imports of `.wasm` files stay imports, of a copy beside the bundle. */
  const wasm = {
    name: "wasm-module",
    setup(plugin) {
      plugin.onResolve({ filter: /\.wasm$/ }, async ({ path, resolveDir }) => {
        await copyFile(join(resolveDir, path), join(outdir, "engine.wasm"));
        copied += 1;
        return { path: "./engine.wasm", external: true };
      });
    },
  };
  await build({
    entryPoints: { index: entry },
    outdir,
    bundle: true,
    format: "esm",
    platform: "neutral",
    mainFields: ["module", "main"],
    conditions: ["workerd", "worker"],
    target: "es2022",
    charset: "utf8",
    legalComments: "none",
    // Taxonomies stay text until one is asked for.
    loader: { ".json": "text" },
    logLevel: "warning",
    plugins: [wasm],
  });
  if (copied !== 1) throw new Error(`the bundle must import one wasm module, it imports ${copied}`);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  await bundle(join(here, "src/index.ts"), join(here, "dist"));
}
