// Labels of the caller's own: training, classifiers, their file; corrections and their Label Studio form.

import assert from "node:assert/strict";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { Classifier, Corrections, Engine, fromLabelStudio, NO_LABEL, toLabelStudio } from "hearken";
import { createGlue } from "../dist/glue.js";
import { Instance } from "../dist/instance.js";
import { asRow, execute, HERE, refuses, ROOT } from "./helpers.js";

let engine;
let examples;
before(async () => {
  engine = await Engine.load();
  const lines = (await readFile(join(ROOT, "tests/learn/examples.tsv"), "utf8")).trim().split("\n").slice(1);
  examples = lines.map((line) => line.split("\t")).map(([text, label]) => ({ text, label }));
});
after(() => engine.free());

test("learn: a classifier labels texts like its examples, with evidence that adds up", () => {
  const shares = [];
  const classifier = engine.train(examples, { progress: (share) => shares.push(share) });
  assert.equal(shares.at(-1), 1);
  assert.deepEqual(shares, shares.toSorted((a, b) => a - b));
  assert.deepEqual(classifier.info.labels, ["app", "billing", "delivery"]);
  assert.equal(classifier.info.model, engine.info.model);
  assert.equal(classifier.quality.heldOut, examples.length);
  assert.ok(classifier.quality.accuracy > 0.6);
  const text = "📦 The courier lost my parcel";
  const prediction = classifier.predict(text);
  assert.equal(prediction.label, "delivery");
  assert.ok(prediction.confidence > 0.4 && prediction.confidence <= 1);
  const { logit, bias, rest, parts } = classifier.evidence(text, "delivery");
  const sum = parts.reduce((sum, { weight }) => sum + weight, bias + rest);
  assert.ok(Math.abs(sum - logit) < 1e-3);
  const strongest = parts.toSorted((a, b) => b.weight - a.weight)[0];
  assert.match(text.slice(...strongest.span), /courier|parcel/);
  const texts = [text, "", "I was charged twice", ...examples.map(({ text }) => text)];
  const { label, confidence } = classifier.predictBatch(texts);
  texts.forEach((text, at) => {
    const one = classifier.predict(text);
    assert.equal(classifier.info.labels[label[at]], one.label);
    assert.equal(confidence[at], one.confidence);
  });
});

test("learn: the order of examples does not matter, and the file gives the classifier back", () => {
  const first = engine.train(examples, { none: true });
  const second = engine.train(examples.toReversed(), { none: true });
  assert.deepEqual(first.save(), second.save());
  const read = engine.classifier(first.save());
  assert.deepEqual(read.info, first.info);
  assert.equal(read.quality, null);
  assert.deepEqual(read.predict("app crashes"), first.predict("app crashes"));
  const stranger = read.predict("qqq zzz");
  assert.ok(stranger.label === null || stranger.confidence >= read.info.threshold);
  const labels = read.predictBatch(["qqq zzz"]);
  assert.equal(labels.label[0] === NO_LABEL, stranger.label === null);
});

test("learn: what cannot be learned or read is refused by name", () => {
  refuses(() => engine.train("text"), "E_FIELD", { field: "examples" });
  refuses(() => engine.train([]), "E_FIELD", { field: "examples" });
  refuses(() => engine.train(examples.slice(0, 12)), "E_FIELD", { field: "examples" });
  refuses(() => engine.train([{ text: "a", label: 3 }]), "E_FIELD", { field: "examples[0].label", index: 0 });
  refuses(() => engine.train([{ text: 5, label: "x" }]), "E_FIELD", { field: "examples[0].text" });
  refuses(() => engine.train([{ text: "a", label: "" }, { text: "b", label: "x" }]), "E_FIELD", { field: "examples[0].label" });
  refuses(() => engine.train(examples, { none: "nowhere" }), "E_OPTION", { field: "none" });
  refuses(() => engine.train(examples, { folds: 3 }), "E_OPTION", { field: "folds" });
  refuses(() => engine.train(examples, { progress: 3 }), "E_OPTION", { field: "progress" });
  const own = new Error("of the listener");
  assert.throws(() => engine.train(examples, { progress: () => { throw own; } }), own);
  const classifier = engine.train(examples);
  const bytes = classifier.save();
  refuses(() => engine.classifier("bytes"), "E_FIELD", { field: "bytes" });
  refuses(() => engine.classifier(new Uint8Array()), "E_CLASSIFIER", { at: 0 });
  refuses(() => engine.classifier(bytes.subarray(0, 900)), "E_CLASSIFIER", { at: 8 });
  const damaged = bytes.slice();
  damaged[500] ^= 1;
  refuses(() => engine.classifier(damaged), "E_CLASSIFIER", { at: 12 });
  refuses(() => classifier.predict(3), "E_FIELD", { field: "text" });
  refuses(() => classifier.predictBatch(["a", 3]), "E_FIELD", { field: "text", index: 1 });
  refuses(() => classifier.evidence("a", "nowhere"), "E_FIELD", { field: "label" });
  classifier.free();
  refuses(() => classifier.predict("a"), "E_ENGINE_FREED");
});

