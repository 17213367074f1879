// The tarball: what is in it, and that it works where it is installed. Nothing is fetched.

import assert from "node:assert/strict";
import { cp, mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { after, before, test } from "node:test";
import { pathToFileURL } from "node:url";
import { Engine } from "hearken";
import { asRow, execute, HERE, ROOT } from "./helpers.js";

const require = createRequire(import.meta.url);
const TEXT = "Great service, thank you! Mail kim@example.com 😀";
const NPM = ["--offline", "--ignore-scripts", "--no-audit", "--no-fund", "--no-package-lock", "--loglevel=error"];
// npm hands its own settings to what it starts; the throw-away project must not inherit them.
const env = Object.fromEntries(Object.keys(process.env).filter((name) => /^npm_/i.test(name)).map((name) => [name, undefined]));

let folder;
let project;
let installed;
let expected;

before(async () => {
  folder = await mkdtemp(join(tmpdir(), "hearken-package-"));
  project = join(folder, "project");
  await mkdir(project);
  await writeFile(join(project, "package.json"), '{ "name": "throw-away", "private": true, "type": "module" }');
  const packed = await npm(["pack", "--json", "--pack-destination", folder, "--ignore-scripts"], HERE);
  const tarball = join(folder, only(JSON.parse(packed.stdout)).filename);
  await npm(["install", tarball, ...NPM], project);
  installed = join(project, "node_modules/hearken");
  const engine = await Engine.load();
  expected = JSON.stringify(engine.analyze(TEXT));
  engine.free();
});
after(() => rm(folder, { recursive: true }));

async function npm(args, cwd) {
  const result = await execute("npm", args, { cwd, env });
  assert.equal(result.code, 0, `npm ${args[0]}: ${result.stderr}`);
  return result;
}

/** npm 11 prints a list, newer ones an object by name. */
function only(printed) {
  const [one] = Array.isArray(printed) ? printed : Object.values(printed);
  return one;
}

/** A module that analyses the text with the engine of `from` and prints the result. */
const program = (from, load = "") => `import { Engine } from ${JSON.stringify(from)};
const engine = await Engine.load(${load});
console.log(JSON.stringify(engine.analyze(${JSON.stringify(TEXT)})));
engine.free();
`;

async function runs(command, args, cwd = project) {
  const { code, stdout, stderr } = await execute(command, args, { cwd, env });
  assert.equal(code, 0, stderr);
  assert.equal(stdout.trim(), expected);
}

test("package: the tarball holds the files of the checked-in list and no other", async () => {
  const { stdout } = await npm(["pack", "--dry-run", "--json", "--ignore-scripts"], HERE);
  const files = only(JSON.parse(stdout)).files.map(({ path }) => path).sort();
  const listed = (await readFile(join(HERE, "test/files.txt"), "utf8")).trim().split("\n");
  assert.deepEqual(files, listed, "when this is meant, change pkg/test/files.txt");
  assert.deepEqual(files.filter((path) => path.endsWith(".wasm")), ["dist/engine.wasm", "dist/insight.wasm"]);
});

test("package: no dependency, no install script, every export and the command exist", async () => {
  const made = JSON.parse(await readFile(join(installed, "package.json"), "utf8"));
  for (const key of ["dependencies", "peerDependencies", "optionalDependencies", "bundledDependencies"]) assert.equal(made[key], undefined, key);
  for (const key of ["install", "preinstall", "postinstall", "prepare"]) assert.equal(made.scripts?.[key], undefined, key);
  assert.equal(made.sideEffects, false);
  const order = ["types", "workerd", "edge-light", "deno", "bun", "node", "browser", "default"];
  for (const entry of [".", "./insight"]) assert.deepEqual(Object.keys(made.exports[entry]), order);
  const targets = Object.values(made.exports).flatMap((entry) => (typeof entry === "string" ? [entry] : Object.values(entry)));
  const files = [...targets, ...Object.values(made.bin)].map((target) => target.replace("policies/*", "policies/policy.schema").replace("replies/*", "replies/en").replace("*", "retail"));
  for (const target of files) assert.ok((await stat(join(installed, target))).isFile(), target);
  assert.deepEqual((await readdir(join(project, "node_modules"))).filter((name) => !name.startsWith(".")), ["hearken"]);
});

test("package: each entry looks for its wasm in one place, one level deep", async () => {
  const count = async (name) => (await readFile(join(installed, "dist", name), "utf8")).split("new URL(").length - 1;
  for (const name of ["node.js", "deno.js", "bun.js", "browser.js"]) {
    assert.equal(await count(name), 1, name);
    assert.ok((await readFile(join(installed, "dist", name), "utf8")).includes('new URL("./engine.wasm", import.meta.url)'), name);
    assert.equal(await count(`insight/${name}`), 1, name);
    assert.ok((await readFile(join(installed, "dist/insight", name), "utf8")).includes('new URL("../insight.wasm", import.meta.url)'), name);
  }
  for (const name of ["workerd.js", "edge-light.js", "slim.js", "inline.js", "glue.js"]) {
    assert.equal(await count(name), 0, name);
    assert.equal(await count(`insight/${name}`), 0, name);
  }
});

test("package: Node runs every entry", async () => {
  await writeFile(join(project, "main.mjs"), program("hearken"));
  await runs(process.execPath, ["main.mjs"]);
  await writeFile(join(project, "inline.mjs"), program("hearken/inline"));
  await runs(process.execPath, ["inline.mjs"]);
  const read = `import { readFile } from "node:fs/promises";\nconst wasm = readFile(new URL(import.meta.resolve("hearken/engine.wasm")));\n`;
  await writeFile(join(project, "slim.mjs"), read + program("hearken/slim", "{ wasm }"));
  await runs(process.execPath, ["slim.mjs"]);
});

test("package: Node runs every entry of insight", async () => {
  const count = (from, load = "") => `import { readFile } from "node:fs/promises";
import { Insight } from ${JSON.stringify(from)};
const insight = await Insight.load(${load});
console.log(insight.report([{ rating: { scale: "nps", value: 9 } }]).records);
insight.free();
`;
  const wasm = '{ wasm: readFile(new URL(import.meta.resolve("hearken/insight.wasm"))) }';
  for (const [name, load] of [["insight"], ["insight/inline"], ["insight/slim", wasm]]) {
    await writeFile(join(project, "insight.mjs"), count(`hearken/${name}`, load));
    const { code, stdout, stderr } = await execute(process.execPath, ["insight.mjs"], { cwd: project, env });
    assert.deepEqual([code, stdout], [0, "1\n"], stderr);
  }
});

test("package: the golden rows equal the native results, in each entry of the installed package", async () => {
  const golden = join(ROOT, "target/golden/rows.json");
  const written = await stat(golden).catch(() => undefined);
  assert.ok(written, "target/golden/rows.json is missing: the native golden test writes it (cargo test --test golden)");
  await writeFile(join(project, "golden.mjs"), `import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
const rows = JSON.parse(await readFile(process.argv[2], "utf8"));
const wasm = await readFile(new URL(import.meta.resolve("hearken/engine.wasm")));
let compared = 0;
for (const [name, load] of [["hearken", {}], ["hearken/inline", {}], ["hearken/slim", { wasm }]]) {
  const { Engine } = await import(name);
  const engine = await Engine.load(load);
  for (const { id, text, message, options, native } of rows) {
    assert.deepEqual(engine.analyze(text, options), native.analysis, name + ", analysis of " + id);
    assert.deepEqual(engine.redact(text), native.redaction, name + ", redaction of " + id);
    assert.deepEqual(engine.triage({ ...message, text }), native.decision, name + ", decision of " + id);
    compared += 3;
  }
  engine.free();
}
console.log(JSON.stringify({ rows: rows.length, compared }));
`);
  const { code, stdout, stderr } = await execute(process.execPath, ["golden.mjs", golden], { cwd: project, env });
  assert.equal(code, 0, stderr);
  const { rows, compared } = JSON.parse(stdout);
  assert.ok(rows >= 200, `at least 200 golden rows are needed, there are ${rows}`);
  assert.equal(compared, rows * 9);
});

test("package: importing decodes, reads and compiles nothing", async () => {
  const watch = `
for (const name of ["compile", "instantiate", "compileStreaming", "instantiateStreaming"]) WebAssembly[name] = () => { throw new Error(name); };
for (const name of ["Module", "Instance", "Memory"]) WebAssembly[name] = class { constructor() { throw new Error(name); } };
globalThis.atob = globalThis.fetch = () => { throw new Error("work at import"); };
`;
  await writeFile(join(project, "watch.mjs"), watch);
  const imports = ["", "/inline", "/slim", "/insight", "/insight/inline", "/insight/slim"].map((name) => `await import("hearken${name}");`).join("\n");
  await writeFile(join(project, "free.mjs"), `import "./watch.mjs";\n${imports}\nconsole.log("free");`);
  const { code, stdout, stderr } = await execute(process.execPath, ["free.mjs"], { cwd: project, env });
  assert.deepEqual([code, stdout], [0, "free\n"], stderr);
});

test("package: the command is installed and runs", async () => {
  const bin = join(project, "node_modules/.bin/hearken");
  const { code, stdout, stderr } = await execute(bin, ["analyze", "--format", "lines"], { cwd: project, env, input: TEXT });
  assert.equal(code, 0, stderr);
  assert.deepEqual(JSON.parse(stdout).analysis, asRow(JSON.parse(expected)));
});

test("package: esbuild bundles the browser entry, slim and inline", async () => {
  const { build } = await import("esbuild");
  const bundle = async (name, contents) => {
    const outfile = join(project, "esbuild", `${name}.mjs`);
    await build({
      stdin: { contents, resolveDir: project }, outfile, bundle: true, format: "esm", platform: "browser",
      conditions: ["browser"], minify: true, logLevel: "silent", external: ["node:*"],
    });
    return outfile;
  };
  // A browser fetches the asset beside the bundle; here fetch reads that file.
  const fetchFile = `import { readFile } from "node:fs/promises";
globalThis.fetch = async (url) => new Response(await readFile(url), { headers: { "content-type": "application/wasm" } });\n`;
  const browser = await bundle("browser", fetchFile + program("hearken"));
  assert.ok((await readFile(browser, "utf8")).includes("./engine.wasm"));
  await cp(join(installed, "dist/engine.wasm"), join(project, "esbuild/engine.wasm"));
  await runs(process.execPath, [browser]);
  await runs(process.execPath, [await bundle("inline", program("hearken/inline"))]);
  const slim = `import { readFile } from "node:fs/promises";\n${program("hearken/slim", '{ wasm: readFile("node_modules/hearken/dist/engine.wasm") }')}`;
  await runs(process.execPath, [await bundle("slim", slim)]);
  const unused = await bundle("unused", 'import { Engine } from "hearken/inline"; import { Engine as Other } from "hearken"; console.log(1);');
  assert.ok((await stat(unused)).size < 100, "what is imported and not used stays in the bundle");
});

test("package: vite emits the wasm as one asset, and the bundle runs", async () => {
  const { build } = await import("vite");
  const root = join(project, "vite");
  await mkdir(root);
  await writeFile(join(root, "main.js"), `globalThis.result = (async () => {\n${program("hearken").replace(/^import.*\n/, "")}})();\n`.replace(/^/, 'import { Engine } from "hearken";\n'));
  await build({
    root, logLevel: "silent", configFile: false, base: "./",
    build: { outDir: "out", rollupOptions: { input: join(root, "main.js") }, assetsInlineLimit: 0, target: "es2022", modulePreload: false },
  });
  const assets = await readdir(join(root, "out/assets"));
  const [wasm, ...more] = assets.filter((name) => name.endsWith(".wasm"));
  assert.deepEqual(more, []);
  const [script] = assets.filter((name) => name.endsWith(".js"));
  const code = await readFile(join(root, "out/assets", script), "utf8");
  assert.ok(wasm && code.includes(wasm));
  assert.deepEqual(await readFile(join(root, "out/assets", wasm)), await readFile(join(installed, "dist/engine.wasm")));
  // The page's world as far as the bundle needs it: a base address, and fetch of a file.
  const world = `import { readFile } from "node:fs/promises";
globalThis.document = { baseURI: ${JSON.stringify(`${pathToFileURL(join(root, "out"))}/`)} };
globalThis.fetch = async (url) => new Response(await readFile(url), { headers: { "content-type": "application/wasm" } });
await import(${JSON.stringify(pathToFileURL(join(root, "out/assets", script)).href)});
await globalThis.result;\n`;
  await writeFile(join(root, "run.mjs"), world);
  await runs(process.execPath, [join(root, "run.mjs")]);
});

for (const [name, args] of [["deno", ["run", "--allow-read", "--no-remote", "--cached-only", "--node-modules-dir=manual"]], ["bun", ["run"]]]) {
  test(`package: ${name} runs the package`, async (t) => {
    const command = await binaryOf(name);
    if (!command) return t.skip(`npm package ${name} is not installed in node_modules`);
    await writeFile(join(project, `${name}.mjs`), program("hearken"));
    await runs(command, [...args, `${name}.mjs`]);
    await writeFile(join(project, `${name}-which.mjs`), `console.log(import.meta.resolve("hearken"));`);
    const which = await execute(command, [...args, `${name}-which.mjs`], { cwd: project, env });
    assert.match(which.stdout, new RegExp(`dist/${name}\\.js`), which.stderr);
  });
}

/** The program inside an npm package that carries one, when it is installed: the platform's own, else the general one. */
async function binaryOf(name) {
  const carried = { deno: "@deno/linux-x64-glibc/deno", bun: "@oven/bun-linux-x64/bin/bun" }[name];
  for (const from of [HERE, ROOT]) for (const place of [carried, `.bin/${name}`]) {
    const path = join(from, "node_modules", place);
    if (await stat(path).catch(() => undefined)) return path;
  }
  return undefined;
}

test("package: workerd takes the wasm as a module", async (t) => {
  const found = await import("miniflare").catch(() => undefined);
  if (!found) return t.skip("npm package miniflare is not installed");
  const newer = await newerNode();
  if (!newer) return t.skip("miniflare wants Node 22, and no newer Node is installed in node_modules");
  const script = join(project, "workerd.mjs");
  const dist = join(installed, "dist");
  const names = (await readdir(dist)).filter((name) => name.endsWith(".js"));
  await writeFile(script, `
import { Miniflare } from ${JSON.stringify(pathToFileURL(require.resolve("miniflare")).href)};
import { readFileSync } from "node:fs";
const dist = ${JSON.stringify(`${dist}/`)};
const modules = ${JSON.stringify(names)}.map((name) => ({ type: "ESModule", path: "/dist/" + name, contents: readFileSync(dist + name, "utf8") }));
modules.push({ type: "CompiledWasm", path: "/dist/engine.wasm", contents: readFileSync(dist + "engine.wasm") });
const main = { type: "ESModule", path: "/main.js", contents: ${JSON.stringify(`import { Engine } from "./dist/workerd.js";
let engine;
export default { async fetch() { engine ??= await Engine.load(); return Response.json(engine.analyze(${JSON.stringify(TEXT)})); } };`)} };
const edge = new Miniflare({ modulesRoot: "/", modules: [main, ...modules.filter(({ path }) => !/edge-light|browser|node|deno|bun/.test(path))], compatibilityDate: "2026-01-01" });
try {
  const response = await edge.dispatchFetch("http://edge.example.com/");
  console.log(await response.text());
} finally {
  await edge.dispose();
}
`);
  await runs(newer, [script]);
});

/** A Node of at least 22: this one, or one that an npm package carries. */
async function newerNode() {
  if (Number(process.versions.node.split(".")[0]) >= 22) return process.execPath;
  const names = await readdir(join(ROOT, "node_modules")).catch(() => []);
  for (const name of names.filter((name) => /^node(-|$)/.test(name))) {
    const path = join(ROOT, "node_modules", name, "bin/node");
    if (await stat(path).catch(() => undefined)) return path;
  }
  return undefined;
}
