// The command: a report by columns of one's own, by customer and by time, and as a document.

import assert from "node:assert/strict";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { CsvParser } from "../dist/cli/csv.js";
import { execute, HERE } from "./helpers.js";

const BIN = join(HERE, "bin/hearken.js");
const SURVEY = [
  "comment,nps,Store Name,매장,sent,who,topic asked",
  ...Array.from({ length: 12 }, (_, i) => `"The staff were lovely, thank you ${i}",10,North,강남,2026-03-0${1 + (i % 2)}T10:00:00Z,c${i},staff`),
  ...Array.from({ length: 12 }, (_, i) => `"The delivery was late and the box was broken ${i}",1,South,부산,2026-04-01T10:00:00Z,c${i % 2},delivery`),
  "No date here,7,<b>East</b>,,,,",
].join("\n");
let folder;
let path;
before(async () => {
  folder = await mkdtemp(join(tmpdir(), "hearken-report-"));
  path = join(folder, "survey.csv");
  await writeFile(path, SURVEY);
});
after(() => rm(folder, { recursive: true }));

async function report(...args) {
  const { code, stdout, stderr } = await execute(process.execPath, [BIN, "report", path, ...args]);
  assert.equal(code, 0, stderr);
  return stdout;
}

test("cli report: own columns, people and periods are in the summary", async () => {
  const by = ["--by", "Store Name,매장", "--date", "sent", "--every", "month", "--customer", "who", "--question-column", "topic asked"];
  const { summary, score, records, labels } = JSON.parse(await report(...by, "--out", "json"));
  const dimension = (name) => summary.dimensions.find((one) => one.name === name)?.segments;
  const counts = (name) => dimension(name).map(({ key, n }) => [key, n]);
  assert.deepEqual([records, labels.texts, summary.undated], [25, 25, 1]);
  assert.deepEqual(counts("key:store-name"), [["North", 12], ["South", 12], ["<b>East</b>", 1]]);
  assert.deepEqual(counts("key:column-2").sort(), [["강남", 12], ["부산", 12]].sort());
  assert.deepEqual(counts("month UTC"), [["2026-03", 12], ["2026-04", 12]]);
  assert.deepEqual(counts("question"), [["delivery", 12], ["staff", 12]]);
  assert.equal(summary.people.distinct, 12);
  // Two people wrote all of South: their figures stay back.
  assert.deepEqual(dimension("key:store-name").map(({ withheld }) => withheld), [false, true, true]);
  assert.ok(score.value > 0 && score.missing.includes("acting"));
  assert.ok(dimension("topic").length > 0);
});

test("cli report: table and csv have the segments, and what is kept back is said", async () => {
  const table = await report("--by", "Store Name", "--date", "sent", "--customer", "who");
  assert.match(table, /By key:store-name +n\n/);
  assert.match(table, /North +12 +nps 100/);
  assert.match(table, /South +12 +withheld: too few people/);
  assert.match(table, /By week UTC/);
  assert.match(table, /^cx_score +\d/m);
  assert.match(table, /^Answers nps: 0: 0, 1: 12, .*, 7: 1, 8: 0, 9: 0, 10: 12$/m);
  assert.doesNotMatch(table, /without a zone/);
  const parser = new CsvParser(",");
  const rows = [...parser.push(await report("--by", "Store Name", "--out", "csv")), ...parser.end()].map(({ fields }) => fields);
  assert.ok(rows.every(({ length }) => length === 9));
  assert.ok(rows.some(([section, key, metric, value]) => section === "key:store-name" && key === "South" && metric === "nps" && value === "-100"));
});

test("cli report: a document for a reader, with nothing of the input as markup", async () => {
  const html = await report("--by", "Store Name", "--out", "html", "--reader", "ko");
  assert.match(html, /<html lang="ko"/);
  assert.ok(html.includes("&lt;b&gt;East") && !html.includes("<b>East"));
  assert.match(await report("--out", "markdown"), /^# /);
});

test("cli report: wrong options name what is valid", async () => {
  for (const [args, message] of [
    [["--by", "Shop"], /--by Shop: there is no such column/],
    [["--every", "month"], /--every needs --date COLUMN/],
    [["--date", "sent", "--every", "year"], /There are hour, day, week, month/],
    [["--customer", "nobody"], /--customer nobody: there is no such column/],
    [["--out", "html", "--reader", "it"], /There are en, ko, ja, pl, de, es, fr/],
  ]) {
    const { code, stderr } = await execute(process.execPath, [BIN, "report", path, ...args]);
    assert.equal(code, 1);
    assert.match(stderr, message);
  }
});

test("cli report: a date that is none is an error of its row", async () => {
  const odd = join(folder, "odd.csv");
  await writeFile(odd, "comment,sent\nFine,2026-03-01\nFine,last week\n");
  const { code, stdout, stderr } = await execute(process.execPath, [BIN, "report", odd, "--date", "sent", "--out", "json"]);
  assert.equal(code, 2);
  assert.match(stderr, /line 3: field sentAt: must be ISO 8601/);
  assert.deepEqual([JSON.parse(stdout).records, JSON.parse(stdout).failed], [1, { E_FIELD: 1 }]);
});
