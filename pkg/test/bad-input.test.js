// Bad input: a typed error that names the field and the limit, or a flagged result. Never the text.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { Engine, HearkenError } from "hearken";
import { Insight } from "hearken/insight";
import { Engine as SlimEngine } from "hearken/slim";
import { clip, utf8Length } from "../dist/limits.js";
import { asRow, refuses, rejects } from "./helpers.js";

let engine;
before(async () => (engine = await Engine.load()));
after(() => engine.free());

const NO_STRINGS = [undefined, null, 1, true, {}, [], ["a"], new String("a"), Symbol("a"), () => "a"];

test("text: anything but a string is E_FIELD naming text", () => {
  for (const value of NO_STRINGS) {
    refuses(() => engine.analyze(value), "E_FIELD", { field: "text" });
    refuses(() => engine.redact(value), "E_FIELD", { field: "text" });
    refuses(() => engine.triage({ text: value }), "E_FIELD", { field: "text" });
  }
});

test("text: empty, NUL and lone surrogates are analysed", () => {
  assert.equal(engine.analyze("").meaningful, false);
  assert.equal(engine.analyze("").language.code, "und");
  assert.equal(engine.redact("").text, "");
  const nul = engine.analyze("The \0 service was great\0");
  assert.equal(nul.sentiment.label, "positive");
  const lone = "\ud800 mail kim@example.com \udc00";
  assert.equal(lone.slice(...engine.analyze(lone).pii[0].span), "kim@example.com");
  assert.ok(engine.redact(lone).text.includes("[EMAIL]"));
});

test("text: 10 MB is cut and flagged, and hardly any of it enters wasm", () => {
  const text = "The delivery came late. 😀 ".repeat(400_000);
  // What the longest text that is read needs is there already.
  const expected = engine.analyze(text.slice(0, 70_000));
  const before = engine.memoryBytes;
  const result = engine.analyze(text);
  assert.equal(result.truncated, true);
  assert.ok(engine.memoryBytes - before < 4 * 1024 * 1024, "the whole text was copied into wasm");
  assert.deepEqual(result, expected);
  const batch = engine.analyzeBatch(["fine", text, "good"]);
  assert.deepEqual(batch.row(1), asRow(result));
  assert.equal(batch.row(2).truncated, false);
});

test("text: 10 MB is refused by redact with limit and actual bytes", () => {
  const text = "é".repeat(5_000_000);
  refuses(() => engine.redact(text), "E_TEXT_TOO_LARGE", { limit: 65_536, actual: 10_000_000 });
  refuses(() => engine.redact("é".repeat(40_000)), "E_TEXT_TOO_LARGE", { limit: 65_536, actual: 80_000 });
  refuses(() => engine.redact("abcd", { maxTextBytes: 3 }), "E_TEXT_TOO_LARGE", { limit: 3, actual: 4 });
  refuses(() => engine.redact(text, { mod: "mask" }), "E_OPTION");
});

test("text: triage of 10 MB decides, without a redacted text", () => {
  const decision = engine.triage({ text: `${"é".repeat(5_000_000)} kim@example.com` });
  assert.equal(decision.redacted, null);
  assert.equal(decision.redactionError.code, "E_TEXT_TOO_LARGE");
  assert.match(decision.redactionError.message, /10000016 bytes .* 65536 bytes/);
  assert.equal(decision.analysis.truncated, true);
});

test("text: cutting in JavaScript never changes a result", () => {
  const texts = ["ab😀cd😀 good", "😀".repeat(40), "é😀é😀é😀", "김치😀김치😀", "a\ud83d\ud83d\ude00b", "\ud83d".repeat(30)];
  for (const text of texts) {
    for (let limit = 1; limit <= 40; limit++) {
      const name = `${JSON.stringify(text)} at ${limit}`;
      const { truncated, ...result } = engine.analyze(text, { maxTextBytes: limit });
      assert.equal(truncated, utf8Length(text) > limit, name);
      // What the engine may read: whole characters within the limit, cut here by another way.
      let fits = "";
      for (const c of text) {
        if (utf8Length(fits + c) > limit) break;
        fits += c;
      }
      const { truncated: none, ...expected } = engine.analyze(fits);
      assert.equal(none, false);
      assert.deepEqual(result, expected, name);
      const cut = clip(text, limit);
      assert.ok(cut.length <= limit + 2 && text.startsWith(cut));
      if (cut.length < text.length) assert.ok(!/[\ud800-\udbff]$/.test(cut) || !/^[\udc00-\udfff]/.test(text.slice(cut.length)), name);
    }
  }
});

