// Insight: rollups with all their figures, and the analyses over many records. Expected values are worked by hand.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { Engine } from "hearken";
import { Insight, PrivacyBudget, driverMarks, journeyMarks, recordOf, termsOf, whomToTell } from "hearken/insight";
import { refuses } from "./helpers.js";

const DAY = 86_400_000;
let engine;
let insight;
before(async () => ([engine, insight] = await Promise.all([Engine.load(), Insight.load()])));
after(() => [engine, insight].forEach((one) => one.free()));

const TEXTS = [
  "The parcel came two weeks late and nobody answered my mails.",
  "Lovely staff, thank you so much!",
  "정말 최악이에요. 환불해 주세요.",
  "n/a",
  "The app crashes every time I open the basket.",
  "Great coffee, a bit expensive.",
];
const FIELDS = {
  from: 0,
  rating: { scale: "nps", values: [1, 10, 0, null, 3, 9] },
  channel: ["email", "review", "chat", "survey", null, "review"],
  sentAt: [0, DAY, DAY, null, 2 * DAY, 2 * DAY],
  source: "shop",
  id: ["a", "b", "c", "d", "e", "e"],
  person: { labels: ["p1", "p2"], values: [0, 1, 0, 9, 1, 1] },
  keys: { store: ["north", "north", "south", null, "south", "south"] },
  answered: [false, null, true, null, false, null],
  invited: [1, 1, 1, 1, 1, 1],
  weight: [1, 2, 1, null, 1, 1],
};
const OPTIONS = { keys: ["store"], periods: [{ unit: "day" }, { unit: "month", zone: "Asia/Seoul", offsets: [[0, 540]] }] };

/** The same records, one by one. */
function oneByOne() {
  const rollup = insight.rollup(OPTIONS);
  const of = (list, i) => list[i] ?? undefined;
  TEXTS.forEach((text, i) => {
    const store = FIELDS.keys.store[i];
    const value = FIELDS.rating.values[i];
    rollup.add({
      ...recordOf(engine.analyzeBatch([text]).row(0)), index: i,
      rating: value === null ? undefined : { scale: "nps", value },
      channel: of(FIELDS.channel, i), sentAt: of(FIELDS.sentAt, i), source: "shop", id: FIELDS.id[i],
      person: FIELDS.person.labels[FIELDS.person.values[i]], keys: store === null ? undefined : { store },
      answered: of(FIELDS.answered, i), invited: true, weight: of(FIELDS.weight, i),
    });
  });
  return rollup;
}

test("addBatch: columns count as records one by one, byte for byte, in parts too", () => {
  const rollup = insight.rollup(OPTIONS);
  assert.deepEqual(rollup.addBatch(engine.analyzeBatch(TEXTS), FIELDS), { added: 6, refused: 0, errors: [] });
  const expected = oneByOne();
  assert.deepEqual(rollup.toBytes(), expected.toBytes());
  const many = insight.rollup();
  const values = Float64Array.from({ length: 45_000 }, (_, i) => i % 11);
  assert.equal(many.addBatch(45_000, { rating: { scale: "nps", values } }).added, 45_000);
  // 0 to 10 equally often: two of eleven are promoters, seven detractors.
  assert.ok(Math.abs(many.figure("nps").value - (-500 / 11)) < 0.01);
  for (const one of [rollup, expected, many]) one.free();
});

test("addBatch: bad records cost no other, bad fields are refused by name", () => {
  const rollup = insight.rollup(OPTIONS);
  const { added, refused, errors } = rollup.addBatch(3, { rating: { scale: "csat5", values: [1, 9, 5] } });
  assert.deepEqual([added, refused, errors.length], [2, 1, 1]);
  assert.deepEqual([errors[0].code, errors[0].field, errors[0].index, errors[0].name], ["E_FIELD", "rating.value", 1, "HearkenError"]);
  const { records, refused: told } = rollup.summary({ minPeople: 0 });
  assert.deepEqual([records, told], [2, 1]);
  for (const [fields, field] of [
    [{ rating: { scale: "nps", values: [1] } }, "rating.values"],
    [{ rating: { scale: "csat", values: [1, 2, 3] } }, "rating.scale"],
    [{ channel: ["email", "pigeon", null] }, "channel"],
    [{ source: ["a", 7, "b"] }, "source"],
    [{ sentAt: ["yesterday", 1, 2] }, "sentAt"],
    [{ sentAt: new BigInt64Array(3) }, "sentAt"],
    [{ keys: { store: ["a"] } }, "keys.store"],
    [{ stores: ["a", "b", "c"] }, "stores"],
    [{ person: { labels: "p", values: [0, 0, 0] } }, "person.labels"],
  ]) refuses(() => rollup.addBatch(3, fields), "E_FIELD", { field });
  for (const batch of [-1, 1.5, "x", null, { length: 2 }]) refuses(() => rollup.addBatch(batch), "E_FIELD", { field: "batch" });
  assert.equal(rollup.addBatch(2, { keys: { shop: "a" } }).refused, 2);
  rollup.free();
});