test("learn: after a trap, classifier and corrections are made again", async () => {
  const module = await WebAssembly.compile(await readFile(join(HERE, "dist/engine.wasm")));
  const instance = new Instance(() => {
    const glue = createGlue();
    const { memory } = glue.initSync({ module });
    return { raw: new glue.RawEngine(), memory };
  });
  const trained = engine.train(examples);
  const classifier = new Classifier(instance, (raw) => raw.classifier(trained.save()));
  const corrections = new Corrections(instance, LOG);
  const analyze = () => instance.call((raw) => raw.analyze(LOG[0].text, { corrections: corrections.rawFor(raw, instance).handle }));
  const expected = [classifier.predict("parcel"), analyze()];
  new Uint8Array(instance.memory.buffer).fill(0xff);
  refuses(() => classifier.predict("parcel"), "E_TRAP");
  assert.deepEqual([classifier.predict("parcel"), analyze()], expected);
  classifier.free();
  corrections.free();
  instance.free();
});

const LOG = [
  { text: "this coat is sick, wore it all weekend", head: "sentiment", from: "negative", to: "positive" },
  { text: "where do I put the voucher code", head: "intent", from: "how_to", to: "pricing" },
  { text: "where do I put the voucher code", head: "acts", from: ["question"], to: ["request"] },
];

test("corrections: corrected texts and those like them get the answer, others stay as they are", () => {
  const corrections = engine.correct(LOG);
  assert.equal(corrections.length, 2);
  assert.equal(engine.analyze(LOG[0].text, { corrections }).sentiment.label, "positive");
  const voucher = engine.analyze("Where do I put my voucher code?", { spans: false, corrections });
  assert.equal(voucher.intent.label, "pricing");
  const texts = [LOG[0].text, LOG[1].text, "The parcel arrived broken", ""];
  const batch = engine.analyzeBatch(texts, { corrections });
  texts.forEach((text, at) => assert.deepEqual(batch.row(at), asRow(engine.analyze(text, { corrections }))));
  for (const text of texts.slice(2)) assert.deepEqual(engine.analyze(text, { corrections }), engine.analyze(text));
  const none = engine.correct([]);
  for (const text of texts) assert.deepEqual(engine.analyze(text, {}, none), engine.analyze(text));
});

test("corrections: decisions and conversations follow", () => {
  const [text] = [LOG[1].text];
  const corrections = engine.correct([{ text, head: "acts", to: ["praise"] }]);
  const decision = engine.triage({ text }, undefined, { corrections });
  assert.deepEqual(decision.analysis.acts, ["praise"]);
  assert.equal(decision.analysis.disposition, "amplify");
  assert.notEqual(decision.action, engine.triage({ text }).action);
  const { turns, customer } = engine.analyzeConversation([{ role: "customer", text }, { role: "agent", text: "One moment" }], { corrections });
  assert.deepEqual(turns[0].analysis.acts, ["praise"]);
  assert.deepEqual(customer.acts, ["praise"]);
  corrections.free();
});

test("corrections: a log that cannot be used is refused by name", () => {
  refuses(() => engine.correct("log"), "E_FIELD", { field: "corrections" });
  refuses(() => engine.correct([3]), "E_FIELD", { field: "corrections[0]" });
  refuses(() => engine.correct([{ head: "intent", to: "billing" }]), "E_FIELD", { field: "corrections[0].text" });
  refuses(() => engine.correct([{ text: "a", head: "safety", to: "spam" }]), "E_FIELD", { field: "corrections[0].head" });
  refuses(() => engine.correct([{ text: "a", head: "intent", to: "lunch" }]), "E_FIELD", { field: "corrections[0].to" });
  refuses(() => engine.analyze("a", { corrections: {} }), "E_OPTION", { field: "corrections" });
  const corrections = engine.correct(LOG);
  corrections.free();
  refuses(() => engine.analyze("a", { corrections }), "E_ENGINE_FREED");
});

