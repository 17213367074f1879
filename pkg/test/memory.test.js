// Memory of the wasm instance stays as it is after warm-up.

import assert from "node:assert/strict";
import { test } from "node:test";
import { Engine } from "hearken";
import { Insight } from "hearken/insight";

const TEXTS = Array.from({ length: 50 }, (_, i) => `Row ${i}: the delivery was late, mail kim${i}@example.com 😀 배송 ${"word ".repeat(i)}`);

test("memory: 5,000 calls of every kind grow nothing after warm-up", async () => {
  const engine = await Engine.load();
  const insight = await Insight.load();
  const policy = engine.policy(engine.defaultPolicy());
  const round = (i) => {
    const text = TEXTS[i % TEXTS.length];
    engine.analyze(text, { sentences: true, evidence: true, question: "What could be better?", parent: text.slice(0, 40) });
    engine.redact(text);
    engine.triage({ text }, policy);
    if (i % 100 === 0) {
      engine.triage({ text }, engine.defaultPolicy());
      engine.analyzeBatch(TEXTS);
      engine.analyzeConversation(TEXTS.map((said, at) => ({ role: at % 2 ? "agent" : "customer", text: said })));
      insight.report(TEXTS.map((written) => ({ text: written })), engine);
      for (const bad of [() => engine.analyze(text, { no: 1 }), () => engine.policy("{"), () => engine.redact(text, { maxTextBytes: 1 }), () => engine.analyzeConversation([{ role: "nobody", text }])]) {
        assert.throws(bad);
      }
    }
  };
  for (let i = 0; i < 500; i++) round(i);
  const warm = engine.memoryBytes;
  const counting = insight.memoryBytes;
  for (let i = 0; i < 5_000; i++) round(i);
  assert.equal(engine.memoryBytes, warm);
  assert.equal(insight.memoryBytes, counting);
  engine.free();
  insight.free();
});

test("memory: it is flat over rounds of large texts too", async () => {
  const engine = await Engine.load();
  const large = "The delivery was late. ".repeat(40_000);
  const sizes = Array.from({ length: 12 }, () => {
    engine.analyze(large, { maxTextBytes: 1_048_576, sentences: true });
    return engine.memoryBytes;
  });
  assert.equal(sizes[11], sizes[2]);
  engine.free();
});
