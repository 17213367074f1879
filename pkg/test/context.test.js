// What surrounds a text, and why a label was given: question, parent, spans, evidence.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { Engine } from "hearken";
import { Insight } from "hearken/insight";

let engine;
before(async () => (engine = await Engine.load()));
after(() => engine.free());

const MIXED = "I am furious and really disappointed: the parcel is broken again! But thank you for the quick answer, I love the colour 😀.";

test("question: nothing to better is praise, nothing to like is blame", () => {
  for (const [text, question] of [["Nothing.", "What could be better?"], ["없습니다", "아쉬웠던 점은 무엇인가요?"], ["Nichts!", "Was könnten wir verbessern?"]]) {
    const { acts, sentiment, meaningful } = engine.analyze(text, { question });
    assert.deepEqual([acts, sentiment.label, meaningful], [["praise"], "positive", true], text);
  }
  const { acts, sentiment } = engine.analyze("Nothing.", { question: "What did you like?" });
  assert.deepEqual([acts, sentiment.label], [["complaint"], "negative"]);
});

test("question: a message brings its own, in triage and in reports", async () => {
  const message = { text: "Nothing.", question: "What could be better?" };
  const options = { question: message.question };
  assert.deepEqual(engine.triage(message).analysis, engine.analyze(message.text, options));
  const insight = await Insight.load();
  const { sentiment } = insight.report([message, { text: "Nothing.", question: "What did you like?" }], engine);
  assert.deepEqual(sentiment, { negative: 1, neutral: 0, positive: 1 });
});

test("question: of 10 MB, hardly any of it enters wasm", () => {
  const before = engine.memoryBytes;
  const long = `What could be better? ${"é".repeat(5_000_000)}`;
  assert.deepEqual(engine.analyze("Nothing.", { question: long, parent: long }).acts, ["praise"]);
  assert.deepEqual(engine.triage({ text: "Nothing.", question: long, parent: long }).analysis.acts, ["praise"]);
  assert.deepEqual(engine.analyzeBatch(["Nothing."], { question: long, parent: long }).row(0).acts, ["praise"]);
  assert.ok(engine.memoryBytes - before < 4 * 1024 * 1024, "the whole question was copied into wasm");
});

test("question: a small limit for the text does not cut the question", () => {
  assert.deepEqual(engine.analyze("Nothing.", { question: "What could be better?", maxTextBytes: 8 }).acts, ["praise"]);
  assert.deepEqual(engine.triage({ text: "Nothing.", question: "What could be better?" }, undefined, { maxTextBytes: 8 }).analysis.acts, ["praise"]);
});

test("parent: a copy of the post inside a reply is left out, spans still fit", () => {
  const parent = "This is terrible, awful, the worst shop ever, I hate it.";
  const own = "I had no problem, mail kim@example.com";
  const reply = `"${parent}" ${own}`;
  const found = engine.analyze(reply, { parent });
  // One space stands for the copy.
  const bare = engine.analyze(`" " ${own}`, { parent });
  assert.deepEqual({ ...found, pii: [], emotions: [], safety: [] }, { ...bare, pii: [], emotions: [], safety: [] });
  assert.equal(reply.slice(...found.pii[0].span), "kim@example.com");
  assert.equal(engine.analyze(reply, { parent: "Another post that is not quoted here." }).sentiment.label, engine.analyze(reply).sentiment.label);
});

test("spans: up to three places per emotion, inside the text; none when switched off", () => {
  const { emotions } = engine.analyze(MIXED);
  assert.ok(emotions.length > 0, "none of its emotions is sensed");
  for (const { spans } of emotions) {
    assert.ok(spans.length > 0 && spans.length <= 3);
    for (const span of spans) assert.ok(MIXED.slice(...span).trim().length > 0);
  }
  const off = engine.analyze(MIXED, { spans: false });
  assert.ok([...off.emotions, ...off.safety].every(({ spans }) => spans.length === 0));
  assert.deepEqual(off.emotions.map(({ label }) => label), emotions.map(({ label }) => label));
});

test("evidence: bias, rest and weights sum to the logit; parts are in order, apart, inside the text", () => {
  for (const text of [MIXED, "배송이 너무 늦어요 ㅠㅠ 환불해 주세요", "Where is my order? 😀", "n/a", ""]) {
    const { evidence, ...analysis } = engine.analyze(text, { evidence: true });
    assert.deepEqual(analysis, engine.analyze(text), "evidence changes nothing else");
    assert.ok(Array.isArray(evidence));
    for (const { head, label, byRule, logit, bias, rest, parts } of evidence) {
      const sum = parts.reduce((total, { weight }) => total + weight, bias + rest);
      assert.ok(Math.abs(sum - logit) < 1e-3, `${head} ${label} of ${text.length} units: ${sum} is not ${logit}`);
      assert.equal(typeof byRule, "boolean");
      let end = 0;
      for (const { span: [from, to] } of parts) {
        assert.ok(from >= end && to > from && to <= text.length, `${head} ${label}`);
        end = to;
      }
    }
  }
  const { evidence, emotions, sentiment } = engine.analyze(MIXED, { evidence: true });
  const explained = evidence.map(({ head, label }) => `${head} ${label}`);
  for (const { label } of emotions) assert.ok(explained.includes(`emotions ${label}`), label);
  assert.ok(explained.includes(`sentiment ${sentiment.label}`));
});
