// The golden reports of tests/report, written by the core natively, made here in wasm: the same bytes.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { Insight } from "hearken/insight";
import { goldenReport } from "../../tests/report/make.mjs";
import { ROOT } from "./helpers.js";

let insight;
before(async () => (insight = await Insight.load()));
after(() => insight.free());

const read = (name) => readFile(join(ROOT, "tests/report", name), "utf8");

for (const name of ["parcels", "hotel", "gym"]) {
  test(`golden report: ${name} in wasm is the one the core writes`, async () => {
    const { markdown, findings } = goldenReport(insight, JSON.parse(await read(`${name}.json`)));
    assert.equal(markdown, await read(`${name}.md`));
    assert.deepEqual(findings, JSON.parse(await read(`${name}.findings.json`)));
  });
}
