// Records become rollups, rollups one, and a report: without texts but redacted ones, whatever was sent.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { read, start } from "./support.mjs";

let worker;
before(async () => (worker = await start()));
after(() => worker.stop());

const post = async (path, value, type) => read(await worker.post(path, typeof value === "string" ? value : JSON.stringify(value), type));
const OPTIONS = { keys: ["store"], periods: [{ unit: "day", zone: "Europe/Warsaw" }] };
/** Answers of a survey: happy ones in one store, unhappy ones in the other. */
const records = (from, to) => Array.from({ length: to - from }, (_, i) => {
  const at = from + i;
  const happy = at % 3 !== 0;
  return {
    id: `r${at}`, customer: `c${at}`, channel: "survey", sentAt: `2026-03-0${1 + (at % 2)}T23:30:00Z`, keys: { store: happy ? "north" : "south" },
    rating: { scale: "nps", value: happy ? 10 : 2 }, text: happy ? `Lovely staff, thank you! (${at})` : `The worst shop ever, I am so angry and disappointed. My mail: joe${at}@example.com`,
  };
});

test("rollup reads messages, names what it refuses, and merges to the same counts in any order", async () => {
  const all = await post("/v1/rollup", { records: records(0, 60), options: OPTIONS });
  assert.equal(all.status, 200, all.text);
  assert.deepEqual([all.value.added, all.value.refused, all.value.errors], [60, 0, []]);
  assert.ok(!/joe\d+@/.test(all.text), "telling comments are redacted");
  const parts = await Promise.all([[0, 10], [10, 35], [35, 60]].map(([from, to]) => post("/v1/rollup", { records: records(from, to).map((record, i) => ({ ...record, index: from + i })), options: OPTIONS, as: "bytes" })));
  const bytes = parts.map(({ value }) => value.rollup);
  assert.ok(bytes.every((one) => typeof one === "string"));
  for (const order of [[0, 1, 2], [2, 0, 1]]) {
    const merged = await post("/v1/rollup", { rollups: order.map((at) => bytes[at]) });
    assert.deepEqual(merged.value.rollup, all.value.rollup);
  }
  // JSON parts and further records go together too.
  const json = await post("/v1/rollup", { rollups: [parts[0].value.rollup, (await post("/v1/rollup", { rollups: [bytes[1]] })).value.rollup], records: records(35, 60).map((record, i) => ({ ...record, index: 35 + i })) });
  assert.deepEqual(json.value.rollup, all.value.rollup);
});

test("records that were analysed elsewhere are counted, lines are records, and a bad one costs no other", async () => {
  const lines = [
    { sentiment: "negative", score: -0.8, rating: { scale: "csat5", value: 1 }, text: "Bad, and nobody answers me at anna@example.com" },
    { rating: { scale: "csat5", value: 9 } }, { text: ["x"] }, "bare", { text: "Fine, thanks.", lang: 5 },
  ];
  const { status, value, text } = await post("/v1/rollup", lines.map((line) => JSON.stringify(line)).join("\n"), "application/x-ndjson");
  assert.equal(status, 200, text);
  assert.deepEqual([value.added, value.refused], [2, 3]);
  assert.deepEqual(value.errors.map(({ index, error }) => [index, error.code, error.field]), [[1, "E_FIELD", "rating.value"], [3, "E_FIELD", "record"], [4, "E_FIELD", "lang"]]);
  assert.ok(!text.includes("anna@") && text.includes("[EMAIL]"));
});