test("rollup: saved as bytes and as JSON, read again, damaged ones refused", () => {
  const rollup = oneByOne();
  const bytes = rollup.toBytes();
  const json = JSON.parse(JSON.stringify(rollup.toJson()));
  for (const read of [insight.readRollup(bytes), insight.readRollup(json)]) {
    assert.deepEqual(read.summary(), rollup.summary());
    assert.deepEqual(read.toBytes(), bytes);
    read.free();
  }
  refuses(() => insight.readRollup(bytes.slice(0, -3)), "E_ROLLUP");
  refuses(() => insight.readRollup(Uint8Array.of(1, 2, 3)), "E_ROLLUP");
  refuses(() => insight.readRollup({ ...json, format: "hearken-rollup-9" }), "E_FIELD", { field: "format" });
  refuses(() => insight.readRollup(null), "E_FIELD");
  const loop = {};
  loop.loop = loop;
  refuses(() => insight.readRollup(loop), "E_FIELD", { field: "rollup" });
  for (const options of [{ keys: ["No"] }, { maxSegments: 0 }]) refuses(() => insight.rollup(options), "E_OPTION");
  rollup.free();
});

test("times without a zone are read as UTC and told", () => {
  const rollup = insight.rollup({ periods: [{ unit: "day" }] });
  for (const sentAt of ["2026-11-03T23:30", "2026-11-04T23:30Z", 0]) rollup.add({ sentAt, rating: { scale: "stars5", value: 4 } });
  const { zoneless, answers, rows } = rollup.summary();
  assert.deepEqual([zoneless, answers], [1, [{ scale: "stars5", counts: [0, 0, 0, 3, 0] }]]);
  assert.deepEqual(rows, [0, 1, 2]);
  const { gaps, period } = rollup.sufficiency();
  assert.ok(gaps.includes("no_zones"));
  assert.deepEqual(period, ["1970-01-01", "2026-11-04"]);
  rollup.free();
});

test("summary: every block, segments, people behind them", () => {
  const rollup = oneByOne();
  const summary = rollup.summary({ minPeople: 0 });
  assert.deepEqual([summary.records, summary.refused, summary.undated], [6, 0, 1]);
  assert.deepEqual([summary.ids.n, summary.ids.distinct, summary.people.distinct], [6, 5, 2]);
  const nps = summary.solicited.find(({ metric }) => metric === "nps");
  // Two promoters and three detractors of five.
  assert.deepEqual([nps.value, nps.n, nps.tooFew], [-20, 5, true]);
  // Weights 1 and 2 of promoters, 1 each of three detractors: (3 - 3) / 6.
  assert.ok(Math.abs(summary.weighted.find(({ metric }) => metric === "nps").value) < 1e-9);
  assert.deepEqual(summary.operational.map(({ metric, n }) => [metric, n]), [["response_rate", 6], ["answered", 3]]);
  assert.deepEqual(summary.unanswered.map(({ index }) => index), [0, 4]);
  const dimension = (name) => summary.dimensions.find((one) => one.name === name)?.segments.map(({ key, n }) => [key, n]);
  assert.deepEqual(dimension("key:store"), [["south", 3], ["north", 2]]);
  assert.deepEqual(dimension("day UTC"), [["1970-01-01", 1], ["1970-01-02", 2], ["1970-01-03", 2]]);
  assert.deepEqual(dimension("month Asia/Seoul"), [["1970-01", 5]]);
  assert.ok(dimension("topic").length > 0);
  const held = rollup.summary().dimensions.find(({ name }) => name === "key:store").segments;
  assert.ok(held.every(({ withheld, figures }) => withheld && figures.length === 0));
  refuses(() => rollup.summary({ minPeople: -1 }), "E_FIELD", { field: "minPeople" });
  refuses(() => rollup.summary({ most: 1 }), "E_FIELD", { field: "most" });
  rollup.free();
});

