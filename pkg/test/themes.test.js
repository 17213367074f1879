// Themes over many rows.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { Engine } from "hearken";
import { refuses } from "./helpers.js";

let engine;
before(async () => {
  engine = await Engine.load();
});
after(() => engine.free());

const texts = Array.from({ length: 12 }, (_, i) => [
  `Late delivery for the ${i + 2}th time, terrible`,
  `Our courier number ${i} brought a late delivery`,
  `The breakfast buffet was lovely, we ate ${i} rolls`,
]).flat();

function filled(list = texts, firstId = 0) {
  return engine.themes().addBatch(list, engine.analyzeBatch(list), firstId);
}

test("themes: name, figures, sentiment and examples", () => {
  const report = filled().report({ topics: true });
  assert.equal(report.rows, 36);
  assert.equal(report.error, 0);
  const late = report.themes.find(({ name }) => name === "late delivery");
  assert.equal(late.count, 24);
  assert.equal(late.language, "en");
  assert.ok(late.sentiment.negative > 0);
  assert.ok(late.examples.length > 2 && late.examples.every((row) => /late delivery/i.test(texts[row])));
  assert.equal(late.topic.id, "late_delivery");
  assert.ok(report.themes.some(({ name }) => name === "breakfast buffet"));
  assert.equal(filled().report().themes[0].topic, undefined);
});

test("themes: row by row, by batch, in parts and from bytes give the same", () => {
  const whole = filled().toBytes();
  const single = engine.themes();
  for (const text of texts) single.add({ text, analysis: engine.analyze(text) });
  assert.deepEqual(single.toBytes(), whole);
  const [one, two] = [filled(texts.slice(0, 20)), filled(texts.slice(20), 20)];
  const saved = engine.readThemes(two.toBytes());
  assert.deepEqual(saved.merge(one).toBytes(), whole);
  assert.deepEqual(one.merge(two).toBytes(), whole);
});

test("themes: what topics cover is explained", () => {
  const themes = engine.themes();
  texts.forEach((text, id) => {
    const at = text.toLowerCase().indexOf("late delivery");
    themes.add({ text, analysis: engine.analyze(text), id, covered: at < 0 ? [] : [[at, at + 13]] });
  });
  const names = (options) => themes.report(options).themes.map(({ name }) => name);
  assert.ok(!names().includes("late delivery"));
  assert.ok(names({ explained: true }).includes("late delivery"));
});

test("themes: a background takes out what is as frequent there", () => {
  const part = texts.filter((text) => text.includes("buffet"));
  const { themes } = filled(part).report({}, filled(texts.filter((text) => !text.includes("buffet"))));
  assert.ok(themes[0].lift > 5);
});

test("themes: what cannot be used is refused", () => {
  const themes = engine.themes();
  const analysis = engine.analyze("Late delivery");
  refuses(() => themes.add({ text: 5, analysis }), "E_FIELD", { field: "text" });
  refuses(() => themes.add({ text: "x" }), "E_FIELD", { field: "analysis" });
  refuses(() => themes.add({ text: "x", analysis, id: -1 }), "E_FIELD", { field: "id" });
  refuses(() => themes.addBatch(["x"], engine.analyzeBatch(["x", "y"])), "E_FIELD", { field: "texts" });
  refuses(() => themes.report({ maxThemes: 0 }), "E_OPTION", { field: "maxThemes" });
  refuses(() => themes.report({ secret: 1 }), "E_OPTION");
  refuses(() => themes.merge(themes), "E_FIELD", { field: "other" });
  refuses(() => engine.themes({ phrases: 1 }), "E_OPTION", { field: "phrases" });
  refuses(() => engine.themes({ phrases: "many" }), "E_OPTION", { field: "phrases" });
  refuses(() => engine.readThemes(new Uint8Array(40)), "E_THEMES");
  const damaged = filled().toBytes();
  damaged[50] ^= 1;
  refuses(() => engine.readThemes(damaged), "E_THEMES");
  themes.free();
  themes.free();
  refuses(() => themes.report(), "E_ENGINE_FREED");
});
