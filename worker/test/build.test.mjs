// What is deployed: three files, the configuration that fits them, and their size.

import assert from "node:assert/strict";
import { readdir, readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { test } from "node:test";
import { gzipSync } from "node:zlib";

const file = (path) => readFile(new URL(`../${path}`, import.meta.url));

test("the bundle is one script that imports two wasm modules, the package's own", async () => {
  assert.deepEqual((await readdir(new URL("../dist", import.meta.url))).sort(), ["engine.wasm", "index.js", "insight.wasm"]);
  const script = (await file("dist/index.js")).toString();
  assert.deepEqual([...script.matchAll(/^\s*import\b.*from "([^"]+)"|\bimport\("([^"]+)"\)/gm)].map(([, from, lazy]) => from ?? lazy).sort(), ["./engine.wasm", "./insight.wasm"]);
  for (const name of ["engine.wasm", "insight.wasm"]) {
    const shipped = await readFile(createRequire(import.meta.url).resolve(`hearken/${name}`));
    assert.ok(shipped.equals(await file(`dist/${name}`)), name);
  }
});

test("the configuration names what was built, and nothing else is deployed", async () => {
  const config = JSON.parse((await file("wrangler.jsonc")).toString());
  assert.equal(config.main, "dist/index.js");
  assert.equal(config.no_bundle, true);
  assert.deepEqual(config.rules.map(({ type, globs }) => [type, globs]), [["CompiledWasm", ["**/*.wasm"]]]);
  assert.match(config.compatibility_date, /^\d{4}-\d{2}-\d{2}$/);
  assert.equal(config.compatibility_flags, undefined, "no Node API is needed");
});

test("script and wasm together are below the 3 MB that the smallest plan takes", async () => {
  const names = ["dist/index.js", "dist/engine.wasm", "dist/insight.wasm"];
  const [script, engine, insight] = (await Promise.all(names.map(file))).map((bytes) => gzipSync(bytes, { level: 9 }).length);
  console.log(`worker, gzip: script ${script} bytes, engine ${engine} bytes, insight ${insight} bytes`);
  // Of the script nearly all are the eight taxonomies.
  assert.ok(script + engine + insight <= 2_980_000, `${script + engine + insight} bytes`);
});