test("corrections: go to Label Studio and come back", () => {
  const tasks = toLabelStudio(LOG, "model-1");
  assert.deepEqual(tasks[0], {
    data: { text: LOG[0].text },
    annotations: [{ result: [{ from_name: "sentiment", to_name: "text", type: "choices", value: { choices: ["positive"] } }] }],
    predictions: [{ model_version: "model-1", result: [{ from_name: "sentiment", to_name: "text", type: "choices", value: { choices: ["negative"] } }] }],
  });
  assert.deepEqual(fromLabelStudio(JSON.parse(JSON.stringify(tasks))), LOG);
  const choice = (head, ...choices) => ({ id: "x1", from_name: head, to_name: "text", type: "choices", value: { choices } });
  const exported = [
    { id: 1, data: { text: "a", shop: 4 }, annotations: [{ id: 7, was_cancelled: false, result: [choice("sentiment", "neutral"), choice("colour", "red")] }], predictions: [] },
    { id: 2, data: { text: "b" }, annotations: [{ was_cancelled: true, result: [choice("intent", "billing")] }] },
    { id: 3, data: { text: "c" }, annotations: [{ result: [choice("acts", "thanks", "praise")] }], predictions: [{ result: [choice("acts", "praise", "thanks")] }] },
  ];
  assert.deepEqual(fromLabelStudio(exported), [{ text: "a", head: "sentiment", to: "neutral" }]);
  refuses(() => fromLabelStudio({}), "E_FIELD", { field: "tasks" });
  refuses(() => fromLabelStudio([{ data: {} }]), "E_FIELD", { field: "tasks[0].data.text", index: 0 });
  const two = [{ data: { text: "a" }, annotations: [{ result: [choice("intent", "billing", "pricing")] }] }];
  refuses(() => fromLabelStudio(two), "E_FIELD", { field: "tasks[0].intent" });
  const none = [{ data: { text: "a" }, annotations: [{ result: [{ ...choice("intent"), value: {} }] }] }];
  refuses(() => fromLabelStudio(none), "E_FIELD", { field: "tasks[0].annotations.result.value.choices" });
});

test("command: train writes a classifier, apply labels rows with it", async () => {
  const folder = await mkdtemp(join(tmpdir(), "hearken-"));
  const bin = join(HERE, "bin/hearken.js");
  const run = (...args) => execute(process.execPath, [bin, ...args], { cwd: folder });
  try {
    const rows = examples.map(({ text, label }) => `"${text.replaceAll('"', '""')}",${label}`);
    await writeFile(join(folder, "examples.csv"), `comment,topic\n${rows.join("\n")}\nno label here,\n`);
    const trained = await run("train", "examples.csv", "--text", "comment", "--label", "topic", "--out", "my.hkc");
    assert.equal(trained.code, 0, trained.stderr);
    assert.match(trained.stdout, /^36 examples, 3 labels; \d+ bytes\n/);
    assert.match(trained.stdout, /delivery +12 /);
    assert.match(trained.stderr, /1 rows without text or label were left out/);
    const json = await run("train", "examples.csv", "--label", "topic", "--out", "my.hkc", "--threshold", "--json");
    assert.ok(JSON.parse(json.stdout).none.threshold >= 0);
    await writeFile(join(folder, "data.csv"), 'comment,label\n"The courier lost my parcel",x\n"They charged me twice",y\n');
    const applied = await run("apply", "my.hkc", "data.csv", "--text", "comment", "--out", "csv");
    assert.equal(applied.code, 0, applied.stderr);
    const [header, first] = applied.stdout.split("\n");
    assert.equal(header, "comment,label,hearken.label,confidence,error");
    assert.match(first, /^The courier lost my parcel,x,delivery,0\.\d{4},$/);
    const lines = await run("apply", "my.hkc", "data.csv", "--text", "comment");
    assert.equal(JSON.parse(lines.stdout.split("\n")[0]).label, "delivery");
    assert.equal((await run("apply", "my.hkc", "data.csv", "--text", "comment", "--out", "table", "--output", "out.txt")).code, 0);
    assert.match(await readFile(join(folder, "out.txt"), "utf8"), /^ +0  delivery +(?:0\.\d\d|1\.00)  The courier/);
    await writeFile(join(folder, "bad.hkc"), "not a classifier");
    for (const [args, said] of [
      [["apply", "bad.hkc", "data.csv"], /E_CLASSIFIER/],
      [["apply"], /a classifier is missing/],
      [["apply", "none.hkc"], /cannot be read/],
      [["train", "examples.csv", "--label", "topic"], /--out FILE/],
      [["train", "examples.csv", "--out", "my.hkc"], /--label COLUMN/],
      [["train", "examples.csv", "--label", "topik", "--out", "my.hkc"], /Did you mean topic/],
      [["train", "examples.csv", "--colour", "red"], /Unknown option/],
    ]) {
      const failed = await run(...args);
      assert.equal(failed.code, 1);
      assert.match(failed.stderr, said);
    }
    for (const command of ["train", "apply"]) assert.match((await run(command, "--help")).stdout, new RegExp(`^Usage: hearken ${command}`));
  } finally {
    await rm(folder, { recursive: true });
  }
});