test("utf8Length counts what TextEncoder writes", () => {
  for (const text of ["", "a", "é", "김", "😀", "\ud83d", "\ude00\ud83d", "a\ud83d\ud83d\ude00\ude00b"]) {
    assert.equal(utf8Length(text), new TextEncoder().encode(text).length, JSON.stringify(text));
  }
});

test("options: unknown names, wrong types and ranges are E_OPTION naming the option", () => {
  for (const options of [1, "x", [], true]) {
    refuses(() => engine.analyze("a", options), "E_OPTION", { field: "options" });
    refuses(() => engine.analyzeBatch(["a"], options), "E_OPTION", { field: "options" });
    refuses(() => engine.redact("a", options), "E_OPTION", { field: "options" });
    refuses(() => engine.triage({ text: "a" }, undefined, options), "E_OPTION", { field: "options" });
  }
  refuses(() => engine.analyze("a", { sentenses: true }), "E_OPTION", { field: "sentenses" });
  refuses(() => engine.redact("a", { types: ["passport"] }), "E_OPTION");
  refuses(() => engine.redact("a", { mode: "hide" }), "E_OPTION");
  for (const maxTextBytes of [0, -1, 1_048_577, 1.5, NaN, "9", {}]) {
    refuses(() => engine.analyze("a", { maxTextBytes }), "E_OPTION");
    refuses(() => engine.redact("a", { maxTextBytes }), "E_OPTION");
  }
  refuses(() => engine.analyze("a", { pii: "yes" }), "E_OPTION");
  for (const field of ["lang", "question", "parent"]) {
    for (const value of [3, true, ["a"], {}]) refuses(() => engine.analyze("a", { [field]: value }), "E_OPTION", { field });
  }
  for (const field of ["sentences", "spans", "evidence"]) {
    for (const value of [1, "yes", ["a"], {}]) refuses(() => engine.analyze("a", { [field]: value }), "E_OPTION", { field });
  }
});

test("message: wrong fields are E_FIELD naming the field", () => {
  for (const message of [undefined, null, "text", 1, []]) refuses(() => engine.triage(message), "E_FIELD", { field: "message" });
  refuses(() => engine.triage({}), "E_FIELD", { field: "text" });
  refuses(() => engine.triage({ text: "a", id: 7 }), "E_FIELD", { field: "id" });
  refuses(() => engine.triage({ text: "a", sentAt: new Date(0) }), "E_FIELD", { field: "sentAt" });
  refuses(() => engine.triage({ text: "a", channel: "pigeon" }), "E_FIELD");
  refuses(() => engine.triage({ text: "a", rating: { scale: "nps", value: 11 } }), "E_FIELD", { field: "rating.value" });
  refuses(() => engine.triage({ text: "a", rating: { scale: "nps", value: 3.5 } }), "E_FIELD");
  refuses(() => engine.triage({ text: "a", rating: "9" }), "E_FIELD");
});

test("policy: errors carry path or line and column", () => {
  const then = { action: "ignore", queue: "none", priority: 4 };
  refuses(() => engine.policy('{"id": "p",\n  oops}'), "E_JSON", { line: 2 });
  refuses(() => engine.policy(3), "E_POLICY", { path: "" });
  const loop = {};
  loop.loop = loop;
  refuses(() => engine.policy(loop), "E_POLICY");
  const wrong = { id: "p", version: "1", rules: [{ id: "a", when: { sentiment: ["angry"] }, then }, { id: "b", then }] };
  assert.throws(() => engine.triage({ text: "a" }, wrong), (error) => {
    assert.equal(error.code, "E_POLICY");
    assert.match(error.path, /^rules\[0\]\.when/);
    return true;
  });
  refuses(() => engine.policy({ id: "p", version: "1", rules: [] }), "E_POLICY");
});

