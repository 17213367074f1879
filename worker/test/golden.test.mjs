// The golden rows give the same results in the edge runtime as natively, bit for bit.
//
// The native test writes them to target/golden/rows.json: `cargo test --test golden`.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";
import { read, start } from "./support.mjs";

test("golden rows of topics, by taxonomy, equal the native results", async () => {
  const file = await readFile(new URL("../../target/golden/topics.json", import.meta.url), "utf8").catch(() => {
    throw new Error("target/golden/topics.json is missing: the native test of topics writes it (cargo test --test topics)");
  });
  const rows = JSON.parse(file);
  assert.ok(rows.length >= 600, `${rows.length} rows`);
  const worker = await start();
  try {
    for (let from = 0; from < rows.length; from += 100) {
      const part = rows.slice(from, from + 100);
      const { value } = await read(await worker.post("/v1/analyze", JSON.stringify(part.map(({ id, text, taxonomy }) => ({ id, text, options: { taxonomy } })))));
      for (const [index, { id, topics }] of part.entries()) assert.deepEqual(value.results[index].analysis.topics, topics, id);
    }
  } finally {
    await worker.stop();
  }
});

test("golden rows equal the native results", async () => {
  const file = await readFile(new URL("../../target/golden/rows.json", import.meta.url), "utf8").catch(() => {
    throw new Error("target/golden/rows.json is missing: the native golden test writes it (cargo test --test golden)");
  });
  const rows = JSON.parse(file);
  assert.ok(rows.length >= 200, `${rows.length} rows`);
  const worker = await start({ probe: true });
  try {
    let equal = 0;
    for (let from = 0; from < rows.length; from += 100) {
      const part = rows.slice(from, from + 100);
      const sent = part.map(({ id, text, message, options }) => ({ id, text, options, ...(message ? { message } : {}) }));
      const { status, value } = await read(await worker.post("/probe/golden", JSON.stringify(sent)));
      assert.equal(status, 200);
      assert.equal(value.length, part.length);
      for (const [index, { id, native }] of part.entries()) {
        const { id: answered, ...found } = value[index];
        assert.equal(answered, id);
        assert.deepEqual(found, native, id);
        equal += 1;
      }
    }
    console.log(`${equal} golden rows equal in the edge runtime`);
  } finally {
    await worker.stop();
  }
});

test("golden reports equal the native ones", async () => {
  const golden = (name) => readFile(new URL(`../../tests/report/${name}`, import.meta.url), "utf8");
  const worker = await start({ probe: true });
  try {
    for (const name of ["parcels", "hotel", "gym"]) {
      const { status, value } = await read(await worker.post("/probe/report", await golden(`${name}.json`)));
      assert.equal(status, 200, name);
      assert.equal(value.markdown, await golden(`${name}.md`));
      assert.deepEqual(value.findings, JSON.parse(await golden(`${name}.findings.json`)));
    }
  } finally {
    await worker.stop();
  }
});