/** NPS answers by store. */
function answers(values) {
  const rollup = insight.rollup({ keys: ["store"] });
  for (const [store, list] of Object.entries(values)) {
    rollup.addBatch(list.length, { rating: { scale: "nps", values: list }, keys: { store }, answered: list.map((value) => value > 4) });
  }
  return rollup;
}

test("recommendations: told with their place, counted beside NPS, alike by columns and one by one", () => {
  const texts = ["I'd recommend it to everyone.", "친구들한테도 추천했어요", "Nie polecam.", "What do you recommend?", "A friend recommended you."];
  const told = texts.map((text) => engine.analyze(text));
  assert.deepEqual(told.map(({ recommends }) => recommends?.answer), ["yes", "yes", "no", undefined, undefined]);
  assert.deepEqual(told[2].recommends, { answer: "no", spans: [[0, 11]] });
  const batch = engine.analyzeBatch(texts);
  assert.deepEqual(texts.map((_, row) => batch.row(row).recommends), [{ answer: "yes" }, { answer: "yes" }, { answer: "no" }, undefined, undefined]);
  const [columns, single] = [insight.rollup(), insight.rollup()];
  columns.addBatch(batch, { from: 0 });
  told.forEach((analysis, index) => single.add({ ...recordOf(analysis), index, channel: "other" }));
  assert.deepEqual(columns.toBytes(), single.toBytes());
  const { value, n, interval } = columns.figure("recommending");
  assert.ok(Math.abs(value - 200 / 3) < 1e-9 && n === 3 && interval[0] < value && value < interval[1]);
  assert.ok(columns.summary().unsolicited.some(({ metric }) => metric === "recommending"));
  [columns, single].forEach((rollup) => rollup.free());
});

test("rollup: differences, the CX score and what moved it, coverage", () => {
  const before = answers({ north: Array(40).fill(10), south: Array(40).fill(9) });
  const now = answers({ north: Array(40).fill(10), south: Array(40).fill(0) });
  assert.equal(now.figure("nps").value, 0);
  assert.equal(now.figure("nps", ["key:store", "south"]).value, -100);
  const nps = now.compare(before).differences.find(({ metric }) => metric === "nps");
  assert.deepEqual([nps.value, nps.significant, nps.rank], [-100, true, 1]);
  const { differences, tests } = now.compareBy(before, "key:store", "nps");
  assert.equal(tests, 2);
  assert.deepEqual(differences.map(({ key, value }) => [key, value]), [["north", 0], ["south", -200]]);
  assert.equal(now.segments("key:store", "nps").differences[0].value, 200);
  const score = now.score();
  // Solicited 50 points weighing 0.4, acting 50 weighing 0.2; nothing unsolicited; half answered caps at 75.
  assert.ok(Math.abs(score.value - 50) < 1e-9);
  assert.deepEqual([score.cap, score.missing], [75, ["unsolicited"]]);
  assert.equal(now.score({ acting: 0 }).value, 50);
  const change = now.scoreChange(before);
  assert.ok(Math.abs(change.value + 50) < 1e-9);
  assert.ok(Math.abs(change.moves.reduce((sum, { points }) => sum + points, 0) - change.value) < 1e-9);
  assert.deepEqual(now.coverage("key:store", ["north"]).map(({ key, watched, answered }) => [key, watched, answered.value]), [["south", false, 0], ["north", true, 100]]);
  assert.deepEqual(now.sufficiency().gaps, ["no_texts", "one_channel", "no_times", "no_people"]);
  refuses(() => now.compare(now), "E_FIELD", { field: "before" });
  refuses(() => now.compare(), "E_FIELD", { field: "before" });
  refuses(() => now.figure("joy"), "E_OPTION", { field: "metric" });
  refuses(() => now.segments("moon", "nps"), "E_OPTION", { field: "dimension" });
  refuses(() => now.score({ acting: -1 }), "E_OPTION", { field: "acting" });
  const texts = (labels) => insight.collect(labels.map((sentiment, i) => ({ sentiment, score: 0, channel: i % 2 ? "chat" : "email" })));
  const [bad, good] = [texts(Array(20).fill("negative")), texts(Array(20).fill("positive"))];
  assert.equal(good.moved(bad, "channel").reduce((sum, { mix, rate }) => sum + mix + rate, 0), 200);
  for (const one of [before, now, bad, good]) one.free();
});

