// The modules that page and worker share: parsing, guessing, values, writing.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { test } from "node:test";
import { runnerImport } from "vite";
import { Engine } from "hearken";
import { parseHeaders } from "./server.mjs";

const load = async (name) => (await runnerImport(fileURLToPath(new URL(`../src/shared/${name}.ts`, import.meta.url)))).module;
const { DelimitedParser } = await load("delimited");
const { LineSplitter } = await load("lines");
const { guessFormat, guessHeader } = await load("format");
const { guessChoice, scaleOf } = await load("guess");
const { readRating, readDay, dayOrder, readChannel, readLanguage } = await load("values");
const { csvCell, csvLine } = await load("csv-write");
const { Problem, countProblems } = await load("problems");
const { HEADER_POLICY } = await load("csp");
const labels = await load("labels");
const { BIT_FACETS, facetBits, facetName, labelsOf } = await load("facets");
const { partsOf, toShown } = (await runnerImport(fileURLToPath(new URL("../src/worker/masking.ts", import.meta.url)))).module;
const { markedOf } = (await runnerImport(fileURLToPath(new URL("../src/page/comment.ts", import.meta.url)))).module;
const { toHtml } = (await runnerImport(fileURLToPath(new URL("../model-card.ts", import.meta.url)))).module;

/** Rows, problems and blank lines of a text given in pieces of `size`. */
function parse(text, delimiter = ",", size = text.length || 1) {
  const rows = [];
  const problems = [];
  const parser = new DelimitedParser(delimiter, (cells, bits) => {
    rows.push(cells);
    problems.push(bits);
  });
  for (let at = 0; at < text.length; at += size) parser.push(text.slice(at, at + size));
  parser.end();
  return { rows, problems, blank: parser.blankLines };
}

test("a quoted cell keeps delimiters, line ends and doubled quotes", () => {
  assert.deepEqual(parse('a,"b,""c""\r\nd",e\r\n').rows, [["a", 'b,"c"\r\nd', "e"]]);
});

test("LF, CRLF and CR end rows, and the last row needs no line end", () => {
  assert.deepEqual(parse("a,b\nc,d\r\ne,f\rg,h").rows, [["a", "b"], ["c", "d"], ["e", "f"], ["g", "h"]]);
});

test("empty cells are cells and blank lines are counted", () => {
  const { rows, blank } = parse('a,\n,\n\n""\n,b');
  assert.deepEqual(rows, [["a", ""], ["", ""], [""], ["", "b"]]);
  assert.equal(blank, 1);
});

test("what the RFC forbids is kept and marked", () => {
  const late = parse('"a"b,c\nd,e');
  assert.deepEqual(late.rows, [["ab", "c"], ["d", "e"]]);
  assert.deepEqual(late.problems, [Problem.TextAfterQuote, 0]);
  const open = parse('a,b\nc,"d\ne,f');
  assert.deepEqual(open.rows, [["a", "b"], ["c", "d\ne,f"]]);
  assert.deepEqual(open.problems, [0, Problem.UnclosedQuote]);
  assert.deepEqual(parse('5" screen,ok').rows, [['5" screen', "ok"]]);
});

test("where a piece ends does not matter", () => {
  const text = 'id,"te\r\nxt"\r\n1,"a ""b"" c"\r\r\n\n2,"x"y,z\r3,😀é\n"un';
  const whole = parse(text);
  for (let size = 1; size < text.length; size++) assert.deepEqual(parse(text, ",", size), whole, `pieces of ${size}`);
  const lines = (size) => {
    const found = [];
    const splitter = new LineSplitter((line) => found.push(line));
    for (let at = 0; at < text.length; at += size) splitter.push(text.slice(at, at + size));
    splitter.end();
    return [found, splitter.blankLines];
  };
  for (let size = 1; size < text.length; size++) assert.deepEqual(lines(size), lines(text.length));
});

test("what csvLine writes, the parser reads back", () => {
  const cells = ["plain", "a,b", 'say "hi"', "two\nlines", " padded ", "", "김치 😀", "tab\there"];
  assert.deepEqual(parse(csvLine(cells)).rows, [cells]);
});

test("cells that a spreadsheet could run get an apostrophe", () => {
  for (const cell of ["=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\rx"]) {
    assert.deepEqual(parse(`${csvCell(cell)}\n`).rows, [[`'${cell}`]]);
  }
  assert.equal(csvLine([-0.5, "a-b"]), "-0.5,a-b\r\n");
});

test("formats are told by name, then by content", () => {
  assert.equal(guessFormat("a.tsv", "x"), "tsv");
  assert.equal(guessFormat("a.ndjson.gz", ""), "jsonl");
  assert.equal(guessFormat("", '{"text":"hi"}\n{"text":"ho"}\n'), "jsonl");
  assert.equal(guessFormat("", "id;text\n1;a, b\n2;c\n3;d\n"), "semicolon");
  assert.equal(guessFormat("", "id\ttext\n1\ta\n2\tb\n"), "tsv");
  assert.equal(guessFormat("", "Good, but slow\nI like it\nNo, never, not again\n"), "lines");
  assert.equal(guessFormat("a.csv", "comment\nfine\n"), "csv");
});

