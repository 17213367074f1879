// The CSV reader: RFC 4180 and what real files do to it, cut at every place.

import assert from "node:assert/strict";
import { test } from "node:test";
import { CsvParser, guessDelimiter, MAX_RECORD } from "../dist/cli/csv.js";

function parse(text, size = text.length || 1, delimiter = ",") {
  const parser = new CsvParser(delimiter);
  const records = [];
  for (let at = 0; at < text.length; at += size) records.push(...parser.push(text.slice(at, at + size)));
  records.push(...parser.end());
  return records;
}

const fields = (text, size) => parse(text, size).map((record) => record.fields);

const CASES = [
  ["plain", "a,b\n1,2\n", [["a", "b"], ["1", "2"]]],
  ["no line end at the end", "a,b\n1,2", [["a", "b"], ["1", "2"]]],
  ["CRLF", "a,b\r\n1,2\r\n", [["a", "b"], ["1", "2"]]],
  ["lone CR", "a,b\r1,2\r", [["a", "b"], ["1", "2"]]],
  ["quotes with delimiter, line ends and doubled quotes", 'a,"b, ""x""\r\ny"\n"",z\n', [["a", 'b, "x"\r\ny'], ["", "z"]]],
  ["empty cells", ",\n,,\n", [["", ""], ["", "", ""]]],
  ["a trailing delimiter", "a,b,\n", [["a", "b", ""]]],
  ["a quote inside a plain field", '5" screen,ok\n', [['5" screen', "ok"]]],
  ["blank lines are no records", "a\n\n\r\nb\n", [["a"], ["b"]]],
  ["an empty quoted field is a record", 'a\n""\n', [["a"], [""]]],
  ["ends inside quotes that close at the very end", 'a,"b"', [["a", "b"]]],
];

for (const [name, text, expected] of CASES) {
  test(`csv: ${name}, in pieces of any size`, () => {
    for (const size of [1, 2, 3, 5, text.length]) assert.deepEqual(fields(text, size), expected, `pieces of ${size}`);
  });
}

test("csv: lines are counted where records start, over quoted line ends", () => {
  for (const size of [1, 4, 99]) {
    const lines = parse('h,i\n"a\nb\r\nc",1\nd,2\n\ne,3', size).map(({ line }) => line);
    assert.deepEqual(lines, [1, 2, 5, 7]);
  }
});

test("csv: a quote that never closes costs one line, not the file", () => {
  for (const size of [1, 7, 1000]) {
    const records = parse('h,i\n1,"open\n2,b\n3,c\n', size);
    assert.deepEqual(records.map(({ line }) => line), [1, 2, 3, 4]);
    assert.equal(records[1].problem, "a quoted field is never closed");
    assert.deepEqual(records[3].fields, ["3", "c"]);
    assert.equal(records[3].problem, undefined);
  }
});

test("csv: a quote open for more than the limit is given up while reading", () => {
  const row = `x,${"y".repeat(1021)}\n`;
  const rows = row.repeat(MAX_RECORD / row.length + 10);
  const parser = new CsvParser(",");
  let count = 0;
  let problems = 0;
  const text = `a,b\n1,"open\n${rows}`;
  for (let at = 0; at < text.length; at += 65_536) {
    for (const record of parser.push(text.slice(at, at + 65_536))) {
      count += 1;
      if (record.problem) problems += 1;
    }
  }
  for (const record of parser.end()) count += record.fields.length > 0 ? 1 : 0;
  assert.equal(problems, 1);
  assert.equal(count, MAX_RECORD / row.length + 12);
});

test("csv: text after a closing quote makes the record a problem", () => {
  const [record, next] = parse('"a"b,c\nd,e\n');
  assert.equal(record.problem, "text follows a closing quote");
  assert.deepEqual(next, { fields: ["d", "e"], line: 2 });
});

test("csv: the delimiter of a header is guessed outside quotes", () => {
  assert.equal(guessDelimiter("a;b;c"), ";");
  assert.equal(guessDelimiter('"a;b;c",d'), ",");
  assert.equal(guessDelimiter("a\tb"), "\t");
  assert.equal(guessDelimiter("text"), ",");
});