test("documents: findings and a page in the reader's language, words of the input escaped", () => {
  const before = answers({ north: Array(40).fill(10), "<b>south</b>": Array(40).fill(9) });
  const now = answers({ north: Array(40).fill(10), "<b>south</b>": Array(40).fill(0) });
  const options = { lang: "de", title: "<i>Umfrage</i>", by: [["key:store", "nps"]] };
  const findings = now.findings(options, before);
  assert.ok(findings.length > 0 && findings.length <= 10);
  assert.ok(findings.every(({ sentence, n }) => sentence.length > 10 && n > 0));
  assert.ok(findings.some(({ kind }) => kind === "change"));
  assert.ok(now.findings(options).every(({ kind }) => kind !== "change"));
  const html = now.document("html", options, before);
  assert.match(html, /^<!doctype html>/i);
  assert.ok(!html.includes("<b>south") && !html.includes("<i>Umfrage") && !html.includes("<script"));
  assert.ok(now.document("markdown", options).includes("Umfrage"));
  refuses(() => now.document("pdf"), "E_OPTION", { field: "form" });
  refuses(() => now.document("html", { lang: "xx" }), "E_OPTION", { field: "lang" });
  refuses(() => now.findings({ by: [["moon", "nps"]] }), "E_OPTION", { field: "dimension" });
  for (const one of [before, now]) one.free();
});

test("share: small groups out, noise paid from a budget", () => {
  const rollup = insight.rollup({ keys: ["store"] });
  rollup.addBatch(60, { rating: { scale: "nps", values: Array(60).fill(9) }, keys: { store: Array.from({ length: 60 }, (_, i) => (i < 2 ? "tiny" : i < 30 ? "one" : "two")) } });
  const plain = rollup.share({ minPeople: 5 });
  assert.deepEqual([plain.epsilon, plain.noiseDeviation, plain.withheld["key:store"]], [null, 0, 2]);
  assert.deepEqual(plain.rollup.summary({ minPeople: 0 }).dimensions.find(({ name }) => name === "key:store").segments.map(({ key }) => key), ["two"]);
  const budget = new PrivacyBudget(1);
  const noise = { epsilon: 0.75, recordsPerPerson: 1 };
  const noisy = rollup.share({ noise: { ...noise, seed: new Uint8Array(32).fill(7) } }, budget);
  assert.deepEqual([noisy.epsilon, budget.left, noisy.noiseDeviation > 0], [0.75, 0.25, true]);
  refuses(() => rollup.share({ noise }, budget), "E_OPTION", { field: "epsilon" });
  refuses(() => rollup.share({ noise }), "E_OPTION", { field: "epsilon" });
  assert.equal(budget.left, 0.25);
  refuses(() => new PrivacyBudget(-1), "E_OPTION", { field: "epsilon" });
  refuses(() => rollup.share({ minPeople: 1 }), "E_OPTION", { field: "minPeople" });
  for (const one of [rollup, plain.rollup, noisy.rollup]) one.free();
});

