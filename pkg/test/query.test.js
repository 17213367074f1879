// Queries over analysed rows.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { Engine } from "hearken";
import { refuses } from "./helpers.js";

let engine;
let rows;
const MESSAGES = [
  { text: "Late delivery again, I am so angry!", channel: "review", rating: { scale: "nps", value: 1 }, sentAt: "2026-01-10", id: "A1" },
  { text: "The parcel was delivered two days late. I want a refund.", channel: "email", rating: { scale: "nps", value: 3 }, sentAt: "2026-02-10T12:00:00Z" },
  { text: "Great service, thank you!", channel: "review", rating: { scale: "nps", value: 10 }, sentAt: 1_780_000_000_000 },
  { text: "배송이 너무 늦어요 😡", channel: "chat" },
  { text: "配送の遅れで困っています。anna@example.com", channel: "social" },
  { text: "n/a" },
];
before(async () => {
  engine = await Engine.load();
  rows = MESSAGES.map((message) => ({ ...message, analysis: engine.analyze(message.text) }));
});
after(() => engine.free());

const find = (text, options) => {
  const query = engine.query(text, options);
  try {
    return query.filter(rows);
  } finally {
    query.free();
  }
};

test("query: words, phrases, NEAR, NOT and wildcards give exact rows", () => {
  for (const [text, found] of [
    ["late", [0, 1]],
    ["\"late delivery\"", [0]],
    ["deliver*", [0, 1]],
    ["late NOT refund", [0]],
    ["late NEAR/3 delivered", [1]],
    ["late NEAR/2 delivered", []],
    ["배송 OR 配送", [3, 4]],
    ["NOT (late OR 배송 OR 配送)", [2, 5]],
    ["😡", [3]],
    ["example", [4]],
  ]) assert.deepEqual(find(text), found, text);
});

test("query: labels, ratings, dates and fields of the message", () => {
  for (const [text, found] of [
    ["sentiment:positive", [2]],
    ["sentiment = positive", [2]],
    ["late channel:review", [0]],
    ["channel:review,email", [0, 1, 2]],
    ["rating<=3", [0, 1]],
    ["rating:low late", [0, 1]],
    ["scale:nps", [0, 1, 2]],
    ["after:2026-02-01", [1, 2]],
    ["after:2026-01-10 before:2026-02-10", [0]],
    ["has:email", [4]],
    ["lang:ko,ja", [3, 4]],
    ["meaningful:no", [5]],
    ["id:a1", [0]],
    ["has:date NOT has:pii", [0, 1, 2]],
  ]) assert.deepEqual(find(text), found, text);
});

test("query: urgency, churn, effort, wishes and the journey, of analyses and of batches", () => {
  const texts = [
    "I called five times and waited two hours on hold. I am cancelling and switching to another provider.",
    "I wish there was a dark mode",
    "There is a gas leak in the kitchen, send someone now!",
    "Nice shop",
  ];
  const single = texts.map((text) => ({ text, analysis: engine.analyze(text) }));
  const batch = engine.analyzeBatch(texts);
  const rows = texts.map((text, i) => ({ text, analysis: batch.row(i) }));
  for (const [text, found] of [
    ["churn:yes", [0]],
    ["churn:switching,never_again", [0]],
    ["churn:no", [1, 2, 3]],
    ["effort:high", [0]],
    ["wish:yes", [1]],
    ["wish:no effort:high", [0]],
    ["urgency:high,critical", [2]],
    ["urgency:normal wish:no churn:no", [3]],
    ["journey:leaving", [0]],
  ]) {
    assert.deepEqual(engine.query(text).filter(single), found, text);
    assert.deepEqual(engine.query(text).filter(rows), found, `${text}, batch`);
  }
  const bare = { text: "x", analysis: { ...rows[0].analysis, urgency: undefined, churn: undefined, effort: undefined } };
  for (const text of ["urgency:normal", "churn:no", "wish:no"]) assert.deepEqual(engine.query(text).filter([bare]), [], text);
});

