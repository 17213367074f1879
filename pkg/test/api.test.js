// What the package does when it is used as documented.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { after, before, test } from "node:test";
import { Batch, CompiledPolicy, Engine } from "hearken";
import { Insight, Rollup } from "hearken/insight";

const CARD = "4111 1111 1111 1111";
const LABELS = ["negative", "neutral", "positive"];
let engine;
let insight;
before(async () => ([engine, insight] = await Promise.all([Engine.load(), Insight.load()])));
after(() => [engine, insight].forEach((one) => one.free()));

test("load: the engine says what it is", () => {
  const { info } = engine;
  assert.match(info.engine, /^\d+\.\d+\.\d+$/);
  assert.deepEqual(info.sentiment, LABELS);
  const sizes = { acts: 8, emotions: 11, intents: 20, safety: 7, dispositions: 6, states: 5, effort: 3, urgency: 4, churn: 6, journeyStages: 9, piiTypes: 23 };
  for (const [name, size] of Object.entries(sizes)) {
    assert.equal(new Set(info[name]).size, size, name);
    assert.ok(Object.isFrozen(info[name]), name);
  }
  assert.equal(info.intents.at(-1), "none");
  assert.ok(info.languages.includes("ko") && info.languages.includes("pl"));
  assert.ok(info.features > 0);
  assert.ok(Object.isFrozen(info) && Object.isFrozen(info.languages));
  assert.ok(engine instanceof Engine);
});

test("load: module, bytes, file URL, response and promise of bytes give the same engine", async () => {
  const url = new URL("../dist/engine.wasm", import.meta.url);
  const bytes = await readFile(url);
  const module = await WebAssembly.compile(bytes);
  const expected = engine.analyze("Great service, thank you!");
  const response = new Response(bytes, { headers: { "content-type": "application/wasm" } });
  const plain = new Response(bytes, { headers: { "content-type": "application/octet-stream" } });
  for (const wasm of [module, bytes, bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length), url, url.href, response, plain, Promise.resolve(bytes)]) {
    const other = await Engine.load({ wasm });
    assert.deepEqual(other.analyze("Great service, thank you!"), expected);
    other.free();
  }
});

test("analyze: a plain object with every field and nothing else", () => {
  const result = engine.analyze("The delivery was late again. Why does nobody answer?");
  assert.deepEqual(Object.keys(result).sort(), [
    "acts", "broadcast", "churn", "disposition", "emotions", "engine", "intent", "irony", "journeyStage", "language", "meaningful",
    "model", "pii", "safety", "sentiment", "states", "topics", "truncated", "urgency",
  ]);
  assert.equal(result.language.code, "en");
  assert.equal(result.sentiment.label, "negative");
  const { negative, neutral, positive } = result.sentiment.probabilities;
  assert.ok(Math.abs(negative + neutral + positive - 1) < 1e-5);
  assert.ok(Math.abs(result.sentiment.score - (positive - negative)) < 1e-5);
  assert.ok(result.acts.length > 0 && result.acts.every((act) => engine.info.acts.includes(act)));
  assert.ok(engine.info.intents.includes(result.intent.label));
  assert.ok(result.intent.confidence > 0 && result.intent.confidence <= 1);
  assert.ok(result.intent.others.length <= 3 && result.intent.others.every(({ confidence }) => confidence > 0.05 && confidence <= result.intent.confidence));
  assert.ok(engine.info.dispositions.includes(result.disposition));
  assert.deepEqual(JSON.parse(JSON.stringify(result)), result);
});

test("analyze: spans are UTF-16 and slice to the reported text", () => {
  const text = "😀 안녕하세요 👩‍👩‍👧 write to kim@example.com 😀 please. 김치 좋아요!";
  const result = engine.analyze(text, { sentences: true });
  assert.equal(text.slice(...result.pii[0].span), "kim@example.com");
  assert.ok(result.sentences.length >= 2);
  for (const { span } of result.sentences) assert.ok(text.slice(...span).trim().length > 0);
});

test("analyze: options do what they say", () => {
  const text = `pay with ${CARD}`;
  assert.equal(engine.analyze(text).pii[0].type, "card");
  assert.deepEqual(engine.analyze(text, { pii: false }).pii, []);
  assert.equal(engine.analyze(text, { maxTextBytes: 5 }).truncated, true);
  assert.equal(engine.analyze(text, { maxTextBytes: 1_048_576 }).truncated, false);
  assert.deepEqual(engine.analyze(text, {}), engine.analyze(text));
});

test("analyze: nothing is remembered between calls", () => {
  const texts = ["So bad.", "Bardzo dobra obsługa, polecam!", "정말 최악이에요", "n/a", ""];
  const first = texts.map((text) => engine.analyze(text));
  const again = texts.toReversed?.() ?? [...texts].reverse();
  assert.deepEqual(again.map((text) => engine.analyze(text)).reverse(), first);
});