test("drivers: what moves the rating ranks first", () => {
  const rows = Array.from({ length: 200 }, (_, i) => {
    const late = i % 2 === 0 ? -1 : 1;
    const price = i % 3 === 0 ? -1 : i % 3 - 1;
    return { outcome: 40 * late + 5 * price, marks: [{ name: "topic:delivery", value: late }, { name: "topic:price", value: price }] };
  });
  const report = insight.drivers(rows, { replicates: 200, seed: 3 });
  assert.deepEqual(report.drivers.map(({ name, rank }) => [name, rank]), [["topic:delivery", 1], ["topic:price", 2]]);
  assert.deepEqual([report.n, report.tooFew], [200, false]);
  assert.ok(Math.abs(report.explained - 1) < 1e-9);
  assert.ok(Math.abs(report.drivers[0].coefficient[0] - 40) < 1e-6);
  assert.deepEqual(insight.drivers(rows, { replicates: 200, seed: 3 }), report);
  const table = { outcome: rows.map(({ outcome }) => outcome), drivers: [{ name: "delivery", values: rows.map(({ marks }) => marks[0].value) }] };
  assert.equal(insight.drivers(table, { replicates: 0 }).drivers[0].interval, undefined);
  const marks = driverMarks(engine.analyze("The delivery was late and the driver was rude, I am furious."));
  assert.ok(marks.some(({ name, value }) => name.startsWith("topic:") && value === -1));
  refuses(() => insight.drivers([{ outcome: "good", marks: [] }]), "E_FIELD", { field: "rows[0].outcome" });
  refuses(() => insight.drivers([{ outcome: NaN, marks: [] }]), "E_FIELD", { field: "rows[0].outcome" });
  refuses(() => insight.drivers([{ outcome: 1, marks: [{ name: "x" }] }]), "E_FIELD", { field: "rows[0].value" });
  refuses(() => insight.drivers(rows, { replicates: 5_000 }), "E_OPTION", { field: "replicates" });
  refuses(() => insight.drivers(rows, { seeds: 1 }), "E_OPTION", { field: "seeds" });
});

test("trends: burst, change, silence, emerging term", () => {
  const series = (counts) => ({ startMs: 0, bucketMs: DAY, counts });
  const burst = series(Array.from({ length: 40 }, (_, i) => (i === 35 ? 60 : 10)));
  const { bursts, judged } = insight.bursts(burst);
  assert.deepEqual(bursts.map(({ kind, first, last, observed, startMs }) => [kind, first, last, observed, startMs]), [["peak", 35, 35, 60, 35 * DAY]]);
  assert.equal(judged, 37);
  const step = series(Array.from({ length: 40 }, (_, i) => (i < 20 ? 10 : 30)));
  assert.deepEqual(insight.changes(step).map(({ bucket, before, after }) => [bucket, before, after]), [[20, 10, 30]]);
  const stopped = series([...Array(30).fill(10), 0, 0, 0]);
  assert.deepEqual([insight.silence(stopped).bucket, insight.silence(burst)], [30, null]);
  const terms = [{ term: "leak", now: 40, before: [2] }, { term: "price", now: 20, before: [20] }];
  assert.deepEqual(insight.emerging(terms, { totalNow: 400, totalsBefore: [400] }).map(({ term, isNew }) => [term, isNew]), [["leak", false]]);
  refuses(() => insight.bursts({ startMs: 0, bucketMs: 0, counts: [] }), "E_OPTION", { field: "series.bucketMs" });
  refuses(() => insight.bursts({ startMs: 0, bucketMs: 1, counts: [1.5] }), "E_FIELD", { field: "series.counts" });
  refuses(() => insight.bursts(burst, { season: 0 }), "E_OPTION", { field: "season" });
  refuses(() => insight.bursts(), "E_FIELD", { field: "series" });
  refuses(() => insight.emerging(terms, { totalNow: 1, totalsBefore: [400] }), "E_FIELD", { field: "terms[0]" });
});

