// The column of a JSON error, against JSON.parse as judge of what is valid.

import assert from "node:assert/strict";
import { test } from "node:test";
import { jsonErrorColumn } from "../dist/cli/json.js";

const CASES = [
  ["", 1], ["{", 2], ["{}}", 3], ["[1,]", 4], ['{"a" 1}', 6], ['{"a":tru}', 6], ['{"a":1,}', 8], ["{a:1}", 2],
  ['"open', 6], ['{"a":"x\ty"}', 8], ['{"a":"\\x"}', 7], ["01", 2], ["[1 2]", 4], ["nul", 1], ["-", 1], ['{"a":[{"b":}]}', 12],
];

for (const [text, column] of CASES) {
  test(`json: ${JSON.stringify(text)} fails at column ${column}`, () => {
    assert.throws(() => JSON.parse(text));
    assert.equal(jsonErrorColumn(text), column);
  });
}

test("json: a valid text is read to its end, however deep", () => {
  const deep = "[".repeat(100_000) + "]".repeat(100_000);
  for (const text of ['{"a":[1,-2.5e3,"x\\u00e9",null,true,{}],"b":{"c":[]}}', " [ ] ", deep]) {
    assert.equal(jsonErrorColumn(text), text.trimEnd().length + 1 + (text.length - text.trimEnd().length));
  }
});
