// Formats, columns and bad rows, as they are read.

import assert from "node:assert/strict";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { gzipSync } from "node:zlib";
import { chooseColumns, replaceAt, valueAt } from "../dist/cli/columns.js";
import { openInput } from "../dist/cli/input.js";

let folder;
before(async () => (folder = await mkdtemp(join(tmpdir(), "hearken-input-"))));
after(() => rm(folder, { recursive: true }));

async function open(name, content, format) {
  const file = join(folder, name);
  await writeFile(file, content);
  return openInput(file, format);
}

async function rowsOf(input) {
  const rows = [];
  for await (const part of input.rows) rows.push(...part);
  return rows;
}

const GUESSES = [
  ["a.csv", "x,text\n1,hi\n", "csv"],
  ["a.CSV.gz", gzipSync("x,text\n1,hi\n"), "csv"],
  ["a.tab", "x\ttext\n1\thi\n", "tsv"],
  ["a.ndjson", '{"text":"hi"}\n', "jsonl"],
  ["noext1", "x;text\n1;hi\n", "csv"],
  ["noext2", "x\ttext\n1\thi\n", "tsv"],
  ["noext3", '\n{"text":"hi"}\n', "jsonl"],
  ["noext4", "Great, thanks a lot.\nToo slow, too dear.\n", "lines"],
  ["noext5", "one line", "lines"],
  ["noext6", gzipSync('{"text":"hi"}\n'), "jsonl"],
];

for (const [name, content, format] of GUESSES) {
  test(`input: ${name} is ${format}`, async () => {
    const input = await open(name, content);
    assert.equal(input.format, format);
    assert.equal(input.notes.some((note) => note.startsWith("format")), name.startsWith("noext"));
    assert.ok((await rowsOf(input)).length >= 1);
  });
}

test("input: a header keeps every column apart", async () => {
  const input = await open("header.csv", "\ufeff text ,a,a,,__proto__\n1,2,3,4,5\n");
  assert.deepEqual(input.columns, ["text", "a", "a_2", "column_4", "__proto__"]);
  const [row] = await rowsOf(input);
  assert.deepEqual(Object.entries(row.record), [["text", "1"], ["a", "2"], ["a_2", "3"], ["column_4", "4"], ["__proto__", "5"]]);
});

test("input: bad CSV rows keep their place, their line and what they have", async () => {
  const bytes = Buffer.concat([Buffer.from('id,text\n1,ok\n2\n3,a,b\n4,"x"y\n5,caf'), Buffer.from([0xe9]), Buffer.from('\n6,"open\n7,fine\n')]);
  const rows = await rowsOf(await open("bad.csv", bytes));
  assert.deepEqual(rows.map(({ index }) => index), [0, 1, 2, 3, 4, 5, 6]);
  assert.deepEqual(rows.map(({ error }) => error?.code), [undefined, "E_CSV", "E_CSV", "E_CSV", "E_UTF8", "E_CSV", undefined]);
  assert.deepEqual(rows.map(({ line }) => line), [2, 3, 4, 5, 6, 7, 8]);
  assert.equal(rows[1].error.message, "the row has 1 cells, the header 2");
  assert.deepEqual(rows[4].error, { code: "E_UTF8", message: "field text: holds bytes that are not UTF-8", field: "text", line: 6 });
  assert.equal(rows[4].record.text, "caf\ufffd");
});

test("input: bad JSON lines say line and column and never the text", async () => {
  const content = '{"text":"a"}\n\n{"text":secret}\n[1]\n"just text"\n12\n{"text":"b"}';
  const rows = await rowsOf(await open("bad.jsonl", content));
  assert.deepEqual(rows.map(({ line }) => line), [1, 3, 4, 5, 6, 7]);
  assert.deepEqual(rows[1].error, { code: "E_JSON", message: "not valid JSON at line 3, column 9", line: 3, column: 9 });
  assert.equal(rows[2].error.code, "E_JSON");
  assert.deepEqual(rows[3].record, { text: "just text" });
  assert.equal(rows[5].error, undefined);
});