test("trends: crisis, hijacked thread, spread, threads nobody reads", () => {
  const hour = 3_600_000;
  const quiet = Array.from({ length: 96 }, (_, i) => ({ id: `q${i}`, atMs: i * hour, channel: "social", author: `a${i}`, negative: true, terms: ["queue"] }));
  const loud = Array.from({ length: 60 }, (_, i) => ({ id: `l${i}`, atMs: 96 * hour + i, channel: i % 3 ? "social" : "review", author: `b${i}`, negative: true, terms: ["mould", "bread"] }));
  const alert = insight.crisis([...loud, ...quiet], 96 * hour + 1_000);
  assert.equal(alert.level, "crisis");
  assert.deepEqual(alert.pause.scope, ["social", "review"]);
  assert.ok(alert.terms.some(({ term }) => term === "mould"));
  assert.equal(insight.crisis(quiet, 95 * hour), null);
  const comments = Array.from({ length: 20 }, (_, i) => ({ id: `c${i}`, atMs: i, author: `u${i}`, terms: i < 4 ? ["lamp"] : ["stream", "free"] }));
  const taken = insight.takeover(["lamp", "brass"], comments);
  assert.ok(["stream", "free"].includes(taken.theme));
  assert.equal(taken.share.value, 80);
  assert.equal(insight.takeover(["lamp"], comments.slice(0, 4)), null);
  const posts = Array.from({ length: 60 }, (_, i) => ({ id: `p${i}`, atMs: i, channel: i === 55 ? "news" : "social", repost: i >= 30 }));
  assert.equal(insight.spread(posts, 30, 59).firstNews, "p55");
  const threads = [{ id: "read", comments: 9, reads: 4, replies: 8, weight: 1 }, { id: "left", comments: 3, reads: 0, replies: 0, weight: 1 }];
  assert.deepEqual(insight.unattended(threads).map(({ id }) => id), ["left", "read"]);
  const text = "The delivery driver was rude. The delivery driver left.";
  assert.ok(termsOf(text, engine.analyze(text, { keyphrases: true })).includes("delivery driver"));
  assert.deepEqual(termsOf("", { topics: [] }), []);
  refuses(() => insight.crisis([{ id: "a", atMs: 0, channel: "pigeon" }], 1), "E_FIELD", { field: "messages[0].channel" });
  refuses(() => insight.crisis([], undefined), "E_FIELD", { field: "nowMs" });
  refuses(() => insight.takeover([], [{ id: 7 }]), "E_FIELD", { field: "comments[0].id" });
});

test("demand: the same wish in other words is one, with who to tell", () => {
  const wish = (id, person, object, atMs) => ({ id, person, object, atMs, language: "en", time: "in the afternoon" });
  const wishes = [
    wish("1", "p1", "pancakes in the afternoon", DAY), wish("2", "p2", "afternoon pancakes", 2 * DAY), wish("3", "p1", "pancakes in the afternoon", 3 * DAY),
    wish("4", "p3", "a bike rack", 3 * DAY),
  ];
  const report = insight.demand(wishes, 4 * DAY, { windowDays: 30 });
  assert.deepEqual([report.found, report.people, report.mentions], [2, 3, 4]);
  const [first] = report.demands;
  assert.deepEqual([first.people, first.mentions, first.growth.now], [2, 3, 2]);
  const { tell, optedOut } = whomToTell(first, ["p2"]);
  assert.deepEqual([tell.map(({ person }) => person), optedOut.map(({ person }) => person)], [["p1"], ["p2"]]);
  refuses(() => insight.demand([wish("1", "kim@example.com", "tea", 0)], 1), "E_FIELD", { field: "wishes[0].person" });
  refuses(() => insight.demand([{ object: 1, language: "en" }], 1), "E_FIELD", { field: "wishes[0].object" });
  refuses(() => insight.demand(wishes, 1, { windowDays: 0 }), "E_OPTION", { field: "windowDays" });
});

