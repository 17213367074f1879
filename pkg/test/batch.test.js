// Batches: columns and rows equal single calls, whatever the size, order and company.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import {
  Engine, FLAG_BROADCAST, FLAG_IRONY, FLAG_MEANINGFUL, FLAG_MIXED, FLAG_RELIABLE, FLAG_TRUNCATED,
} from "hearken";
import { asRow, refuses } from "./helpers.js";

const TEXTS = [
  "", "n/a", "Great! Thank you so much 😀", "Das Paket kam kaputt an, schreibt an info@example.com", "배송이 너무 늦어요 ㅠㅠ",
  "card 4111 1111 1111 1111 and iban DE89 3704 0044 0532 0130 00?", "\ud83d lone \ude00", "a\0b", "星5つです。とても良かった！",
  "W porządku, ale drogo.", "👩‍👩‍👧 ".repeat(30), "x".repeat(200), "Est-ce que le magasin ouvre dimanche ?", "\u202eabc", "¡Qué mal servicio!",
  "Could you please cancel my subscription? I am furious, this is the third time!", "Tasty food, but the waiter was rude.", "Oh great, another outage. Just wonderful.",
  "SALE! 50 % off everything, only today, follow us and win a prize https://example.com", "You stupid idiots, I hate you all.", "Nothing.", "없습니다",
];
let engine;
before(async () => (engine = await Engine.load()));
after(() => engine.free());

test("batch: row(i) equals analyze(text) without spans, others, sentences and evidence, for every option", () => {
  const all = [
    undefined, {}, { pii: false }, { lang: "de" }, { maxTextBytes: 20 }, { question: "What could be better?" }, { parent: "Our new menu is here." }, { spans: false },
  ];
  for (const options of all) {
    const batch = engine.analyzeBatch(TEXTS, options);
    assert.equal(batch.length, TEXTS.length);
    TEXTS.forEach((text, i) => assert.deepEqual(batch.row(i), asRow(engine.analyze(text, options)), `text ${i}`));
  }
});

test("batch: the iterator gives every row in order", () => {
  const rows = [...engine.analyzeBatch(TEXTS)];
  assert.deepEqual(rows.map(({ index }) => index), TEXTS.map((_, i) => i));
  rows.forEach(({ analysis, error }, i) => {
    assert.equal(error, undefined);
    assert.deepEqual(analysis, asRow(engine.analyze(TEXTS[i])));
  });
});

test("batch: columns mean what they say", () => {
  const { columns, info } = engine.analyzeBatch(TEXTS);
  TEXTS.forEach((text, i) => {
    const one = engine.analyze(text);
    assert.equal(info.sentiment[columns.sentiment[i]], one.sentiment.label);
    assert.equal(columns.score[i], one.sentiment.score);
    assert.equal((columns.flags[i] & FLAG_MEANINGFUL) !== 0, one.meaningful);
    assert.equal((columns.flags[i] & FLAG_TRUNCATED) !== 0, one.truncated);
    assert.equal((columns.flags[i] & FLAG_RELIABLE) !== 0, one.language.reliable);
    assert.equal((columns.flags[i] & FLAG_MIXED) !== 0, one.sentiment.mixed);
    assert.equal((columns.flags[i] & FLAG_IRONY) !== 0, one.irony);
    assert.equal((columns.flags[i] & FLAG_BROADCAST) !== 0, one.broadcast);
    assert.equal(info.intents[columns.intent[i]], one.intent.label);
    assert.equal(columns.intentConfidence[i], one.intent.confidence);
    assert.equal(info.dispositions[columns.disposition[i]], one.disposition);
    assert.equal(columns.effort[i] === 0 ? undefined : info.effort[columns.effort[i] - 1], one.effort?.level);
    assert.equal(columns.minutesLost[i], one.timeLost?.minutes ?? 0);
    assert.equal(info.urgency[columns.urgency[i]], one.urgency.level);
    assert.equal(columns.churn[i] !== 0, one.churn.present);
    assert.equal(info.recommends[columns.recommends[i] - 1], one.recommends?.answer);
    assert.equal(info.journeyStages[columns.journeyStage[i]], one.journeyStage);
    for (const [name, labels] of [["acts", one.acts], ["states", one.states], ["emotions", one.emotions.map(({ label }) => label)], ["safety", one.safety.map(({ label }) => label)]]) {
      assert.equal(columns[name][i], labels.reduce((bits, label) => bits | (1 << info[name].indexOf(label)), 0), `${name} of text ${i}`);
    }
    assert.equal(columns.piiOffsets[i + 1] - columns.piiOffsets[i], one.pii.length);
  });
  for (const name of ["acts", "emotions", "safety", "states", "intent", "disposition"]) {
    assert.ok(new Set(columns[name]).size > 1, `${name} is the same for all texts`);
  }
  assert.equal(columns.probabilities.length, 3 * TEXTS.length);
  assert.equal(columns.piiOffsets.length, TEXTS.length + 1);
});

