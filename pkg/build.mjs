// Builds pkg/dist from src/ and from what `cargo xtask build` leaves in dist/wasm/.
//
//   node build.mjs            everything
//
// dist/engine.wasm       the wasm that reads texts; dist/insight.wasm the one that counts
// dist/glue.js           the wasm-bindgen glue as a function that gives a fresh copy per call;
//                        dist/insight/glue.js likewise
// dist/inline-*.js       the same wasm files in base64, for hearken/inline and hearken/insight/inline
// dist/taxonomy/         the shipped taxonomies and their schema; dist/policies/ and
//                        dist/replies/ likewise, policies of industries joined with the default
// dist/*.js, *.d.ts      the sources; dist/types.d.ts is src/wasm/types/* of the crate

import { spawnSync } from "node:child_process";
import { copyFile, mkdir, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

import { industryPolicies } from "./policies.mjs";

const here = dirname(fileURLToPath(import.meta.url));
const dist = join(here, "dist");
const raw = join(dist, "wasm");
const require = createRequire(import.meta.url);

/** Fails with one plain line. */
function fail(message) {
  console.error(`pkg/build.mjs: ${message}`);
  process.exit(1);
}

/** Everything in dist except what the wasm build left there. */
async function clean() {
  await mkdir(dist, { recursive: true });
  for (const name of await readdir(dist)) {
    if (name !== "wasm") await rm(join(dist, name), { recursive: true });
  }
}

/** The TypeScript sources, as one module each. */
function compile() {
  const packageFile = require.resolve("typescript/package.json");
  const { bin } = require(packageFile);
  const tsc = join(dirname(packageFile), bin.tsc);
  const { status } = spawnSync(process.execPath, [tsc, "-p", here], { stdio: "inherit" });
  if (status !== 0) fail("the TypeScript sources do not compile");
}

/**
 * The glue keeps its instance in module variables. As the body of a function, each call has its own:
 * engines cannot disturb one another, and a poisoned instance is dropped whole. Only what is exported
 * here stays: the asynchronous initialiser with its own idea of URLs falls away.
 */
async function glue(name, root, to) {
  const result = await build({
    stdin: { contents: `export { initSync, ${root} } from "./${name}.js";`, resolveDir: raw },
    bundle: true,
    format: "iife",
    globalName: "glue",
    platform: "neutral",
    target: "es2022",
    legalComments: "none",
    write: false,
    logLevel: "silent",
    logOverride: { "empty-import-meta": "silent" },
  });
  const body = result.outputFiles[0].text;
  if (body.includes("import_meta") || body.includes("new URL(")) fail("the glue still looks for its wasm by itself");
  await writeFile(
    join(dist, to),
    `// The wasm-bindgen glue; every call gives a fresh copy, bound to no instance yet.\nexport function createGlue() {\n${body}return glue;\n}\n`,
  );
}

/** A wasm, as file and as text. */
async function wasm(name, to, inline) {
  const bytes = await readFile(join(raw, `${name}_bg.wasm`));
  await writeFile(join(dist, to), bytes);
  await writeFile(join(dist, inline), `export default "${bytes.toString("base64")}";\n`);
}

/** Declarations that tsc reads but does not write. */
async function declarations() {
  const from = join(here, "../src/wasm/types");
  const files = (await readdir(from)).sort();
  const parts = await Promise.all(files.map((name) => readFile(join(from, name), "utf8")));
  await mkdir(join(dist, "insight"), { recursive: true });
  await writeFile(join(dist, "types.d.ts"), parts.join("\n"));
  for (const glue of ["glue.d.ts", "insight/glue.d.ts"]) await copyFile(join(here, "src", glue), join(dist, glue));
}

/** JSON files of a folder of the repository, without white space: taxonomies, policies and their schemas. */
async function data(folder, to) {
  const from = join(here, "..", folder);
  await mkdir(join(dist, to));
  for (const name of (await readdir(from)).filter((name) => name.endsWith(".json"))) {
    const json = JSON.parse(await readFile(join(from, name), "utf8"));
    await writeFile(join(dist, to, name), `${JSON.stringify(json)}\n`);
  }
}

/** The licences of the repository go into the tarball. */
async function licences() {
  for (const name of ["LICENSE-APACHE", "LICENSE-MIT"]) {
    const from = join(here, "..", name);
    if (await exists(from)) await copyFile(from, join(here, name));
    else console.error(`pkg/build.mjs: ${name} is missing at the root; the tarball will lack it`);
  }
}

async function exists(path) {
  return stat(path).then(() => true, () => false);
}

for (const name of ["hearken.js", "hearken_bg.wasm", "insight.js", "insight_bg.wasm"]) {
  if (!(await exists(join(raw, name)))) fail(`dist/wasm/${name} is missing; run \`cargo xtask build\` first`);
}
await clean();
// The sources are checked against the declarations in dist.
await declarations();
compile();
await Promise.all([
  glue("hearken", "RawEngine", "glue.js"),
  glue("insight", "RawInsight", "insight/glue.js"),
  wasm("hearken", "engine.wasm", "inline-wasm.js"),
  wasm("insight", "insight.wasm", "inline-insight.js"),
  data("taxonomy", "taxonomy"),
  data("policies", "policies").then(() => industryPolicies(join(here, ".."), join(dist, "policies"))),
  data("replies", "replies"),
  licences(),
]);
