// Conversations, and what surrounds a text: question, parent and options reach the engine.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { Engine } from "hearken";
import { read, readLines, start } from "./support.mjs";

let worker;
let engine;
before(async () => ([worker, engine] = await Promise.all([start(), Engine.load()])));
after(async () => {
  engine.free();
  await worker.stop();
});

const post = async (path, value) => read(await worker.post(path, JSON.stringify(value)));
const TURNS = [
  { role: "bot", text: "Welcome! How can I help?" },
  { role: "customer", text: "Where is my order 4711? Write to kim@example.com" },
  { role: "agent", text: "I am so sorry, this is really sad and annoying. We are deeply ashamed." },
  { role: "customer", text: "And when will it come?" },
];

test("conversation: every turn and the customer's words together, as the package gives them, without the words", async () => {
  const { status, text, value } = await post("/v1/conversation", { id: "c-1", turns: TURNS });
  assert.equal(status, 200);
  assert.deepEqual(Object.keys(value), ["id", "conversation"]);
  assert.deepEqual(Object.keys(value.conversation), ["turns", "customer"]);
  const { text: words, ...expected } = engine.analyzeConversation(TURNS);
  assert.deepEqual(value.conversation, expected);
  assert.equal(words.slice(...value.conversation.customer.pii[0].span), "kim@example.com");
  for (const word of ["kim@", "4711", "ashamed", "Welcome"]) assert.ok(!text.includes(word), word);
});

test("conversation: what the agent says is not the customer's", async () => {
  const quiet = TURNS.map((turn) => (turn.role === "agent" ? { ...turn, text: "One moment." } : turn));
  const [loud, calm] = [await post("/v1/conversation", { turns: TURNS }), await post("/v1/conversation", { turns: quiet })];
  assert.deepEqual(loud.value.conversation.customer, calm.value.conversation.customer);
});

test("conversation: nobody, no customer, fields of a turn that are not read", async () => {
  assert.deepEqual((await post("/v1/conversation", { turns: [] })).value, { conversation: { turns: [] } });
  const agent = await post("/v1/conversation", { turns: [{ role: "agent", text: "Hello", at: 5, who: { name: "CANARY" } }] });
  assert.equal(agent.status, 200);
  assert.ok(!("customer" in agent.value.conversation) && !agent.text.includes("CANARY"));
});

test("conversation: arrays and lines, a bad one does not stop the rest", async () => {
  const items = [{ id: "a", turns: TURNS }, { id: "b", turns: [{ role: "robot", text: "x" }] }, { id: "c", text: "no turns" }, { id: "d", turns: [] }];
  const { value } = await post("/v1/conversation", items);
  const seen = (list) => list.map(({ index, id, error, conversation }) => [index, id, error?.code, error?.field, conversation !== undefined]);
  const expected = [
    [0, "a", undefined, undefined, true],
    [1, "b", "E_FIELD", "turns[0].role", false],
    [2, "c", "E_FIELD", "turns", false],
    [3, "d", undefined, undefined, true],
  ];
  assert.deepEqual(seen(value.results), expected);
  const lines = await readLines(await worker.post("/v1/conversation", items.map((item) => JSON.stringify(item)).join("\n"), "application/x-ndjson"));
  assert.deepEqual(seen(lines), expected);
});

test("conversation: bad input is 400 and names the field", async () => {
  const cases = [
    [{}, "turns"], [{ turns: {} }, "turns"], [{ turns: [5] }, "turns[0]"], [{ turns: [{ text: "x" }] }, "turns[0].role"],
    [{ turns: [{ role: "agent", text: "x" }, { role: "customer" }] }, "turns[1].text"], [{ turns: [], lang: 5 }, "lang"],
    [{ turns: Array.from({ length: 1_001 }, () => ({ role: "bot", text: "x" })) }, "turns"],
    [{ turns: [], id: 9 }, "id"],
  ];
  for (const [body, field] of cases) {
    const { status, value } = await post("/v1/conversation", body);
    assert.deepEqual([status, value.error.code, value.error.field], [400, "E_FIELD", field], field);
  }
  const { value } = await post("/v1/conversation", cases[6][0]);
  assert.deepEqual([value.error.limit, value.error.actual], [1_000, 1_001]);
});

test("analyze: question, parent and options give what the package gives", async () => {
  const cases = [
    [{ text: "Nothing.", question: "What could be better?" }, { question: "What could be better?" }],
    [{ text: "Thanks, see you there!", parent: "Our shop opens on Monday, come and see us." }, { parent: "Our shop opens on Monday, come and see us." }],
    [{ text: "Awful service. Great food.", options: { sentences: true, evidence: true } }, { sentences: true, evidence: true }],
    [{ text: "I am so angry, awful!", lang: "en", options: { spans: false, pii: false, maxTextBytes: 10 } }, { lang: "en", spans: false, pii: false, maxTextBytes: 10 }],
    [{ text: "Good.", question: null, parent: null, options: null }, {}],
  ];
  for (const [message, options] of cases) {
    const { status, value } = await post("/v1/analyze", message);
    assert.equal(status, 200);
    assert.deepEqual(value.analysis, engine.analyze(message.text, options), message.text);
  }
  const [praise, bare] = [await post("/v1/analyze", cases[0][0]), await post("/v1/analyze", { text: "Nothing." })];
  assert.deepEqual(praise.value.analysis.acts, ["praise"]);
  assert.equal(praise.value.analysis.sentiment.label, "positive");
  assert.notDeepEqual(praise.value, bare.value);
});

test("triage: the question of the message is read too", async () => {
  const message = { text: "Nothing.", question: "What could be better?" };
  const { value } = await post("/v1/triage", message);
  assert.deepEqual(value.decision, engine.triage(message));
  assert.deepEqual(value.decision.analysis.acts, ["praise"]);
});

test("analyze: options that cannot be used are 400 and name the option", async () => {
  const cases = [
    [{ options: 5 }, "E_FIELD", "options"], [{ options: [] }, "E_FIELD", "options"], [{ options: { lang: "en" } }, "E_FIELD", "options"],
    [{ options: { evidence: "yes" } }, "E_OPTION", "evidence"], [{ options: { maxTextBytes: 0 } }, "E_OPTION", "maxTextBytes"],
    [{ options: { sentences: { deep: 1 } } }, "E_OPTION", "sentences"], [{ question: 5 }, "E_FIELD", "question"], [{ parent: ["x"] }, "E_FIELD", "parent"],
  ];
  for (const [more, code, field] of cases) {
    const { status, value } = await post("/v1/analyze", { text: "x", ...more });
    assert.deepEqual([status, value.error.code, value.error.field], [400, code, field], JSON.stringify(more));
  }
});

test("analyze: wishes and expectations have places and no words", async () => {
  const { text, value } = await post("/v1/analyze", { text: "I wish you had a quokka mode. I ordered the zebra one but got an okapi one." });
  assert.ok(value.analysis.wishes.length > 0 && value.analysis.expectations.length > 0);
  for (const word of ["quokka", "zebra", "okapi"]) assert.ok(!text.includes(word), word);
});
