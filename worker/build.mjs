// Bundles the worker: dist/index.js and, beside it, dist/engine.wasm and dist/insight.wasm as modules of their own.
//
// The wasm files stay outside the bundle: the runtime compiles them when the worker is deployed and refuses
// to compile bytes later. The tests bundle their own entries with the same function.

import { copyFile, mkdir, rm } from "node:fs/promises";
import { createRequire } from "node:module";
import { basename, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const require = createRequire(import.meta.url);
const here = dirname(fileURLToPath(import.meta.url));

/**
 * Writes `index.js`, `engine.wasm` and `insight.wasm` to the folder `outdir`, which is emptied first.
 *
 * @param {string} entry the TypeScript entry
 * @param {string} outdir where to write
 */
export async function bundle(entry, outdir) {
  await rm(outdir, { recursive: true, force: true });
  await mkdir(outdir, { recursive: true });
  const copied = new Set();
  /** Imports of `.wasm` files stay imports, of a copy beside the bundle. */
  const wasm = {
    name: "wasm-module",
    setup(plugin) {
      plugin.onResolve({ filter: /\.wasm$/ }, async ({ path, resolveDir }) => {
        const name = basename(path);
        await copyFile(path.startsWith(".") ? join(resolveDir, path) : require.resolve(path), join(outdir, name));
        copied.add(name);
        return { path: `./${name}`, external: true };
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
    // Taxonomies, policies and templates stay text until one is asked for.
    loader: { ".json": "text" },
    logLevel: "warning",
    plugins: [wasm],
  });
  const names = [...copied].sort().join(", ");
  if (names !== "engine.wasm, insight.wasm") throw new Error(`the bundle must import engine.wasm and insight.wasm, it imports ${names}`);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  await bundle(join(here, "src/index.ts"), join(here, "dist"));
}
