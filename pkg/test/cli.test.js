// The command as a child process, on real files.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { gzipSync } from "node:zlib";
import { Engine } from "hearken";
import { Insight } from "hearken/insight";
import { CsvParser } from "../dist/cli/csv.js";
import { asRow, execute, HERE } from "./helpers.js";

const BIN = join(HERE, "bin/hearken.js");
let folder;
let engine;
before(async () => {
  folder = await mkdtemp(join(tmpdir(), "hearken-cli-"));
  engine = await Engine.load();
});
after(async () => {
  engine.free();
  await rm(folder, { recursive: true });
});

async function file(name, content) {
  const path = join(folder, name);
  await writeFile(path, content);
  return path;
}

const hearken = (args, options) => execute(process.execPath, [BIN, ...args], options);
const lines = (text) => text.trimEnd().split("\n").map((line) => JSON.parse(line));
function cells(text) {
  const parser = new CsvParser(",");
  return [...parser.push(text), ...parser.end()].map(({ fields }) => fields);
}

const SAMPLE = `id,comment,nps,channel
1,"Great service, thank you!",10,review
2,"Broken again, write to kim@example.com.",1,email
3,"배송이 너무 늦어요",3,Chat
4,"n/a",8,carrier pigeon
`;

test("cli: analyze gives one line per row, in order, with the record and the package's own analysis", async () => {
  const { code, stdout, stderr } = await hearken(["analyze", await file("a.csv", SAMPLE)]);
  assert.equal(code, 0, stderr);
  const rows = lines(stdout);
  assert.deepEqual(rows.map(({ index }) => index), [0, 1, 2, 3]);
  assert.deepEqual(rows[2].record, { id: "3", comment: "배송이 너무 늦어요", nps: "3", channel: "Chat" });
  for (const { record, analysis } of rows) assert.deepEqual(analysis, asRow(engine.analyze(record.comment)));
  assert.match(stderr, /text column "comment" \(guessed/);
  assert.ok(!stderr.includes("\r"), "progress is for terminals");
});

test("cli: gzip, standard input, tsv, jsonl and lines give the same analyses", async () => {
  const texts = ["Great service, thank you!", "배송이 너무 늦어요", "So slow."];
  const expected = texts.map((text) => asRow(engine.analyze(text)));
  const inputs = [
    ["a.csv.gz", gzipSync(`x,text\n${texts.map((text) => `1,"${text}"`).join("\n")}`)],
    ["a.tsv", `x\ttext\n${texts.map((text) => `1\t${text}`).join("\r\n")}`],
    ["a.jsonl", texts.map((text) => JSON.stringify({ text, n: 1 })).join("\n")],
    ["a.txt", texts.join("\n")],
  ];
  for (const [name, content] of inputs) {
    const path = await file(name, content);
    const fromFile = await hearken(["analyze", path]);
    assert.deepEqual(lines(fromFile.stdout).map(({ analysis }) => analysis), expected, `${name}: ${fromFile.stderr}`);
    const fromInput = await hearken(["analyze", "-"], { input: content });
    assert.equal(fromInput.stdout, fromFile.stdout, name);
  }
});

test("cli: csv output keeps the columns, adds flat ones and disarms formulas", async () => {
  const path = await file("f.csv", 'text,note,pii\n"=cmd|x, good",-5,+1\n"@sum great","\ttab",-a\n');
  const { code, stdout } = await hearken(["analyze", path, "--out", "csv"]);
  assert.equal(code, 0);
  const [header, first, second] = cells(stdout);
  assert.deepEqual(header.slice(0, 4), ["text", "note", "pii", "language.code"]);
  assert.ok(header.includes("hearken.pii") && header.includes("sentiment.label") && header.includes("error.code"));
  assert.deepEqual(first.slice(0, 3), ["'=cmd|x, good", "-5", "'+1"]);
  assert.deepEqual(second.slice(0, 3), ["'@sum great", "'\ttab", "'-a"]);
  const analysis = engine.analyze("=cmd|x, good");
  assert.equal(first[header.indexOf("sentiment.label")], analysis.sentiment.label);
  assert.equal(Number(first[header.indexOf("sentiment.score")]), analysis.sentiment.score);
});

test("cli: --fields keeps those fields only, groups too", async () => {
  const path = await file("g.txt", "Great service!\n");
  const json = await hearken(["analyze", path, "--fields", "sentiment.label,language"]);
  const { sentiment, language } = engine.analyze("Great service!");
  assert.deepEqual(lines(json.stdout)[0].analysis, { sentiment: { label: sentiment.label }, language });
  const csv = await hearken(["analyze", path, "--fields", "sentiment.label", "--out=csv"]);
  assert.deepEqual(cells(csv.stdout)[0], ["text", "sentiment.label", "error.code", "error.message", "error.field", "error.line"]);
  const wrong = await hearken(["analyze", path, "--fields", "sentiment.lable"]);
  assert.equal(wrong.code, 1);
  assert.match(wrong.stderr, /Did you mean sentiment\.label\?/);
});

test("cli: redact leaves no personal data in the text column and fails closed", async () => {
  const long = "kim@example.com ".repeat(10_000);
  const path = await file("r.jsonl", [
    { id: 1, msg: { text: "mail kim@example.com" } }, { id: 2, msg: { text: long } }, { id: 3, msg: {} }, { id: 4, msg: { text: "ok" } },
  ].map((row) => JSON.stringify(row)).join("\n") + '\n{"id":5,"msg":{"text":"kim@example.com"');
  const { code, stdout, stderr } = await hearken(["redact", path, "--text", "msg.text"]);
  assert.equal(code, 2);
  assert.ok(!stdout.includes("kim@example.com") && !stderr.includes("kim@"));
  const rows = lines(stdout);
  assert.equal(rows[0].redacted, "mail [EMAIL]");
  assert.deepEqual(rows[0].record, { id: 1, msg: { text: "mail [EMAIL]" } });
  assert.equal(rows[0].pii[0].type, "email");
  assert.deepEqual(rows.map(({ error }) => error?.code), [undefined, "E_TEXT_TOO_LARGE", "E_FIELD", undefined, "E_JSON"]);
  assert.deepEqual(rows[1].record, { id: 2, msg: { text: null } });
  const masked = await hearken(["redact", await file("m.txt", "mail kim@example.com"), "--mode", "mask", "--out", "csv"]);
  assert.equal(cells(masked.stdout)[1][0], engine.redact("mail kim@example.com", { mode: "mask" }).text);
});

test("cli: triage uses rating, channel, hint and the policy given", async () => {
  const rows = lines((await hearken(["triage", await file("t.csv", SAMPLE)])).stdout);
  const expected = engine.triage({ text: rows[1].record.comment, rating: { scale: "nps", value: 1 }, channel: "email" });
  assert.deepEqual(rows[1].decision, expected);
  const policy = { id: "own", version: "2", rules: [{ id: "all", then: { action: "review", queue: "people", priority: 2 } }] };
  const own = await hearken(["triage", await file("t.csv", SAMPLE), "--policy", await file("p.json", JSON.stringify(policy)), "--out", "csv"]);
  assert.equal(own.code, 0, own.stderr);
  const [header, first] = cells(own.stdout);
  assert.deepEqual(["action", "queue", "policy.id"].map((name) => first[header.indexOf(name)]), ["review", "people", "own"]);
  const wrong = await hearken(["triage", await file("t.csv", SAMPLE), "--policy", await file("q.json", '{"id":"x",\n bad}')]);
  assert.equal(wrong.code, 1);
  assert.match(wrong.stderr, /q\.json: .*line 2.*\(E_JSON\)/);
});

test("cli: report is the package's report, in every form", async () => {
  const path = await file("rep.csv", SAMPLE);
  const json = await hearken(["report", path, "--out", "json"]);
  assert.equal(json.code, 0, json.stderr);
  const { failed, labels, summary, score, ...report } = JSON.parse(json.stdout);
  assert.deepEqual(failed, {});
  assert.equal(labels.texts, 4);
  const channels = ["review", "email", "chat", "other"];
  const messages = cells(SAMPLE).slice(1).map(([, text, value], i) => ({ text, channel: channels[i], rating: { scale: "nps", value: Number(value) } }));
  const insight = await Insight.load();
  const rollup = insight.collect(messages, engine);
  assert.deepEqual([report, summary, score], [rollup.report(), rollup.summary(), rollup.score()]);
  assert.match(json.stderr, /rating column "nps" on the scale nps/);
  assert.match(json.stderr, /1 row has a channel that is not known; counted as other/);
  assert.deepEqual(JSON.parse((await hearken(["report", path, "--out", "jsonl"])).stdout), JSON.parse(json.stdout));
  const table = await hearken(["report", path]);
  assert.match(table.stdout, /^Records 4/);
  assert.match(table.stdout, /^nps +-?\d/m);
  assert.match(table.stdout, /By channel/);
  assert.ok(!table.stdout.includes("kim@example.com"));
  const [header, ...figures] = cells((await hearken(["report", path, "--out", "csv"])).stdout);
  assert.equal(header.length, 9);
  assert.ok(figures.some(([section, , metric, value]) => section === "all" && metric === "nps" && Number(value) === report.ratings[0].value));
});

test("cli: bad rows stay in their place, name their line, and the exit code is 2", async () => {
  const bytes = Buffer.concat([Buffer.from('id,text,score\n1,good,5\n2,short\n3,"a"b,5\n4,caf'), Buffer.from([0xe9]), Buffer.from(',5\n5,fine,6\n6,great,x\n7,"never closed,5\n8,nice,\n')]);
  const path = await file("bad.csv", bytes);
  const { code, stdout, stderr } = await hearken(["triage", path, "--rating", "score", "--scale", "stars5"]);
  assert.equal(code, 2);
  const rows = lines(stdout);
  assert.deepEqual(rows.map(({ index }) => index), [0, 1, 2, 3, 4, 5, 6, 7]);
  assert.deepEqual(rows.map(({ error }) => error?.code), [undefined, "E_CSV", "E_CSV", "E_UTF8", "E_FIELD", "E_FIELD", "E_CSV", undefined]);
  assert.deepEqual(rows[4].error, { code: "E_FIELD", message: "field score: must be a whole number from 1 to 5 on the scale stars5", field: "score", line: 6 });
  assert.deepEqual(rows[3].error.line, 5);
  assert.deepEqual(rows[7].decision, engine.triage({ text: "nice" }));
  assert.match(stderr, /6 rows have an error/);
  assert.match(stderr, /and 1 more/);
  const csv = await hearken(["triage", path, "--rating", "score", "--scale", "stars5", "--out", "csv"]);
  assert.equal(cells(csv.stdout).length, 9);
  const report = await hearken(["report", path, "--rating", "score", "--scale", "stars5", "--out", "json"]);
  assert.equal(report.code, 2);
  assert.deepEqual(JSON.parse(report.stdout).failed, { E_CSV: 3, E_UTF8: 1, E_FIELD: 2 });
  assert.equal(JSON.parse(report.stdout).records, 2);
});

test("cli: bad JSON lines, missing and wrong texts", async () => {
  const path = await file("bad.jsonl", '{"text":"fine"}\n{"text":oops}\n{"other":1}\n{"text":7}\n{"text":""}\n');
  const { code, stdout } = await hearken(["analyze", path]);
  assert.equal(code, 2);
  const errors = lines(stdout).map(({ error }) => error);
  assert.deepEqual(errors[1], { code: "E_JSON", message: "not valid JSON at line 2, column 9", line: 2, column: 9 });
  assert.deepEqual(errors[2], { code: "E_FIELD", message: "field text: is missing", field: "text", line: 3 });
  assert.deepEqual(errors[3], { code: "E_FIELD", message: "field text: must be a string, is a number", field: "text", line: 4 });
  assert.equal(lines(stdout)[4].analysis.meaningful, false);
});

test("cli: a text of 10 MB is cut and flagged, its neighbours are not", async () => {
  const large = "It came late, again. ".repeat(500_000);
  const csv = await file("10mb.csv", `text\n"${large}\n"\nfine\n`);
  const jsonl = await file("10mb.jsonl", `${JSON.stringify({ text: `${large}\n` })}\n{"text":"fine"}\n`);
  for (const path of [csv, jsonl]) {
    const { code, stdout, stderr } = await hearken(["analyze", path, "--out", "csv", "--fields", "truncated,sentiment.label"]);
    assert.equal(code, 0, stderr);
    const [, first, second] = cells(stdout).map((row) => row.slice(1, 3));
    assert.deepEqual(first, ["true", engine.analyze(large).sentiment.label]);
    assert.deepEqual(second, ["false", engine.analyze("fine").sentiment.label]);
  }
});

const USAGE = [
  [[], /a command is missing/],
  [["analyse", "x"], /Did you mean analyze\?/],
  [["analyze", "nowhere.csv"], /nowhere\.csv cannot be read \(ENOENT\)/],
  [["report", "IN", "--rating", "nsp", "--scale", "nps"], /no such column\. Did you mean nps\? the columns are id, comment, nps, channel/],
  [["analyze", "IN", "--out", "xml"], /There are jsonl, csv, table/],
  [["triage", "IN", "--policy", "nowhere.json"], /nowhere\.json cannot be read/],
  [["analyze", "IN", "--output", "/nowhere/x"], /cannot be written/],
  [["analyze", "IN", "--output", "IN"], /--output is the input file/],
];

for (const [args, message] of USAGE) {
  test(`cli: "${args.join(" ")}" is wrong usage: exit code 1, nothing on standard output`, async () => {
    const path = await file("usage.csv", SAMPLE);
    const { code, stdout, stderr } = await hearken(args.map((word) => (word === "IN" ? path : word)));
    assert.equal(code, 1, stderr);
    assert.equal(stdout, "");
    assert.match(stderr, message);
  });
}

test("cli: a usage error does not wait for standard input to end", async () => {
  const child = spawn(process.execPath, [BIN, "analyze", "--text", "nothing", "--format", "csv"]);
  child.stdin.on("error", () => {});
  child.stdin.write(`a,b\n${"1,2\n".repeat(30_000)}`);
  const code = await new Promise((resolve) => child.on("close", resolve));
  assert.equal(code, 1);
});

test("cli: help, version and --output", async () => {
  const help = await hearken(["--help"]);
  assert.equal(help.code, 0);
  assert.match(help.stdout, /^Usage: hearken COMMAND/);
  const { version } = JSON.parse(await readFile(join(HERE, "package.json"), "utf8"));
  assert.equal((await hearken(["--version"])).stdout, `${version}\n`);
  const to = join(folder, "out.jsonl");
  const { code, stdout } = await hearken(["analyze", await file("o.txt", "Good.\nBad.\n"), "--output", to]);
  assert.deepEqual([code, stdout], [0, ""]);
  assert.equal(lines(await readFile(to, "utf8")).length, 2);
});

test("cli: a table is for people: clipped, without control characters", async () => {
  const path = await file("table.txt", `\u001b[31mred\u202e ${"김치 ".repeat(200)}\nfine\n`);
  const { stdout } = await hearken(["analyze", path, "--out", "table"]);
  assert.equal(stdout.trimEnd().split("\n").length, 3);
  assert.ok(!/[\u001b\u202e]/.test(stdout));
});

test("cli: a reader that goes away ends it quietly", async () => {
  const path = await file("epipe.txt", "This is a fine day.\n".repeat(50_000));
  const child = spawn(process.execPath, [BIN, "analyze", path]);
  let stderr = "";
  child.stderr.on("data", (piece) => (stderr += piece));
  child.stdout.once("data", () => child.stdout.destroy());
  const code = await new Promise((resolve) => child.on("close", resolve));
  assert.equal(code, 0, stderr);
  assert.equal(stderr, "");
});

test("cli: memory stays constant over a large file", async () => {
  const small = await file("small.csv", `id,text\n${Array.from({ length: 20_000 }, (_, i) => `${i},"Row ${i}: it was late, again. ${"so ".repeat(10)}"`).join("\n")}\n`);
  const body = (await readFile(small, "utf8")).slice("id,text\n".length);
  const large = await file("large.csv", `id,text\n${body.repeat(8)}`);
  // A heap that could not hold the rows of the file: whoever keeps them all runs out of it.
  const run = async (path) => {
    const { code, stdout, stderr } = await execute(process.execPath, ["--max-old-space-size=40", BIN, "analyze", path, "--fields", "sentiment.label"]);
    assert.equal(code, 0, stderr);
    return stdout.split("\n").length - 1;
  };
  assert.equal(await run(large), 160_000);
});