test("a header is names, not data", () => {
  assert.equal(guessHeader(["id", "comment"], ["1", "fine"]), true);
  assert.equal(guessHeader(["1", "fine"], ["2", "bad"]), false);
  assert.equal(guessHeader(["It was great."], ["It was bad."]), false);
  assert.equal(guessHeader(["comment"], ["It was a very long wait"]), true);
});

test("columns are guessed in seven languages", () => {
  const row = ["7", "2025-03-01", "survey", "en", "9", "The delivery was late and nobody answered"];
  const other = ["8", "2025-03-02", "chat", "de", "3", "Alles bestens, gerne wieder"];
  for (const header of [
    ["id", "date", "channel", "language", "nps", "comment"],
    ["번호", "작성일", "채널", "언어", "추천", "의견"],
    ["番号", "日付", "チャネル", "言語", "推奨度", "ご意見"],
    ["nr", "data", "kanał", "język", "ocena", "komentarz"],
    ["nr", "datum", "kanal", "sprache", "bewertung", "kommentar"],
    ["nr", "fecha", "canal", "idioma", "puntuación", "comentario"],
    ["nr", "date", "canal", "langue", "note", "commentaire"],
  ]) {
    const { text, rating, scale, channel, language, date } = guessChoice(header, [row, other]);
    assert.deepEqual({ text, rating, scale, channel, language, date }, { text: 5, rating: 4, scale: "nps", channel: 2, language: 3, date: 1 }, header.join());
  }
});

test("a header named __proto__ is a column like any other", () => {
  assert.equal(guessChoice(["__proto__", "constructor"], [["1", "a comment of some words"]]).text, 1);
});

test("scales follow name and answers", () => {
  assert.equal(scaleOf("stars", ["5", "4", "1"]), "stars5");
  assert.equal(scaleOf("csat", ["5", "4", "1"]), "csat5");
  assert.equal(scaleOf("satisfaction", ["7", "4"]), "csat7");
  assert.equal(scaleOf("CES effort", ["7", "4"]), "ces7");
  assert.equal(scaleOf("score", ["0", "4"]), "nps");
});

test("ratings are whole numbers on their scale", () => {
  assert.equal(readRating("9", "nps"), 9);
  assert.equal(readRating("0", "nps"), 0);
  assert.equal(readRating("4.0", "stars5"), 4);
  assert.equal(readRating("4/5", "stars5"), 4);
  assert.equal(readRating("★★★☆☆", "stars5"), 3);
  assert.equal(readRating("９", "nps"), 9);
  assert.equal(readRating(" ", "nps"), undefined);
  for (const cell of ["11", "-1", "3.5", "good"]) assert.equal(readRating(cell, "nps"), null, cell);
  assert.equal(readRating("0", "stars5"), null);
});

test("days are read without a time zone", () => {
  const day = Date.UTC(2025, 0, 31) / 86_400_000;
  for (const cell of ["2025-01-31", "2025-01-31T23:59:00-08:00", "2025/1/31", "2025.01.31", "2025年1月31日", "2025년 1월 31일", "31.1.2025", "31/01/2025", "1738281600", "1738281600000"]) {
    assert.equal(readDay(cell, "day_first"), day, cell);
  }
  assert.equal(readDay("2025-02-30", undefined), undefined);
  assert.equal(readDay("03/04/2025", undefined), undefined);
  assert.equal(dayOrder(["03/04/2025", "13/04/2025"]), "day_first");
  assert.equal(dayOrder(["03/04/2025", "04/13/2025"]), "month_first");
});

test("channels and language tags", () => {
  assert.equal(readChannel("Web form"), "web_form");
  assert.equal(readChannel("e-mail"), "email");
  assert.equal(readChannel("Shop 12"), undefined);
  assert.equal(readLanguage("pt_BR"), "pt-BR");
  assert.equal(readLanguage("English please"), undefined);
});

test("problems are counted by kind", () => {
  assert.deepEqual(countProblems([0, 1, 1 | 32]), [["Fewer cells than the header", 2], ["Characters that could not be decoded", 1]]);
});

test("the headers file carries the policy of the code on every file", async () => {
  const rules = parseHeaders(await readFile(new URL("../public/_headers", import.meta.url), "utf8"));
  assert.deepEqual(rules.get("/*").find(([name]) => name === "Content-Security-Policy"), ["Content-Security-Policy", HEADER_POLICY]);
});

