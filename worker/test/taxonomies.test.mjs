// Topics, signals and taxonomies by request and by settings.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { after, before, test } from "node:test";
import { Engine } from "hearken";
import { read, start } from "./support.mjs";

const require = createRequire(import.meta.url);
const BIKES = {
  version: 1, id: "bikes",
  topics: [{ id: "brakes", target: "product", phrases: { en: ["brake*"] }, examples: { match: [{ lang: "en", text: "new brakes" }] } }],
};
const TEXT = "The steak was cold, the waiter was rude and the brakes squeal.";

let engine;
before(async () => {
  engine = await Engine.load();
});
after(() => engine?.free());

async function using(bindings, work) {
  const worker = await start({ bindings });
  try {
    await work(async (route, body) => read(await worker.post(`/v1/${route}`, JSON.stringify(body))), worker);
  } finally {
    await worker.stop();
  }
}

test("a request names a taxonomy of the package, in all three routes", async () => {
  await using({}, async (post) => {
    for (const name of ["airline", "banking", "healthcare", "hospitality", "public", "retail", "saas", "telecom"]) {
      const taxonomy = engine.taxonomy(await readFile(require.resolve(`hearken/taxonomy/${name}.json`), "utf8"));
      const options = { taxonomy: name };
      const expected = engine.analyze(TEXT, { taxonomy, words: false });
      const { value } = await post("analyze", { text: TEXT, options });
      assert.deepEqual(value.analysis, expected, name);
      const { value: decided } = await post("triage", { text: TEXT, options });
      assert.deepEqual(decided.decision, engine.triage({ text: TEXT }, undefined, { taxonomy }), name);
      const { value: spoken } = await post("conversation", { turns: [{ role: "customer", text: TEXT }], options });
      assert.deepEqual(spoken.conversation.customer.topics, expected.topics, name);
      taxonomy.free();
    }
    const general = await post("analyze", { text: TEXT, options: { taxonomy: "general" } });
    assert.deepEqual(general.value.analysis, engine.analyze(TEXT, { words: false }));
  });
});

test("topics and signals can be left out", async () => {
  await using({}, async (post) => {
    const options = { topics: false, signals: false };
    const { value } = await post("analyze", { text: `${TEXT} I wish there was a terrace.`, options });
    assert.deepEqual(value.analysis, engine.analyze(`${TEXT} I wish there was a terrace.`, options));
    assert.deepEqual(value.analysis.topics, []);
    assert.equal(value.analysis.wishes, undefined);
    const { value: decided } = await post("triage", { text: TEXT, options: { topics: false } });
    assert.deepEqual(decided.decision.analysis.topics, []);
  });
});

test("taxonomies of the settings, as JSON text or as JSON binding, stand beside and before those of the package", async () => {
  for (const given of [{ bikes: BIKES, retail: JSON.stringify({ ...BIKES, id: "own" }) }, JSON.stringify({ bikes: BIKES, retail: BIKES })]) {
    await using({ TAXONOMIES: given }, async (post) => {
      for (const taxonomy of ["bikes", "retail"]) {
        // At every use, not only the first.
        for (let round = 0; round < 2; round++) {
          const { value } = await post("analyze", { text: TEXT, options: { taxonomy } });
          assert.deepEqual(value.analysis.topics.map(({ label }) => label), ["brakes"]);
        }
      }
      const { value } = await post("analyze", { text: TEXT, options: { taxonomy: "hospitality" } });
      assert.ok(value.analysis.topics.length > 1);
    });
  }
});

test("what cannot be named is 400 and says what can, and repeats no word", async () => {
  await using({ TAXONOMIES: { bikes: BIKES } }, async (post) => {
    for (const taxonomy of ["secret", "__proto__", 5, BIKES]) {
      for (const route of ["analyze", "triage"]) {
        const { status, value, text } = await post(route, { text: TEXT, options: { taxonomy } });
        assert.equal(status, 400);
        assert.deepEqual([value.error.code, value.error.field], ["E_FIELD", "options.taxonomy"]);
        assert.match(value.error.message, /general, airline, .*bikes/);
        assert.ok(!text.includes("secret"));
      }
    }
    const { status, value } = await post("triage", { text: TEXT, options: { signals: false } });
    assert.deepEqual([status, value.error.code], [400, "E_FIELD"]);
  });
});

test("settings that cannot be used are 500 with the place", async () => {
  const flying = structuredClone(BIKES);
  flying.topics[0].target = "sky";
  for (const [given, check] of [
    [{ bikes: flying }, ({ path }) => assert.equal(path, "topics[0].target")],
    [{ bikes: "{id:1}" }, ({ line, column }) => assert.deepEqual([line, column], [1, 2])],
  ]) {
    await using({ TAXONOMIES: given }, async (post) => {
      const { status, value } = await post("analyze", { text: TEXT, options: { taxonomy: "bikes" } });
      assert.deepEqual([status, value.error.code], [500, "E_TAXONOMY"]);
      check(value.error);
      assert.equal((await post("analyze", { text: TEXT })).status, 200, "other requests go on");
    });
  }
  await using({ TAXONOMIES: "[1" }, async (post, worker) => {
    const { status, value } = await post("analyze", { text: TEXT });
    assert.deepEqual([status, value.error.code], [500, "E_TAXONOMY"]);
    const health = await read(await worker.fetch("/v1/health"));
    assert.deepEqual([health.status, health.value.error.code], [503, "E_TAXONOMY"]);
  });
});
