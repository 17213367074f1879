// The command: columns of the labels, the survey question, and how often labels hold in a report.

import assert from "node:assert/strict";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { Engine, toLabelStudio } from "hearken";
import { CsvParser } from "../dist/cli/csv.js";
import { asRow, execute, HERE } from "./helpers.js";

const BIN = join(HERE, "bin/hearken.js");
let folder;
let engine;
before(async () => {
  folder = await mkdtemp(join(tmpdir(), "hearken-labels-"));
  engine = await Engine.load();
});
after(async () => {
  engine.free();
  await rm(folder, { recursive: true });
});

async function file(name, content) {
  const path = join(folder, name);
  await writeFile(path, content);
  return path;
}

async function hearken(...args) {
  const result = await execute(process.execPath, [BIN, ...args]);
  assert.equal(result.code, 0, result.stderr);
  return result;
}

const lines = (text) => text.trimEnd().split("\n").map((line) => JSON.parse(line));
function cells(text) {
  const parser = new CsvParser(",");
  return [...parser.push(text), ...parser.end()].map(({ fields }) => fields);
}

const TEXTS = [
  "I am furious and really disappointed, the parcel is broken again! Please send me a new one.",
  "Thank you so much, I love it, wonderful help!",
  "How do I change my address?",
  "n/a",
  "Tasty food, but the waiter was rude.",
];
const QUESTION = "What could be better?";

test("cli: csv has a column per label, several joined by |", async () => {
  const [header, ...rows] = cells((await hearken("analyze", await file("a.txt", TEXTS.join("\n")), "--out", "csv")).stdout);
  const cell = (row, name) => row[header.indexOf(name)];
  for (const [i, text] of TEXTS.entries()) {
    const { emotions, acts, intent, safety, disposition, sentiment, irony, broadcast, states } = engine.analyze(text);
    const expected = {
      emotions: emotions.map(({ label }) => label).join("|"), acts: acts.join("|"), intent: intent.label, intent_confidence: String(intent.confidence),
      safety: safety.map(({ label }) => label).join("|"), disposition, mixed: String(sentiment.mixed), irony: String(irony), broadcast: String(broadcast),
      states: states.join("|"),
    };
    for (const [name, value] of Object.entries(expected)) assert.equal(cell(rows[i], name), value, `${name} of ${text}`);
  }
  assert.ok(rows.some((row) => cell(row, "acts").includes("|") || cell(row, "emotions").includes("|")), "no text has two labels");
});

test("cli: --fields takes the new fields, as groups and by the names of their columns", async () => {
  const path = await file("b.txt", TEXTS[0]);
  const { intent, emotions } = asRow(engine.analyze(TEXTS[0]));
  const [json] = lines((await hearken("analyze", path, "--fields", "emotions,intent")).stdout);
  assert.deepEqual(json.analysis, { emotions, intent });
  const csv = cells((await hearken("analyze", path, "--out", "csv", "--fields", "intent_confidence,mixed,disposition")).stdout);
  assert.deepEqual(csv[0].slice(0, 4), ["text", "intent_confidence", "mixed", "disposition"]);
  assert.equal(Number(csv[1][1]), intent.confidence);
});

test("cli: triage csv carries the labels of the analysis", async () => {
  const [header, row] = cells((await hearken("triage", await file("t.txt", TEXTS[0]), "--out", "csv")).stdout);
  const { analysis } = engine.triage({ text: TEXTS[0] });
  assert.equal(row[header.indexOf("analysis.disposition")], analysis.disposition);
  assert.equal(row[header.indexOf("analysis.intent")], analysis.intent.label);
  assert.equal(row[header.indexOf("analysis.acts")], analysis.acts.join("|"));
});

test("cli: a column of the input keeps its name", async () => {
  const [header] = cells((await hearken("analyze", await file("n.csv", "text,intent,mixed\nfine,mine,1\n"), "--out", "csv")).stdout);
  assert.deepEqual(header.slice(0, 3), ["text", "intent", "mixed"]);
  assert.ok(header.includes("hearken.intent") && header.includes("hearken.mixed") && header.includes("intent_confidence"));
});

test("cli: --question is read with every row, in analyze, triage and report", async () => {
  const path = await file("q.txt", "Nothing.\nMore light.\n");
  const rows = lines((await hearken("analyze", path, "--question", QUESTION)).stdout);
  for (const { record, analysis } of rows) assert.deepEqual(analysis, asRow(engine.analyze(record.text, { question: QUESTION })));
  assert.deepEqual(rows[0].analysis.acts, ["praise"]);
  const [decided] = lines((await hearken("triage", path, "--question", QUESTION)).stdout);
  assert.deepEqual(decided.decision, engine.triage({ text: "Nothing.", question: QUESTION }));
  const report = JSON.parse((await hearken("report", path, "--question", QUESTION, "--out", "json")).stdout);
  assert.equal(report.labels.acts.praise >= 1, true);
});

test("cli: a question column holds row by row; --question fills the blank ones", async () => {
  const path = await file("qc.csv", `Question,comment\n${QUESTION},Nothing.\nWhat did you like?,Nothing.\n,Nothing.\n`);
  const questions = [QUESTION, "What did you like?", undefined];
  const guessed = await hearken("analyze", path);
  assert.match(guessed.stderr, /question column "Question" \(guessed; --question-column says otherwise\)/);
  for (const [i, { analysis }] of lines(guessed.stdout).entries()) {
    assert.deepEqual(analysis, asRow(engine.analyze("Nothing.", questions[i] === undefined ? {} : { question: questions[i] })));
  }
  const filled = lines((await hearken("analyze", path, "--question-column", "Question", "--question", QUESTION)).stdout);
  assert.deepEqual(filled.map(({ analysis }) => analysis.acts[0]), ["praise", "complaint", "praise"]);
});