test("input: plain lines keep blank ones", async () => {
  const rows = await rowsOf(await open("plain.txt", "a\r\n\nb"));
  assert.deepEqual(rows.map(({ record }) => record.text), ["a", "", "b"]);
});

test("input: what cannot be opened is a usage error", async () => {
  await assert.rejects(openInput(join(folder, "nowhere.csv"), undefined), { message: /nowhere\.csv cannot be read \(ENOENT\)/ });
  await assert.rejects(openInput(folder, undefined), { message: /is a folder/ });
  await assert.rejects(open("empty.csv", ""), { message: /the input is empty/ });
  await assert.rejects(open("array.jsonl", '[{"text":"a"}]'), { message: /one object per line/ });
  await assert.rejects(open("cut.csv.gz", gzipSync("x,text\n".repeat(100_000)).subarray(0, 90)).then(rowsOf), { message: /not a whole gzip file/ });
});

const NAMES = [
  ["id,Comment,date", "Comment"], ["id,review_text", "review_text"], ["Nr,Kommentar", "Kommentar"], ["n,Commentaire", "Commentaire"],
  ["n,COMENTARIO", "COMENTARIO"], ["nr,treść", "treść"], ["番号,コメント", "コメント"], ["번호,의견", "의견"], ["anything", "anything"],
];

for (const [header, expected] of NAMES) {
  test(`columns: the text of "${header}" is ${expected}`, async () => {
    const input = await open("names.csv", `${header}\n${header}\n`);
    assert.equal(chooseColumns({ command: "analyze" }, input).text, expected);
    assert.equal(input.notes.some((note) => note.startsWith("text column")), header.includes(","));
  });
}

test("columns: a missing column lists those there are and the closest", async () => {
  const input = await open("missing.csv", "id,body,score\n1,a,2\n");
  assert.throws(() => chooseColumns({ command: "analyze", text: "bdy" }, input), {
    message: "--text bdy: there is no such column. Did you mean body? the columns are id, body, score.",
  });
  assert.throws(() => chooseColumns({ command: "report", rating: "score" }, input), { message: /needs --scale: one of nps/ });
  assert.throws(() => chooseColumns({ command: "report", scale: "ces7" }, input), { message: /--scale ces7 needs --rating COLUMN/ });
  const unknown = await open("unknown.csv", "a,b\n1,2\n");
  assert.throws(() => chooseColumns({ command: "analyze" }, unknown), { message: /Say --text COLUMN; the columns are a, b/ });
});

test("columns: a question column is guessed where none is given, and is never the text", async () => {
  const input = await open("asked.csv", "Question,comment\nWhy?,a\n");
  assert.equal(chooseColumns({ command: "analyze" }, input).question, "Question");
  assert.ok(input.notes.includes('question column "Question" (guessed; --question-column says otherwise)'));
  assert.equal(chooseColumns({ command: "analyze", question: "How was it?" }, input).question, undefined);
  assert.equal(chooseColumns({ command: "redact" }, input).question, undefined);
  assert.equal(chooseColumns({ command: "report", questionColumn: "comment" }, input).question, "comment");
  assert.equal(chooseColumns({ command: "analyze" }, await open("only.csv", "question\na\n")).question, undefined);
  assert.throws(() => chooseColumns({ command: "analyze", questionColumn: "qustion" }, input), {
    message: "--question-column qustion: there is no such column. Did you mean Question? the columns are Question, comment.",
  });
});

test("columns: dots lead into nested objects, own keys come first", () => {
  const record = { a: { b: "x", c: 1 }, "a.b": "own" };
  assert.equal(valueAt(record, "a.b"), "own");
  assert.equal(valueAt(record, "a.c"), 1);
  assert.equal(valueAt(record, "a.b.c"), undefined);
  assert.equal(valueAt(record, "constructor.name"), undefined);
  assert.deepEqual(replaceAt({ a: { b: "x", c: 1 } }, "a.b", null), { a: { b: null, c: 1 } });
});
