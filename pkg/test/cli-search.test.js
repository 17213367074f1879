// `hearken search` and `hearken themes`, as child processes.

import assert from "node:assert/strict";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { execute, HERE } from "./helpers.js";

const BIN = join(HERE, "bin/hearken.js");
const hearken = (args, options) => execute(process.execPath, [BIN, ...args], options);
const lines = (text) => text.trimEnd().split("\n").filter(Boolean).map((line) => JSON.parse(line));

let folder;
let sample;
before(async () => {
  folder = await mkdtemp(join(tmpdir(), "hearken-search-"));
  sample = join(folder, "a.csv");
  await writeFile(sample, `id,comment,nps,channel,date
1,"Late delivery, and nobody answers",1,review,2026-01-05
2,"Great service, thank you!",10,review,2026-01-06
3,"배송이 너무 늦어요",3,chat,2026-02-01
4,"My parcel was late, I want a refund",2,email,2026-02-02
5,"n/a",8,chat,
`);
});
after(() => rm(folder, { recursive: true }));

test("cli: search gives the rows that match, with highlights", async () => {
  const { code, stdout, stderr } = await hearken(["search", "late NOT refund", sample]);
  assert.equal(code, 0, stderr);
  const [row, ...rest] = lines(stdout);
  assert.equal(rest.length, 0);
  assert.equal(row.record.id, "1");
  assert.deepEqual(row.highlights.map((span) => row.record.comment.slice(...span)), ["Late"]);
  assert.equal(row.analysis.sentiment.label, "negative");
  assert.match(stderr, /1 row found/);
});

test("cli: search reads rating, channel and date", async () => {
  const ids = async (query, ...more) => lines((await hearken(["search", query, sample, ...more])).stdout).map(({ record }) => record.id);
  assert.deepEqual(await ids("rating<=3 after:2026-02-01"), ["3", "4"]);
  assert.deepEqual(await ids("channel:review before:2026-01-06"), ["1"]);
  assert.deepEqual(await ids("meaningful:no"), ["5"]);
  assert.deepEqual(await ids("topic:delivery"), ["1", "3", "4"]);
  assert.deepEqual(await ids("topic:delivery.negative after:2026-01-06"), ["3", "4"]);
  const { code, stderr } = await hearken(["search", "topic:secret", sample]);
  assert.equal(code, 1);
  assert.match(stderr, /topic is one of .*delivery/);
  assert.deepEqual(await ids("늦 OR refund", "--fields", "matched"), ["3", "4"]);
});

test("cli: search writes csv and a table", async () => {
  const csv = await hearken(["search", "late", sample, "--out", "csv", "--fields", "matched,intent"]);
  assert.match(csv.stdout, /^id,comment,nps,channel,date,matched,intent,/);
  assert.match(csv.stdout, /,Late,/);
  const table = await hearken(["search", "late", sample, "--out", "table"]);
  assert.match(table.stdout, /matched.*\n.*Late/);
});

test("cli: a query that cannot be read names its place, not its words", async () => {
  const { code, stderr } = await hearken(["search", "late AND (secret", sample]);
  assert.equal(code, 1);
  assert.match(stderr, /query refused at 9: the closing \) is missing \(E_QUERY\)/);
  assert.doesNotMatch(stderr, /secret/);
  const missing = await hearken(["search"]);
  assert.equal(missing.code, 1);
  assert.match(missing.stderr, /search needs a QUERY/);
});

test("cli: themes as table, json, csv and taxonomy", async () => {
  const rows = Array.from({ length: 6 }, (_, i) => `Late delivery number ${i} and ${["rain", "snow", "sun", "fog", "wind", "hail"][i]}`);
  const file = join(folder, "t.txt");
  await writeFile(file, `${rows.join("\n")}\n`);
  const table = await hearken(["themes", file, "--explained"]);
  assert.equal(table.code, 0, table.stderr);
  assert.match(table.stdout, /late delivery\s+6/);
  const report = JSON.parse((await hearken(["themes", file, "--explained", "--out", "json", "--min", "2", "--max", "1"])).stdout);
  assert.equal(report.themes.length, 1);
  assert.equal(report.themes[0].name, "late delivery");
  assert.match((await hearken(["themes", file, "--explained", "--out", "csv"])).stdout, /^theme,language,rows.*\nlate delivery,en,6,/);
  const taxonomy = JSON.parse((await hearken(["themes", file, "--explained", "--out", "taxonomy"])).stdout);
  assert.equal(taxonomy.topics[0].id, "late_delivery");
  assert.equal((await hearken(["themes", file, "--min", "x"])).code, 1);
  // The general taxonomy has a topic for deliveries, this one does not.
  const names = async (...more) => JSON.parse((await hearken(["themes", file, "--out", "json", ...more])).stdout).themes.map(({ name }) => name);
  assert.ok(!(await names()).includes("late delivery"));
  const own = join(folder, "own.json");
  await writeFile(own, JSON.stringify({ version: 1, id: "own", topics: [{ id: "toys", target: "product", phrases: { en: ["toy*"] } }] }));
  assert.ok((await names("--taxonomy", own)).includes("late delivery"));
});
