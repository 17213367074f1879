// The command line: usage errors name what is valid and what is closest.

import assert from "node:assert/strict";
import { test } from "node:test";
import { closest, parseArgs } from "../dist/cli/args.js";

test("args: a full line is understood", () => {
  const args = parseArgs(["report", "in.csv.gz", "--rating", "score", "--scale=nps", "--out", "json", "--text=body"]);
  assert.deepEqual(args, { command: "report", file: "in.csv.gz", mode: "label", out: "json", scale: "nps", text: "body", rating: "score" });
  assert.equal(parseArgs(["analyze"]).file, "-");
  assert.equal(parseArgs(["analyze", "x", "--help"]), "help");
  assert.equal(parseArgs(["--version"]), "version");
});

const WRONG = [
  [[], /a command is missing; there are analyze, redact, triage, report/],
  [["analyse"], /analyse is not known\. Did you mean analyze\?/],
  [["analyze", "--fromat", "csv"], /--fromat is not known\. Did you mean --format\?/],
  [["analyze", "--format", "cvs"], /--format cvs is not known\. Did you mean csv\?/],
  [["report", "--scale", "csat"], /csat is not known\..* There are nps, csat5, csat7, ces7, stars5/],
  [["analyze", "--out", "json"], /There are jsonl, csv, table/],
  [["analyze", "--policy", "p.json"], /--policy is for triage, not for analyze/],
  [["analyze", "a", "b"], /only one FILE/],
  [["analyze", "--text"], /--text needs a value/],
  [["analyze", "--text", "a", "--text", "b"], /--text is given twice/],
];

for (const [argv, message] of WRONG) {
  test(`args: ${argv.join(" ") || "nothing"} is refused`, () => assert.throws(() => parseArgs(argv), { message }));
}

test("args: one set of input options serves every command", () => {
  for (const command of ["analyze", "redact", "triage", "report"]) {
    const { rating, scale } = parseArgs([command, "in.csv", "--rating", "score", "--scale", "nps"]);
    assert.deepEqual([rating, scale], ["score", "nps"], command);
  }
});

test("args: search takes a query before the file, themes their limits", () => {
  const args = parseArgs(["search", "late NOT refund", "a.csv", "--date", "sent"]);
  assert.deepEqual([args.query, args.file, args.date, args.out], ["late NOT refund", "a.csv", "sent", "jsonl"]);
  assert.equal(parseArgs(["search", "late"]).file, "-");
  const themes = parseArgs(["themes", "a.csv", "--min", "5", "--max=9", "--out", "taxonomy"]);
  assert.deepEqual([themes.min, themes.max, themes.out], [5, 9, "taxonomy"]);
  assert.equal(parseArgs(["themes"]).out, "table");
  assert.equal(parseArgs(["themes", "--explained", "a.csv"]).explained, true);
  assert.equal(parseArgs(["themes", "--taxonomy", "t.json"]).taxonomy, "t.json");
  assert.throws(() => parseArgs(["search", "a", "--explained"]), { message: /--explained is for themes/ });
  assert.throws(() => parseArgs(["themes", "--explained=yes"]), { message: /takes no value/ });
  assert.throws(() => parseArgs(["search"]), { message: /needs a QUERY/ });
  assert.throws(() => parseArgs(["search", "a", "b", "c"]), { message: /only one FILE/ });
  assert.throws(() => parseArgs(["report", "--out", "taxonomy"]), { message: /taxonomy is not known/ });
  assert.throws(() => parseArgs(["analyze", "--min", "3"]), { message: /--min is for themes/ });
});

test("args: a question for all rows, or a column of questions", () => {
  const args = parseArgs(["report", "--question", "What could be better?", "--question-column=asked"]);
  assert.deepEqual([args.question, args.questionColumn], ["What could be better?", "asked"]);
  assert.throws(() => parseArgs(["redact", "--question", "x"]), { message: /--question is for analyze and triage and report and search and themes, not for redact/ });
});

test("args: nothing close, no suggestion", () => {
  assert.equal(closest("zzzzzz", ["csv", "tsv"]), undefined);
  assert.equal(closest("Txt", ["text", "rating"]), "text");
});