test("query: topics of an analysis with their own sentiment", () => {
  const topical = (topics) => ({ text: "x", analysis: { ...rows[0].analysis, topics } });
  const is = (label, mixed = false) => ({ label, mixed, score: 0 });
  const list = [
    topical([{ label: "delivery_speed", parent: "delivery", sentiment: is("negative", true), spans: [] }]),
    topical([{ label: "delivery_speed", parent: "delivery", sentiment: is("positive") }, { label: "staff", sentiment: is("negative") }]),
    topical([]),
  ];
  const query = (text) => engine.query(text).filter(list);
  assert.deepEqual(query("topic:delivery"), [0, 1]);
  assert.deepEqual(query("topic:delivery_speed.negative"), [0]);
  assert.deepEqual(query("topic:delivery.mixed"), [0]);
  assert.deepEqual(query("topic:staff.negative,delivery.negative"), [0, 1]);
  assert.deepEqual(query("NOT has:topic"), [2]);
  const texts = ["Terrible, the delivery was late.", "The delivery was great, but the staff was rude.", "The hotel has no parking."];
  const batch = engine.analyzeBatch(texts);
  for (const read of [(text) => engine.analyze(text), (_, i) => batch.row(i)]) {
    const found = texts.map((text, i) => ({ text, analysis: read(text, i) }));
    assert.deepEqual(engine.query("topic:delivery").filter(found), [0, 1]);
    assert.deepEqual(engine.query("topic:delivery.negative").filter(found), [0]);
    assert.deepEqual(engine.query("topic:staff.negative").filter(found), [1]);
  }
  refuses(() => engine.query("topic:price", { topics: ["delivery", "staff"] }), "E_QUERY", { at: 6, end: 11 });
});

test("query: highlights are slices of the text", () => {
  const query = engine.query("(late NEAR/3 delivered) OR 늦 OR 遅れ OR 😡");
  const words = rows.map((row) => query.highlights(row)?.map((span) => row.text.slice(...span)) ?? null);
  assert.deepEqual(words, [null, ["delivered", "late"], null, ["늦", "😡"], ["遅れ"], null]);
  assert.deepEqual(engine.query("sentiment:positive").highlights(rows[2]), []);
  assert.equal(query.matches(rows[1]), true);
  assert.equal(query.matches(rows[0]), false);
});

test("query: errors name the place in UTF-16 and what was expected, and no word", () => {
  refuses(() => engine.query("😡 secret:x"), "E_QUERY", { at: 3, end: 9 });
  refuses(() => engine.query("late AND"), "E_QUERY", { at: 8, end: 8 });
  refuses(() => engine.query("lang:klingon"), "E_QUERY", { at: 5, end: 12 });
  refuses(() => engine.query(5), "E_QUERY", { at: 0 });
  refuses(() => engine.query("late", { topics: [1] }), "E_OPTION", { field: "topics" });
  assert.throws(() => engine.query("sentiment:secret"), (error) => /negative, neutral, positive, mixed/.test(error.message) && !/secret/.test(error.message));
  const query = engine.query("late");
  refuses(() => query.matches(null), "E_FIELD", { field: "row" });
  refuses(() => query.filter([{ text: "x" }, { text: 5 }]), "E_FIELD", { field: "text", index: 1 });
  query.free();
  query.free();
  refuses(() => query.matches({ text: "late" }), "E_ENGINE_FREED");
});

test("query: says what it tests, and is written out", () => {
  const query = engine.query("late   (rating<=2 or NOT sentiment:negative)");
  assert.deepEqual([...query.fields], ["sentiment", "rating"]);
  assert.equal(query.readsText, true);
  assert.equal(engine.query(query.text).text, query.text);
  assert.equal(engine.query("lang:en").readsText, false);
  const names = engine.info.queryFields.map(({ name }) => name);
  assert.ok(names.includes("sentiment") && names.includes("before"));
});

test("query: many rows cross in parts", () => {
  const many = Array.from({ length: 2_500 }, (_, i) => ({ text: i % 5 === 0 ? "late" : "fine" }));
  assert.deepEqual(engine.query("late").filter(many), many.flatMap(({ text }, i) => (text === "late" ? [i] : [])));
});

test("keyphrases: only when asked for, as slices of the text", () => {
  const text = "Late delivery again 😡, and customer service never answered anna@example.com.";
  assert.equal(engine.analyze(text).keyphrases, undefined);
  const { keyphrases } = engine.analyze(text, { keyphrases: true });
  assert.deepEqual(keyphrases.map((span) => text.slice(...span)), ["Late delivery", "customer service"]);
  refuses(() => engine.analyzeBatch([text], { keyphrases: true }), "E_OPTION", { field: "keyphrases" });
});
