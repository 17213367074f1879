// Conversations: every turn in its place, and a customer who is nobody but the customer.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { Engine, MAX_TURNS } from "hearken";
import { refuses } from "./helpers.js";

let engine;
before(async () => (engine = await Engine.load()));
after(() => engine.free());

const TURNS = [
  { role: "bot", text: "Welcome! 😀 How can I help?" },
  { role: "customer", text: "My parcel 📦 is late, write to kim@example.com" },
  { role: "agent", text: "I am so sorry, I am really sad and ashamed about this. What a horrible mistake of ours!" },
  { role: "customer", text: "When will it come?" },
];
const WORDS = "My parcel 📦 is late, write to kim@example.com\nWhen will it come?";

test("conversation: turns in order, the customer's words as one text, spans that slice", () => {
  const conversation = engine.analyzeConversation(TURNS);
  assert.deepEqual(Object.keys(conversation), ["turns", "customer", "text"]);
  assert.deepEqual(conversation.turns.map(({ role }) => role), TURNS.map(({ role }) => role));
  assert.equal(conversation.text, WORDS);
  assert.deepEqual(conversation.customer, engine.analyze(WORDS, { words: false }));
  assert.equal(WORDS.slice(...conversation.customer.pii[0].span), "kim@example.com");
  assert.equal(TURNS[1].text.slice(...conversation.turns[1].analysis.pii[0].span), "kim@example.com");
  assert.deepEqual(JSON.parse(JSON.stringify(conversation)), conversation);
});

test("conversation: an agent's sorry never becomes the customer's emotion", () => {
  const sorry = "I am so sorry, I am really sad and angry about this, it is terrible!";
  const expected = engine.analyze("Where is my order?", { words: false });
  const felt = engine.analyze(sorry).emotions.map(({ label }) => label);
  assert.ok(felt.length > 0, "the agent's words carry an emotion when read alone");
  for (const role of ["agent", "bot"]) {
    const { customer, turns } = engine.analyzeConversation([{ role: "customer", text: "Where is my order?" }, { role, text: sorry }]);
    assert.deepEqual(customer, expected);
    assert.deepEqual(customer.emotions, []);
    assert.deepEqual(turns[1].analysis.emotions.map(({ label }) => label), felt, "the turn itself keeps it");
  }
});

test("conversation: whatever the others say, the customer's reading stays", () => {
  const { customer } = engine.analyzeConversation(TURNS);
  for (const text of ["", "n/a", "Thank you, that is wonderful!", "Das ist eine Frechheit.", "kim@example.com ".repeat(50)]) {
    const others = TURNS.map((turn) => (turn.role === "customer" ? turn : { ...turn, text }));
    assert.deepEqual(engine.analyzeConversation(others).customer, customer);
  }
});

test("conversation: the first turn is read as alone, a turn after the one before it as its reply", () => {
  const { turns } = engine.analyzeConversation(TURNS);
  assert.deepEqual(turns[0].analysis, engine.analyze(TURNS[0].text, { words: false }));
  for (let i = 1; i < TURNS.length; i++) {
    assert.deepEqual(turns[i].analysis, engine.analyze(TURNS[i].text, { parent: TURNS[i - 1].text, words: false }), `turn ${i}`);
  }
});

test("conversation: nobody, and nobody but agents", () => {
  assert.deepEqual(engine.analyzeConversation([]), { turns: [], text: "" });
  const agents = engine.analyzeConversation([{ role: "agent", text: "Hello?" }]);
  assert.deepEqual(Object.keys(agents), ["turns", "text"]);
  assert.equal(agents.text, "");
});

test("conversation: options hold for every turn and for the customer", () => {
  const options = { evidence: true, sentences: true, pii: false, spans: false };
  const { customer, turns } = engine.analyzeConversation(TURNS, options);
  for (const { evidence, sentences, pii } of [customer, ...turns.map(({ analysis }) => analysis)]) {
    assert.ok(evidence.length > 0 && sentences.length > 0);
    assert.deepEqual(pii, []);
  }
  assert.deepEqual(customer, engine.analyze(WORDS, { ...options, words: false }));
});

test("conversation: long turns are cut and flagged, the words come back whole", () => {
  const long = `${"It is late. 😀 ".repeat(10_000)}\ud83d`;
  const turns = [{ role: "customer", text: long }, { role: "agent", text: "Hm." }, { role: "customer", text: "Still late." }];
  const conversation = engine.analyzeConversation(turns);
  assert.equal(conversation.text, `${long}\nStill late.`);
  assert.equal(conversation.turns[0].analysis.truncated, true);
  assert.equal(conversation.turns[2].analysis.truncated, false);
  assert.deepEqual(conversation.customer, engine.analyze(conversation.text, { words: false }));
});

test("conversation: other fields of a turn are not read", () => {
  const loop = { role: "customer", text: "Fine." };
  loop.self = loop;
  assert.deepEqual(engine.analyzeConversation([{ ...loop, at: new Date(0), f: () => "x" }]), engine.analyzeConversation([{ role: "customer", text: "Fine." }]));
});

test("conversation: bad input names the turn and the field", () => {
  for (const turns of [undefined, null, 5, "a", {}, new Set()]) refuses(() => engine.analyzeConversation(turns), "E_FIELD", { field: "turns" });
  const good = { role: "customer", text: "a" };
  for (const turn of [undefined, null, 5, "a", ["a"]]) refuses(() => engine.analyzeConversation([good, turn]), "E_FIELD", { field: "turns[1]", index: 1 });
  refuses(() => engine.analyzeConversation([good, , good]), "E_FIELD", { field: "turns[1]", index: 1 });
  for (const role of [undefined, null, 3, ["agent"]]) refuses(() => engine.analyzeConversation([{ ...good, role }]), "E_FIELD", { field: "turns[0].role", index: 0 });
  refuses(() => engine.analyzeConversation([good, { ...good, role: "Customer" }]), "E_FIELD", { field: "turns[1].role" });
  for (const text of [undefined, null, 3, ["a"], {}]) refuses(() => engine.analyzeConversation([good, { ...good, text }]), "E_FIELD", { field: "turns[1].text", index: 1 });
  refuses(() => engine.analyzeConversation([good], 5), "E_OPTION", { field: "options" });
  refuses(() => engine.analyzeConversation([good], { evidense: true }), "E_OPTION", { field: "evidense" });
  refuses(() => engine.analyzeConversation([good], { maxTextBytes: 0 }), "E_OPTION", { field: "maxTextBytes" });
});

test("conversation: too many turns and too many bytes are refused with the limit", () => {
  const turn = { role: "customer", text: "a" };
  const most = Array.from({ length: MAX_TURNS }, () => turn);
  assert.equal(engine.analyzeConversation(most).turns.length, MAX_TURNS);
  refuses(() => engine.analyzeConversation([...most, turn]), "E_FIELD", { field: "turns", limit: MAX_TURNS, actual: MAX_TURNS + 1 });
  const large = Array.from({ length: 17 }, () => ({ role: "agent", text: "a".repeat(1_048_576) }));
  refuses(() => engine.analyzeConversation(large, { maxTextBytes: 1_048_576 }), "E_BATCH_TOO_LARGE", { limit: 16_777_216, actual: 17 * 1_048_576 });
});