test("redact: label, mask and types", () => {
  const text = `Card ${CARD}, mail kim@example.com`;
  assert.equal(engine.redact(text).text, "Card [CARD], mail [EMAIL]");
  assert.deepEqual(engine.redact(text).counts, { card: 1, email: 1 });
  assert.equal(engine.redact(text, { types: ["email"] }).text, `Card ${CARD}, mail [EMAIL]`);
  const masked = engine.redact(text, { mode: "mask" }).text;
  assert.ok(masked.includes("1111") && !masked.includes(CARD));
  // What stays as it is does not cross back; half a surrogate pair is another character behind the boundary.
  assert.deepEqual(engine.redact("fine 👍"), { text: "fine 👍", pii: [], counts: {} });
  assert.equal(engine.redact("fine \ud83d").text, "fine \ufffd");
  assert.deepEqual(engine.redactor({ mode: "mask" }).redact("fine"), { text: "fine", pii: [], counts: {} });
  const once = engine.redact(text).text;
  assert.equal(engine.redact(once).text, once);
});

test("triage: the default policy, an own policy as object, text and compiled", () => {
  const decision = engine.triage({ text: "Terrible. My order never came, call me at 555-0134!", channel: "review", rating: { scale: "nps", value: 1 } });
  assert.ok(decision.reasons.length > 0);
  assert.equal(decision.analysis.sentiment.label, "negative");
  const policy = {
    id: "own", version: "1",
    rules: [
      { id: "low", when: { rating: ["low"] }, then: { action: "retain", queue: "care", priority: 1, respondWithinMinutes: 60 } },
      { id: "rest", then: { action: "ignore", queue: "none", priority: 4 } },
    ],
  };
  const message = { text: "ok", rating: { scale: "stars5", value: 1 }, myField: () => "kept and never read" };
  const compiled = engine.policy(policy);
  assert.ok(compiled instanceof CompiledPolicy);
  assert.deepEqual([compiled.id, compiled.version], ["own", "1"]);
  const expected = engine.triage(message, policy);
  assert.equal(expected.action, "retain");
  assert.deepEqual(expected.policy, { id: "own", version: "1" });
  assert.deepEqual(engine.triage(message, JSON.stringify(policy)), expected);
  for (let i = 0; i < 3; i++) assert.deepEqual(engine.triage(message, compiled), expected);
  compiled.free();
  assert.deepEqual(engine.triage(message, engine.defaultPolicy()), engine.triage(message));
});

test("report: records and messages, alone and merged, in any order", () => {
  const values = [0, 3, 9, 10, 10, 7];
  const records = values.map((value, index) => ({ index, rating: { scale: "nps", value }, channel: "survey" }));
  const report = insight.report(records);
  assert.equal(report.records, 6);
  const nps = report.ratings.find(({ metric }) => metric === "nps");
  assert.equal(nps.n, 6);
  // Three promoters, two detractors of six: 100 / 6.
  assert.ok(Math.abs(nps.value - 100 / 6) < 1e-9);
  const left = insight.rollup();
  const right = insight.rollup();
  assert.ok(left instanceof Rollup);
  for (const record of records.slice(3)) left.add(record);
  for (const record of records.slice(0, 3)) right.add(record);
  assert.deepEqual(left.merge(right).report(), report);
  assert.equal(right.report().records, 3);
  left.free();
  right.free();
});

test("report: messages are analysed, telling comments are redacted", () => {
  const messages = [
    { text: "I love it, wonderful help from kim@example.com, thank you!", channel: "review" },
    { text: "Awful. Broken on arrival and nobody answers.", channel: "chat", rating: { scale: "stars5", value: 1 } },
    { text: "n/a" },
  ];
  const report = insight.report(messages, engine);
  assert.equal(report.records, 3);
  assert.equal(report.texts, 2);
  const told = [...report.telling.positive, ...report.telling.negative];
  assert.ok(told.length >= 1);
  assert.ok(told.every(({ text }) => !text.includes("kim@example.com")));
  const rollup = insight.rollup();
  messages.forEach(({ text, channel, rating }, index) => {
    const { sentiment, language, meaningful } = engine.analyze(text);
    rollup.add({ index, sentiment: sentiment.label, score: sentiment.score, language: language.code, meaningful, channel, rating, text: engine.redact(text).text });
  });
  assert.deepEqual(rollup.report(), report);
  rollup.free();
});

test("free: every handle says that it is freed, twice is fine", async () => {
  const own = await Engine.load();
  const policy = own.policy(own.defaultPolicy());
  const batch = own.analyzeBatch(["a fine day", "a bad day"]);
  own.free();
  own.free();
  const freed = { name: "HearkenError", code: "E_ENGINE_FREED" };
  for (const call of [
    () => own.analyze("a"), () => own.analyzeBatch(["a"]), () => own.analyzeConversation([]), () => own.redact("a"), () => own.triage({ text: "a" }),
    () => own.policy("{}"), () => own.defaultPolicy(),
  ]) assert.throws(call, freed);
  policy.free();
  assert.equal(own.memoryBytes, 0);
  assert.ok(batch instanceof Batch);
  assert.equal(batch.row(1).language.code.length > 0, true);
  const counts = await Insight.load();
  const [kept, dropped] = [counts.rollup(), counts.rollup()];
  dropped.free();
  assert.throws(() => dropped.report(), freed);
  counts.free();
  for (const call of [() => counts.rollup(), () => counts.report([]), () => kept.add({}), () => kept.report()]) assert.throws(call, freed);
  kept.free();
  assert.equal(counts.memoryBytes, 0);
  const compiled = engine.policy(engine.defaultPolicy());
  compiled[Symbol.dispose]();
  assert.throws(() => engine.triage({ text: "a" }, compiled), freed);
});