test("policy: one compiled by another engine is refused", async () => {
  const other = await Engine.load();
  const policy = other.policy(other.defaultPolicy());
  refuses(() => engine.triage({ text: "a" }, policy), "E_OPTION", { field: "policy" });
  other.free();
});

test("report: a record that cannot be used is named by its place", async () => {
  const insight = await Insight.load();
  const report = (records) => insight.report(records, engine);
  const other = await Insight.load();
  refuses(() => insight.rollup().merge(other.rollup()), "E_FIELD", { field: "other" });
  refuses(() => insight.report([{ sentiment: "positive" }, { text: "not analysed" }]), "E_FIELD", { field: "record", index: 1 });
  for (const records of [undefined, null, 3, {}, "records"]) refuses(() => report(records), "E_FIELD", { field: "records" });
  refuses(() => report([{ score: 0.5, sentiment: "positive" }, 7]), "E_FIELD", { field: "record", index: 1 });
  refuses(() => report([{ sentiment: "happy" }]), "E_FIELD", { index: 0 });
  refuses(() => report([{ text: "a" }, { text: "a", question: 3 }]), "E_FIELD", { field: "question", index: 1 });
  refuses(() => report([{ text: "a", parent: ["a"] }]), "E_FIELD", { field: "parent", index: 0 });
  refuses(() => report([{}, {}, { rating: { scale: "ces7", value: 0 } }]), "E_FIELD", { field: "rating.value", index: 2 });
  assert.equal(report([]).records, 0);
});

test("load: what is no wasm and no model is refused", async () => {
  await rejects(Engine.load(3), "E_OPTION", { field: "options" });
  await rejects(Engine.load({ wsm: 1 }), "E_OPTION", { field: "wsm" });
  await rejects(Engine.load({ wasm: 7 }), "E_OPTION", { field: "wasm" });
  await rejects(Engine.load({ wasm: new Uint8Array([0, 1, 2]) }), "E_OPTION", { field: "wasm" });
  await rejects(Engine.load({ wasm: "no url" }), "E_OPTION", { field: "wasm" });
  await rejects(Engine.load({ wasm: new URL("./nowhere.wasm", import.meta.url) }), "E_OPTION", { field: "wasm" });
  await rejects(Engine.load({ wasm: new Response("", { status: 404 }) }), "E_OPTION", { field: "wasm", actual: 404 });
  await rejects(SlimEngine.load(), "E_OPTION", { field: "wasm" });
  await rejects(Engine.load({ model: "edge.bin" }), "E_OPTION", { field: "model" });
  for (const model of [new Uint8Array(), new Uint8Array(100), new TextEncoder().encode("not a model pack at all")]) {
    await rejects(Engine.load({ model }), "E_MODEL");
  }
  assert.throws(() => new Engine(), { code: "E_OPTION" });
  assert.equal((await Engine.load()).analyze("fine").truncated, false);
});

test("errors: no text of the message is in them", () => {
  const secret = "SECRETWORD kim@example.com";
  const calls = [
    () => engine.redact(secret, { maxTextBytes: 5 }),
    () => engine.analyze(secret, { nothing: 1 }),
    () => engine.triage({ text: secret, rating: { scale: "nps", value: 12 } }),
    () => engine.triage({ text: secret }, `{"id": "${secret}`),
    () => engine.triage({ text: secret, channel: "x" }),
    () => engine.analyze("a", { question: [secret, 1] }),
    () => engine.analyze("a", { parent: { secret } }),
    () => engine.analyzeBatch([secret], { evidence: true }),
    () => engine.analyzeConversation([{ role: secret, text: secret }]),
    () => engine.analyzeConversation([{ role: "agent", text: secret }, { role: "customer", text: [secret] }]),
    () => engine.analyzeConversation([{ role: "agent", text: secret }], { questions: secret }),
  ];
  for (const call of calls) {
    assert.throws(call, (error) => {
      assert.ok(error instanceof HearkenError);
      const shown = `${error.message} ${JSON.stringify(error)} ${error.stack}`;
      assert.ok(!shown.includes("SECRETWORD") && !shown.includes("kim@"), shown);
      assert.equal(error.toJSON().code, error.code);
      return true;
    });
  }
});