test("report gives figures, a document for a reader, and what changed", async () => {
  const [before, now] = await Promise.all([[0, 60], [60, 120]].map(async ([from, to]) => (await post("/v1/rollup", {
    records: records(from, to).map((record) => (from === 0 ? record : { ...record, rating: { scale: "nps", value: 10 } })), options: OPTIONS, as: "bytes",
  })).value.rollup));
  const { status, value: { report }, text } = await post("/v1/report", { rollup: now, before, options: { minPeople: 3 } });
  assert.equal(status, 200, text);
  const days = report.summary.dimensions.find(({ name }) => name === "day Europe/Warsaw").segments.map(({ key, n }) => [key, n]);
  // Half past eleven in the evening is the next day in Warsaw.
  assert.deepEqual(days, [["2026-03-02", 30], ["2026-03-03", 30]]);
  const nps = report.changes.differences.find(({ metric }) => metric === "nps");
  assert.deepEqual([nps.figure.value, nps.significant], [100, true]);
  const telling = report.telling.negative.map(({ text }) => text);
  assert.ok(telling.length > 0 && telling.every((one) => one.endsWith("My mail: [EMAIL]")), telling.join());
  assert.ok(report.scoreChange.value > 0 && report.score.value > 0 && report.findings.length > 0, JSON.stringify(report.scoreChange));
  assert.ok(!/joe\d+@/.test(text));
  const withheld = await post("/v1/report", { rollup: now, options: { minPeople: 1000 } });
  assert.ok(withheld.value.report.summary.dimensions.every(({ segments }) => segments.every(({ withheld }) => withheld)));
  for (const [as, type, begin] of [["markdown", "text/markdown", "# "], ["html", "text/html", "<!"]]) {
    const response = await worker.post("/v1/report", JSON.stringify({ rollup: now, as, options: { lang: "pl", title: "Sklep <b>" } }));
    const page = await response.text();
    assert.equal(response.status, 200, page);
    assert.equal(response.headers.get("content-type"), `${type}; charset=utf-8`);
    assert.ok(page.toLowerCase().startsWith(begin) && !/joe\d+@/.test(page));
    if (as === "html") {
      assert.match(response.headers.get("content-security-policy"), /default-src 'none'; style-src 'unsafe-inline'/);
      assert.ok(page.includes('lang="pl"') && page.includes("Sklep &lt;b&gt;") && !page.includes("<script"));
    }
  }
});

test("the industry's taxonomy and the redaction of the settings hold for records", async () => {
  const own = await start({ bindings: { INDUSTRY: "airline", PRIVACY: { mode: "remove", deny: ["Falcon"] } } });
  try {
    const { value, text } = await read(await own.post("/v1/rollup", JSON.stringify([{ text: "My suitcase never arrived, Falcon lost it. joe@example.com" }])));
    assert.equal(value.added, 1);
    assert.ok(!text.includes("Falcon") && !text.includes("joe@") && !text.includes("[EMAIL]"));
    const { value: { report } } = await read(await own.post("/v1/report", JSON.stringify({ rollup: value.rollup, options: { minPeople: 1 } })));
    const topics = report.summary.dimensions.find(({ name }) => name === "topic").segments.map(({ key }) => key);
    assert.ok(topics.some((topic) => topic.includes("baggage")), topics.join());
  } finally {
    await own.stop();
  }
});

test("a rollup for others' eyes has no comments and no small groups, and its noise is paid for", async () => {
  const sent = { records: [...records(0, 60), { customer: "one", sentiment: "neutral", keys: { store: "lonely" } }], options: OPTIONS };
  const { value, text } = await post("/v1/rollup", { ...sent, share: { minPeople: 5 } });
  assert.ok(!text.includes("lonely") && !text.includes("worst shop") && !text.includes("Lovely"));
  // The small one, and one more by which it could be told.
  assert.deepEqual([value.shared.epsilon, value.shared.withheld["key:store"], value.shared.budget], [null, 2, undefined]);
  const noise = { epsilon: 1, recordsPerPerson: 1 };
  const noisy = await Promise.all([1, 2].map(() => post("/v1/rollup", { ...sent, as: "bytes", share: { noise, budget: 1.5 } })));
  for (const { value } of noisy) assert.deepEqual([value.shared.epsilon, value.shared.budget, value.shared.noiseDeviation > 0], [1, 0.5, true]);
  assert.notEqual(noisy[0].value.rollup, noisy[1].value.rollup);
  // A seed that is sent is not taken.
  const seeded = await Promise.all([1, 2].map(() => post("/v1/rollup", { ...sent, as: "bytes", share: { noise: { ...noise, seed: Array(32).fill(1) }, budget: 1 } })));
  assert.notEqual(seeded[0].value.rollup, seeded[1].value.rollup);
  assert.equal((await post("/v1/report", { rollup: noisy[0].value.rollup })).status, 200);
  for (const [share, field] of [[{ noise, budget: 0.5 }, "epsilon"], [{ noise }, "epsilon"], [{ minPeople: 1 }, "minPeople"], [{ budget: "CANARY" }, "epsilon"], ["CANARY", "share"], [{ noise: "CANARY" }, "share.noise"]]) {
    const wrong = await post("/v1/rollup", { ...sent, share });
    assert.deepEqual([wrong.status, wrong.value.error?.field, wrong.text.includes("CANARY")], [400, field, false], wrong.text.slice(0, 300));
  }
});