/** Counts by hand what a report must say. */
function counted(texts) {
  const found = { dispositions: {}, intents: {}, emotions: {}, acts: {}, safety: {} };
  const add = (kind, label) => (found[kind][label] = (found[kind][label] ?? 0) + 1);
  for (const { disposition, meaningful, intent, emotions, acts, safety } of texts.map((text) => engine.analyze(text))) {
    add("dispositions", disposition);
    if (!meaningful) continue;
    add("intents", intent.label);
    emotions.forEach(({ label }) => add("emotions", label));
    acts.forEach((label) => add("acts", label));
    safety.forEach(({ label }) => add("safety", label));
  }
  return found;
}

test("cli: a report counts labels, in json, csv and table", async () => {
  const path = await file("r.txt", TEXTS.join("\n"));
  const { labels } = JSON.parse((await hearken("report", path, "--out", "json")).stdout);
  const expected = counted(TEXTS);
  assert.deepEqual([labels.texts, labels.meaningful], [5, 4]);
  for (const label of engine.info.dispositions) expected.dispositions[label] ??= 0;
  for (const kind of Object.keys(expected)) {
    assert.deepEqual(labels[kind], expected[kind], kind);
    const numbers = Object.values(labels[kind]);
    assert.deepEqual(numbers, [...numbers].sort((a, b) => b - a), `${kind}: the most frequent first`);
  }
  const [, ...rows] = cells((await hearken("report", path, "--out", "csv")).stdout);
  const acts = rows.filter(([section]) => section === "act").map(([, key, metric, value, , , n]) => [key, metric, Number(value), Number(n)]);
  assert.deepEqual(acts, Object.entries(labels.acts).map(([label, count]) => [label, "texts", count, 4]));
  assert.equal(rows.filter(([section]) => section === "disposition").length, 6);
  const { stdout } = await hearken("report", path);
  assert.match(stdout, /^Disposition: (\w+ \d+(, )?){6}$/m);
  if (labels.intents.none) assert.match(stdout, new RegExp(`^Without a contact reason: ${labels.intents.none}$`, "m"));
  assert.match(stdout, /^Top acts: /m);
  assert.match(stdout, /^Top emotions: /m);
});

test("cli: shares are shown for texts enough only", async () => {
  const few = (await hearken("report", await file("few.txt", TEXTS.join("\n")))).stdout;
  assert.ok(!/\d %\)/.test(few), few);
  assert.match(few, /^Shares are shown from 97 meaningful texts on\.$/m);
  const many = (await hearken("report", await file("many.txt", `${TEXTS.join("\n")}\n`.repeat(25)))).stdout;
  assert.match(many, /^Disposition: .*\(\d+ %\)/m);
  assert.ok(!many.includes("Shares are shown"));
});

test("cli: rows that fail are in no count", async () => {
  const path = await file("bad.jsonl", '{"text":"Thank you!"}\n{"text":5}\n{oops\n');
  const { code, stdout } = await execute(process.execPath, [BIN, "report", path, "--out", "json"]);
  assert.equal(code, 2);
  const { labels } = JSON.parse(stdout);
  assert.equal(labels.texts, 1);
  assert.equal(Object.values(labels.dispositions).reduce((sum, count) => sum + count), 1);
});

test("cli: --corrections moves the answers for texts like those corrected, in every command that reads labels", async () => {
  const text = "where do I put the voucher code";
  const log = [{ text, head: "acts", to: ["praise"] }, { text, head: "intent", to: "pricing" }];
  const tasks = await file("tasks.json", JSON.stringify(toLabelStudio(log)));
  const rows = await file("voucher.csv", `text\n${text}\nThank you!\n`);
  const analyses = async (...more) => (await hearken("analyze", rows, ...more)).stdout.trim().split("\n").map((line) => JSON.parse(line).analysis);
  const [plain, thanks] = await analyses();
  const [moved, same] = await analyses("--corrections", tasks);
  assert.notDeepEqual(plain.acts, ["praise"]);
  assert.deepEqual([moved.acts, moved.intent.label, moved.disposition], [["praise"], "pricing", "amplify"]);
  assert.deepEqual(same, thanks);
  const triage = JSON.parse((await hearken("triage", rows, "--corrections", tasks)).stdout.split("\n")[0]);
  assert.deepEqual(triage.decision.analysis.acts, ["praise"]);
  assert.equal((await hearken("search", "act:praise voucher", rows, "--corrections", tasks)).stdout.trim().split("\n").length, 1);
  assert.equal((await hearken("search", "act:praise voucher", rows)).stdout, "");
  const report = JSON.parse((await hearken("report", rows, "--corrections", tasks, "--out", "json")).stdout);
  assert.equal(report.labels.acts.praise, 1);
  const bad = async (name, content) => execute(process.execPath, [BIN, "analyze", rows, "--corrections", await file(name, content)]);
  for (const [name, content, said] of [
    ["none.json", "{secret", /--corrections .*none\.json: the file is not valid JSON \(E_JSON\)/],
    ["field.json", '[{"data":{}}]', /tasks\[0\]\.data\.text.*\(E_FIELD\)/],
  ]) {
    const { code, stderr } = await bad(name, content);
    assert.equal(code, 1);
    assert.match(stderr, said);
    assert.ok(!stderr.includes("secret"));
  }
  const { code, stderr } = await execute(process.execPath, [BIN, "redact", rows, "--corrections", tasks]);
  assert.deepEqual([code, /--corrections is for analyze and triage and report and search/.test(stderr)], [1, true]);
});
