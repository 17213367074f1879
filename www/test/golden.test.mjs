// The golden rows in Chromium: the inline engine gives what the native run wrote down, bit for bit.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { launch } from "./browser.mjs";
import { serve } from "./server.mjs";

const path = (to) => fileURLToPath(new URL(to, import.meta.url));

test("golden rows in Chromium equal the native results", async (t) => {
  const json = await readFile(path("../../target/golden/rows.json"), "utf8").catch(() => {
    throw new Error("target/golden/rows.json is missing: the native golden test writes it (cargo test --test golden)");
  });
  const rows = JSON.parse(json);
  assert.ok(rows.length >= 200, `at least 200 golden rows are needed, there are ${rows.length}`);
  const topics = JSON.parse(await readFile(path("../../target/golden/topics.json"), "utf8").catch(() => {
    throw new Error("target/golden/topics.json is missing: the native test of topics writes it (cargo test --test topics)");
  }));
  assert.ok(topics.length >= 600, `${topics.length} rows of topics`);
  const golden = (name) => readFile(path(`../../tests/report/${name}`), "utf8");
  const reports = await Promise.all(["parcels", "hotel", "gym"].map(async (name) => {
    const [set, markdown, findings] = await Promise.all([golden(`${name}.json`), golden(`${name}.md`), golden(`${name}.findings.json`)]);
    return { name, set: JSON.parse(set), native: { markdown, findings: JSON.parse(findings) } };
  }));
  const server = await serve(path("../../target/www-golden"), path("../public/_headers"));
  const browser = await launch();
  try {
    const page = await browser.newPage();
    await page.goto(server.url);
    await page.waitForFunction(() => typeof globalThis.runGolden === "function");
    const result = await page.evaluate((given) => globalThis.runGolden(given), { rows, topics, reports });
    t.diagnostic(`${result.compared} results of ${rows.length} rows compared`);
    assert.deepEqual(result.differences.slice(0, 20), []);
    assert.equal(result.compared, rows.length * 4 + topics.length + reports.length);
    assert.equal(result.fetchBlocked, true, "the worker's own policy forbids connections");
  } finally {
    await browser.close();
    await server.close();
  }
});