test("what cannot be used is 400 or 413 with its place", async () => {
  const { value: { rollup } } = await post("/v1/rollup", { records: records(0, 3) });
  const damaged = structuredClone(rollup);
  damaged.format = "hearken-rollup-9";
  const bytes = (await post("/v1/rollup", { records: records(0, 3), as: "bytes" })).value.rollup;
  const flipped = Buffer.from(bytes, "base64");
  flipped[flipped.length >> 1] ^= 0x55;
  for (const [path, body, status, code, field] of [
    ["/v1/rollup", 5, 400, "E_FIELD", "body"],
    ["/v1/rollup", { records: {} }, 400, "E_FIELD", "records"],
    ["/v1/rollup", { records: [], as: "xml" }, 400, "E_FIELD", "as"],
    ["/v1/rollup", { rollups: [rollup, damaged] }, 400, "E_ROLLUP", "rollups[1]"],
    ["/v1/rollup", { rollups: [flipped.toString("base64")] }, 400, "E_ROLLUP", "rollups[0]"],
    ["/v1/rollup", { rollups: ["%%%"] }, 400, "E_ROLLUP", "rollups[0]"],
    ["/v1/rollup", { rollups: [7] }, 400, "E_FIELD", "rollups[0]"],
    ["/v1/rollup", { options: { periods: [{ unit: "eon" }] } }, 400, "E_FIELD", "unit"],
    ["/v1/rollup", { records: Array.from({ length: 1_001 }, () => ({ text: "a" })) }, 413, "E_BATCH_TOO_LARGE", undefined],
    ["/v1/rollup", { rollups: Array.from({ length: 101 }, () => "") }, 413, "E_BATCH_TOO_LARGE", undefined],
    ["/v1/report", {}, 400, "E_FIELD", "rollup"],
    ["/v1/report", { rollup, before: {} }, 400, "E_ROLLUP", "before"],
    ["/v1/report", { rollup, as: "pdf" }, 400, "E_FIELD", "as"],
    ["/v1/report", { rollup, as: "html", options: { lang: "xx" } }, 400, "E_OPTION", "lang"],
    ["/v1/report", { rollup, options: { minPeople: "many" } }, 400, "E_FIELD", "minPeople"],
  ]) {
    const answer = await post(path, body);
    assert.deepEqual([answer.status, answer.value.error?.code, answer.value.error?.field], [status, code, field], answer.text.slice(0, 300));
  }
  const over = await post("/v1/rollup", `{"records":[],"x":"${"x".repeat(8 * 1024 * 1024)}"}`);
  assert.deepEqual([over.status, over.value.error.limit], [413, 8 * 1024 * 1024]);
});

test("twenty thousand records without words are counted in one request", async () => {
  const many = Array.from({ length: 20_000 }, (_, i) => ({ rating: { scale: "nps", value: i % 11 }, sentiment: "neutral" }));
  const { status, value } = await post("/v1/rollup", { records: many, as: "bytes" });
  assert.deepEqual([status, value.added], [200, 20_000]);
  assert.equal((await post("/v1/rollup", [...many, {}])).status, 413);
});
