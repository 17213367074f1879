// The golden rows: the package gives what the native run wrote down, bit for bit, and what people expect.
// Every row brings its options (a survey question, evidence for some).

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { before, test } from "node:test";
import { Engine } from "hearken";
import { Engine as InlineEngine } from "hearken/inline";
import { checkExpectation } from "./expect.js";
import { asRow, HERE, ROOT } from "./helpers.js";

const FILE = join(ROOT, "target/golden/rows.json");
let rows;
before(async () => {
  const json = await readFile(FILE, "utf8").catch(() => {
    throw new Error("target/golden/rows.json is missing: the native golden test writes it (cargo test --test golden)");
  });
  rows = JSON.parse(json);
  assert.ok(Array.isArray(rows) && rows.length >= 200, `at least 200 golden rows are needed, there are ${rows.length}`);
});

test("golden: analysis, redaction and decision equal the native ones, bit for bit", async () => {
  for (const Entry of [Engine, InlineEngine]) {
    const engine = await Entry.load();
    for (const { id, text, message, options, native } of rows) {
      assert.deepEqual(engine.analyze(text, options), native.analysis, `${id}: analysis`);
      assert.deepEqual(engine.redact(text), native.redaction, `${id}: redaction`);
      assert.deepEqual(engine.triage({ ...message, text }), native.decision, `${id}: decision`);
    }
    engine.free();
  }
});

test("golden: batches of all rows, a question each, equal the native analyses", async () => {
  const engine = await Engine.load();
  const questions = new Set(rows.map(({ options }) => options.question));
  for (const question of questions) {
    const asked = rows.filter(({ options }) => options.question === question);
    const batch = engine.analyzeBatch(asked.map(({ text }) => text), question === undefined ? {} : { question });
    asked.forEach(({ id, native }, i) => assert.deepEqual(batch.row(i), asRow(native.analysis), id));
  }
  assert.ok(questions.size > 1, "no row answers a question");
  engine.free();
});

test("golden: topics of the general taxonomy and of the industries equal the native ones, bit for bit", async () => {
  const json = await readFile(join(ROOT, "target/golden/topics.json"), "utf8").catch(() => {
    throw new Error("target/golden/topics.json is missing: the native test of topics writes it (cargo test --test topics)");
  });
  const written = JSON.parse(json);
  assert.ok(written.length >= 600, `${written.length} rows`);
  const engine = await Engine.load();
  const files = new Map();
  for (const { id, text, taxonomy, topics } of written) {
    if (taxonomy !== "general" && !files.has(taxonomy)) {
      files.set(taxonomy, engine.taxonomy(await readFile(join(HERE, `dist/taxonomy/${taxonomy}.json`), "utf8")));
    }
    const options = files.has(taxonomy) ? { taxonomy: files.get(taxonomy) } : {};
    assert.deepEqual(engine.analyze(text, options).topics, topics, id);
  }
  assert.equal(files.size, 8);
  engine.free();
});

test("golden: what people expect of each row holds", async () => {
  const engine = await Engine.load();
  const failed = [];
  let checks = 0;
  for (const row of rows) {
    // What fails natively fails here too: the test above proves them equal.
    if (row.hard) continue;
    const found = checkExpectation(engine, row);
    checks += found.checks;
    failed.push(...found.failed.map((problem) => `${row.id}: ${problem}`));
  }
  assert.ok(checks >= rows.length / 2, "hardly any row expects anything");
  assert.deepEqual(failed, []);
  engine.free();
});
