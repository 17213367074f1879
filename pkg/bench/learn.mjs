// How fast the built package learns and labels on one core, with a table of labelled texts.
//
// node pkg/bench/learn.mjs [TABLE] [--text COLUMN] [--label COLUMN] [--rounds N]
// TABLE is tab-separated with a header, or the same as .gz. Prints median, lowest and highest.

import { fileURLToPath } from "node:url";
import { readFile } from "node:fs/promises";
import { cpus } from "node:os";
import { parseArgs } from "node:util";
import { gunzipSync } from "node:zlib";

const string = (value) => ({ type: "string", default: value });
const { values: given, positionals } = parseArgs({
  allowPositionals: true,
  options: { text: string("text"), label: string("label"), rounds: string("3") },
});
// Without a table, the few examples of the tests: times of a small classifier.
const [table = fileURLToPath(new URL("../../tests/learn/examples.tsv", import.meta.url))] = positionals;
const rounds = Number(given.rounds);
if (!Number.isInteger(rounds) || rounds < 1) {
  console.error("usage: node pkg/bench/learn.mjs TABLE [--text COLUMN] [--label COLUMN] [--rounds N]");
  process.exit(2);
}

const bytes = await readFile(table);
const [header, ...lines] = (table.endsWith(".gz") ? gunzipSync(bytes) : bytes).toString().trimEnd().split("\n").map((line) => line.split("\t"));
const [text, label] = [given.text, given.label].map((name) => header.indexOf(name));
if (text < 0 || label < 0) throw new Error(`the columns are ${header.join(", ")}`);
const examples = lines.map((cells) => ({ text: cells[text], label: cells[label] }));
const texts = examples.map(({ text }) => text);

const { Engine } = await import("hearken");
const engine = await Engine.load();

/** What `work` gives, and its milliseconds. */
function timed(work) {
  const began = performance.now();
  const result = work();
  return [result, performance.now() - began];
}

const times = { train: [], predict: [], analyze: [] };
let shown;
for (let round = 0; round < rounds; round += 1) {
  const [classifier, train] = timed(() => engine.train(examples));
  const [, predict] = timed(() => classifier.predictBatch(texts));
  const [, analyze] = timed(() => engine.analyzeBatch(texts, { pii: false }));
  times.train.push(train / 1000);
  times.predict.push((predict * 1000) / texts.length);
  times.analyze.push((analyze * 1000) / texts.length);
  shown = { ...classifier.info.summary, labels: classifier.info.labels.length, bytes: classifier.save().length };
  classifier.free();
}
console.log(`${process.release.name} ${process.version}, ${cpus()[0]?.model.trim() ?? "processor unknown"}, ${new Date().toISOString().slice(0, 10)}`);
console.log(`${shown.examples} examples, ${shown.labels} labels; held out ${(shown.accuracy * 100).toFixed(1)} % right; file of ${shown.bytes} bytes; memory ${(engine.memoryBytes / 1e6).toFixed(0)} MB\n`);
for (const [name, numbers] of [["train with cross-validation, s", times.train], ["label one text, us", times.predict], ["analyse one text, us", times.analyze]]) {
  const sorted = numbers.toSorted((a, b) => a - b);
  const shown = [sorted[Math.floor(sorted.length / 2)], sorted[0], sorted.at(-1)];
  console.log(name.padEnd(36) + shown.map((value) => value.toFixed(2).padStart(10)).join(""));
}
engine.free();