test("every label of the engine has a name, and no name stands for two of a kind", async () => {
  const engine = await Engine.load();
  const { info } = engine;
  engine.free();
  const { SENTIMENT, EMOTION, ACT, INTENT, SAFETY, STATE, PII, DISPOSITION } = labels;
  const lists = [[SENTIMENT, info.sentiment], [EMOTION, info.emotions], [ACT, info.acts], [INTENT, info.intents], [SAFETY, info.safety], [STATE, info.states], [PII, info.piiTypes], [DISPOSITION, info.dispositions]];
  for (const [names, slugs] of lists) {
    assert.deepEqual(Object.keys(names), [...slugs]);
    const texts = Object.values(names).map((name) => name.name ?? name);
    assert.ok(texts.every((name) => /^[A-Z]/.test(name) && !name.includes("_")), texts.join());
    assert.equal(new Set(texts).size, texts.length);
  }
  for (const { meaning } of Object.values(DISPOSITION)) assert.match(meaning, /^[A-Z][^.]*\.$/, "one sentence");
  assert.ok(info.intents.length <= 32 && info.safety.length + 3 <= 16, "labels of a facet are bits of one number");
});

test("the labels of a row are bits, one set a facet", () => {
  const columns = { disposition: Uint8Array.of(2), intent: Uint8Array.of(19), acts: Uint8Array.of(0b10010), emotions: Uint16Array.of(1 << 10), marks: Uint16Array.of(1 << 7) };
  const bits = Object.fromEntries(BIT_FACETS.map((facet) => [facet, facetBits(columns, facet, 0)]));
  assert.deepEqual(bits, { disposition: 4, intent: 1 << 19, act: 18, emotion: 1024, mark: 128 });
  assert.deepEqual(labelsOf(["a", "b", "c", "d", "e"], 18), ["b", "e"]);
  assert.equal(facetName("disposition", "fix_in_aggregate"), "Fix for everyone");
  assert.equal(facetName("mark", "irony"), "Irony");
});

test("evidence moves with masked text, keeps its sum and does not tell how a value is made up", () => {
  const text = "Mail jane@example.com now, or 555-0142, or never";
  const places = [{ start: 5, end: 21, type: 0 }, { start: 30, end: 38, type: 1 }];
  const types = ["email", "phone"];
  const push = (start, end, weight) => ({ start, end, weight });
  const pushes = [push(0, 4, 1), push(5, 9, 0.5), push(10, 21, 0.25), push(22, 25, -1), push(27, 33, 2), push(34, 38, -0.5), push(43, 48, 4)];
  const shown = partsOf(text, places, types, true).map((part) => part.text).join("");
  assert.equal(shown, "Mail [EMAIL] now, or [PHONE], or never");
  const masked = toShown(pushes, places, types, true, text.length);
  assert.deepEqual(masked.shown.map(({ start, end, weight }) => [shown.slice(start, end), weight]), [
    ["Mail", 1], ["[EMAIL]", 0.75], ["now", -1], ["or [PHONE]", 1.5], ["never", 4],
  ]);
  const open = toShown(pushes, places, types, false, text.length);
  assert.deepEqual(open.shown, pushes);
  const cut = toShown(pushes, places, types, true, 24);
  assert.deepEqual(cut.shown.map(({ start, end }) => shown.slice(start, end)), ["Mail", "[EMAIL]", "no"]);
  assert.equal(cut.beyond.length, 3);
  const sum = (list) => list.reduce((total, { weight }) => total + weight, 0);
  assert.equal(sum(cut.shown) + sum(cut.beyond), sum(pushes));
});

test("places are marked by their share of the strongest", () => {
  const marked = markedOf([0.05, 0.1, -0.3, -1, 0.6, 0].map((weight, at) => ({ start: at, end: at + 1, weight })));
  assert.deepEqual(marked.map(({ weight, level }) => [weight, level]), [[0.1, 1], [-0.3, 2], [-1, 3], [0.6, 3]]);
  assert.deepEqual(markedOf([{ start: 0, end: 1, weight: 0 }]), []);
});

test("the model card becomes a page, and its text never markup", () => {
  assert.equal(toHtml("# A *b*\n\none\ntwo `<i>`\n\n- x\n  y\n- **z**\n"), "<h1>A <em>b</em></h1>\n<p>one two <code>&lt;i&gt;</code></p>\n<ul><li>x y</li><li><strong>z</strong></li></ul>");
  assert.match(toHtml("| a | n |\n|---|--:|\n| <b> | 1 |"), /<thead><tr><th>a<\/th><th class="number">n<\/th><\/tr><\/thead><tbody><tr><td>&lt;b&gt;<\/td><td class="number">1<\/td>/);
  assert.equal(toHtml("[in](../x.md) and [out](https://example.com/a)"), '<p>in and <a href="https://example.com/a" rel="noopener">out</a></p>');
  assert.equal(toHtml("[x](javascript:alert)"), "<p>x</p>");
  assert.equal(toHtml("```\n<a|b>\n```"), '<pre tabindex="0">&lt;a|b&gt;</pre>');
  assert.equal(toHtml("keep snake_case_words and 2 * 3 * 4"), "<p>keep snake_case_words and 2 * 3 * 4</p>");
});
