// The declarations hold under --strict, without help from the package's own settings or from Node's types.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { test } from "node:test";
import { execute, HERE } from "./helpers.js";

const require = createRequire(import.meta.url);
const packageFile = require.resolve("typescript/package.json");
const tsc = join(dirname(packageFile), require(packageFile).bin.tsc);
const STRICT = ["--noEmit", "--strict", "--exactOptionalPropertyTypes", "--noUncheckedIndexedAccess", "--target", "es2022", "--types", "", "--ignoreConfig"];

for (const [name, module, resolution] of [["NodeNext", "nodenext", "nodenext"], ["bundlers", "esnext", "bundler"]]) {
  test(`types: every exported type compiles under --strict, resolved as by ${name}`, async () => {
    const args = [tsc, ...STRICT, "--lib", "es2022,dom,dom.iterable", "--module", module, "--moduleResolution", resolution, "test/types/use.ts"];
    const { code, stdout } = await execute(process.execPath, args, { cwd: HERE });
    assert.equal(code, 0, stdout);
  });
}

test("types: the test file uses every type the package exports", async () => {
  const declared = await readFile(join(HERE, "dist/types.d.ts"), "utf8");
  const used = await readFile(join(HERE, "test/types/use.ts"), "utf8");
  const names = [...declared.matchAll(/^export (?:type|interface) (\w+)/gm)].map(([, name]) => name);
  assert.ok(names.length > 25);
  assert.deepEqual(names.filter((name) => !new RegExp(`\\b${name}\\b`).test(used)), []);
});