test("journeys: joined over channels, what waits, who may leave, what next", () => {
  const key = (value) => [{ kind: "email", value }];
  const events = [
    { id: "1", atMs: 0, channel: "chat", keys: key("k1"), complains: true, experience: "bad", intent: "billing" },
    { id: "2", atMs: 10 * DAY, channel: "email", keys: key("k1"), complains: true, experience: "bad", intent: "billing" },
    { id: "3", atMs: DAY, channel: "chat", keys: key("k2"), asks: true, thread: "t" },
    { id: "4", atMs: DAY + 60_000, channel: "chat", speaker: "agent", thread: "t", resolves: true },
  ];
  const call = { curve: "as-quoted", attributes: [{ record: "1", attributes: { plan: "gold" } }], rules: [{ segment: "at risk", all: [{ field: "badInRow", least: 2 }] }] };
  const found = insight.journeys(events, 11 * DAY, call);
  assert.deepEqual(found.people.map(({ person, next, leaving }) => [person, next.step, leaving.badInRow]), [["1", "resolve", 2], ["3", "nothing", 0]]);
  assert.equal(found.people[0].leaving.curve, "as-quoted");
  assert.equal(found.people[1].conversations[0].firstResponseMs, 60_000);
  assert.equal(found.response.waiting, 2);
  assert.deepEqual(found.segments.map(({ segment }) => segment), ["at risk", undefined]);
  assert.equal(insight.journeys(events, 11 * DAY).segments, undefined);
  assert.deepEqual(insight.stitch([{ id: "a", keys: key("k") }, { id: "b", keys: key("k") }]).people.map(({ records }) => records), [["a", "b"]]);
  assert.deepEqual([insight.normalKey("phone", "+48 600 100 200"), insight.normalKey("email", "no mail")], ["+48600100200", null]);
  const { steps } = insight.estimateCurve([{ bad: 1, left: true }, { bad: 1, left: false }, { bad: 2, left: true }, { bad: 2, left: false }]);
  assert.deepEqual(steps.map(({ survival }) => survival), [0.75, 0.375]);
  const marks = journeyMarks(engine.analyze("This is a disgrace, my bill is wrong again and nobody answers!"));
  assert.equal(marks.experience, "bad");
  refuses(() => insight.journeys([{ id: "" }], 0), "E_FIELD", { field: "events[0].id" });
  refuses(() => insight.journeys(events, 0, { curve: "made-up" }), "E_OPTION", { field: "curve" });
  refuses(() => insight.journeys(events, 0, { halfLifeDays: 0 }), "E_OPTION", { field: "halfLifeDays" });
  refuses(() => insight.journeys([{ id: "a", speaker: "robot" }], 0), "E_FIELD", { field: "events[0].speaker" });
  refuses(() => insight.journeys("events", 0), "E_FIELD", { field: "events" });
});

test("survey fatigue: ask, wait with a date, never", () => {
  const nowMs = 100 * DAY;
  assert.equal(insight.decideSurvey({ nowMs }).decision, "ask");
  const wait = insight.decideSurvey({ nowMs, history: { invitations: [{ sentMs: nowMs - DAY, outcome: "answered" }] } });
  assert.deepEqual([wait.decision, wait.untilMs, wait.reasons.map(({ rule }) => rule)], ["wait", nowMs + 89 * DAY, ["cooldown"]]);
  const complaint = insight.decideSurvey({ nowMs, history: { contacts: [{ atMs: 0, complaint: true }] } });
  assert.deepEqual([complaint.decision, complaint.untilMs, complaint.reasons[0].rule], ["wait", undefined, "answer_first"]);
  assert.equal(insight.decideSurvey({ nowMs, person: { optedOut: true } }).decision, "never");
  const short = insight.decideSurvey({ nowMs, person: { device: "phone" }, survey: { questions: 9 } });
  assert.deepEqual([short.decision, short.questions], ["ask", 5]);
  assert.equal(insight.openLoops([{ invitations: [{ sentMs: 0, outcome: "answered", replyOwed: true }, { sentMs: 1, outcome: "answered", replyOwed: true, repliedMs: 2 }] }]).value, 50);
  refuses(() => insight.decideSurvey({}), "E_FIELD", { field: "nowMs" });
  refuses(() => insight.decideSurvey({ nowMs, policy: { mostAYear: 0 } }), "E_OPTION", { field: "mostAYear" });
  refuses(() => insight.decideSurvey({ nowMs, history: { invitations: [{ sentMs: "x" }] } }), "E_FIELD", { field: "history.invitations" });
});

test("shares: corrected for the label's errors, and what is said against what is done", () => {
  // 70 % found, 5 % false alarms: 11.5 % told where 10 % are true.
  const share = insight.correctedShare(115, 1_000, { sensitivity: 0.7, positives: 500, specificity: 0.95, negatives: 500 });
  assert.ok(Math.abs(share.value - 10) < 1e-9);
  assert.equal(insight.sayDoGap([80, 100], [20, 100]).value, 60);
  refuses(() => insight.correctedShare(1, 2, { sensitivity: 2, positives: 1, specificity: 1, negatives: 1 }), "E_OPTION", { field: "sensitivity" });
  refuses(() => insight.sayDoGap([1], [2, 3]), "E_FIELD", { field: "said" });
});