test("batch: more texts than one call takes are split and joined without a seam", () => {
  const many = Array.from({ length: 25_001 }, (_, i) => TEXTS[i % TEXTS.length]);
  const batch = engine.analyzeBatch(many);
  assert.equal(batch.length, many.length);
  for (const i of [0, 1, 9_999, 10_000, 10_001, 19_999, 20_000, 20_005, 25_000]) {
    assert.deepEqual(batch.row(i), asRow(engine.analyze(many[i])), `row ${i}`);
  }
  const { columns } = batch;
  for (let i = 0; i + TEXTS.length < many.length; i += 1) {
    if (columns.score[i] !== columns.score[i + TEXTS.length]) assert.fail(`row ${i} differs from its copy`);
  }
});

test("batch: more bytes than one call takes are split too", () => {
  const large = `${"The product is fine. ".repeat(50_000)}kim@example.com`;
  const batch = engine.analyzeBatch(Array.from({ length: 20 }, () => large), { maxTextBytes: 1_048_576 });
  assert.equal(batch.length, 20);
  const one = asRow(engine.analyze(large, { maxTextBytes: 1_048_576 }));
  for (const i of [0, 4, 5, 10, 19]) assert.deepEqual(batch.row(i), one);
});

test("batch: order and company change nothing", () => {
  const order = TEXTS.map((_, i) => (i * 7 + 3) % TEXTS.length);
  const shuffled = engine.analyzeBatch(order.map((i) => TEXTS[i]));
  order.forEach((i, place) => assert.deepEqual(shuffled.row(place), asRow(engine.analyze(TEXTS[i]))));
});

test("batch: a text that is no string is an error of its row only", () => {
  const batch = engine.analyzeBatch(["fine", 42, "good", null, undefined, { text: "a" }, , "bad"]);
  assert.equal(batch.length, 8);
  assert.equal(batch.failed, 5);
  for (const i of [1, 3, 4, 5, 6]) {
    const error = batch.error(i);
    assert.equal(error.name, "HearkenError");
    assert.deepEqual([error.code, error.field, error.index], ["E_FIELD", "text", i]);
    assert.throws(() => batch.row(i), error);
    assert.equal(batch.columns.flags[i], 0);
  }
  for (const [i, text] of [[0, "fine"], [2, "good"], [7, "bad"]]) assert.deepEqual(batch.row(i), asRow(engine.analyze(text)));
  assert.deepEqual([...batch].map(({ error }) => error === undefined), [true, false, true, false, false, false, false, true]);
});

test("batch: nothing in, nothing out", () => {
  const batch = engine.analyzeBatch([]);
  assert.equal(batch.length, 0);
  assert.deepEqual([...batch], []);
  assert.deepEqual([...batch.columns.piiOffsets], [0]);
});

test("batch: a row that does not exist and options that cannot be are refused", () => {
  const batch = engine.analyzeBatch(["a"]);
  for (const i of [1, -1, 0.5, NaN, "0", undefined]) {
    refuses(() => batch.row(i), "E_FIELD", { field: "row" });
    refuses(() => batch.error(i), "E_FIELD", { field: "row" });
  }
  for (const field of ["sentences", "spans", "evidence"]) refuses(() => engine.analyzeBatch(["a"], { [field]: true }), "E_OPTION", { field });
  refuses(() => engine.analyzeBatch(["a"], { question: 5 }), "E_OPTION", { field: "question" });
  refuses(() => engine.analyzeBatch([], { sentense: true }), "E_OPTION");
  for (const texts of ["a", undefined, null, {}, new Set(["a"])]) refuses(() => engine.analyzeBatch(texts), "E_FIELD", { field: "texts" });
});
