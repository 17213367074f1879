// Broken JSON: the position is right, and the worker refuses exactly what JSON.parse refuses.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { read, start } from "./support.mjs";

let worker;
before(async () => (worker = await start({ probe: true })));
after(() => worker.stop());

test("broken JSON is 400 with line and column", async () => {
  const cases = [
    ["", 1, 1],
    ["   ", 1, 4],
    ["nul", 1, 4],
    ["{", 1, 2],
    ['{"text":"a"', 1, 12],
    ['{"text":"a",}', 1, 13],
    ["{'text':1}", 1, 2],
    ['{"text" "a"}', 1, 9],
    ['{\n  "text": "a",\n  "lang": en\n}', 3, 11],
    ['{"text":"a"}\n{"text":"b"}', 2, 1],
    ['{"text":"new\nline"}', 1, 13],
    ['{"text":"\\x"}', 1, 11],
    ['{"text":"\\u12G4"}', 1, 14],
    ['{"text":"한국어😀" !}', 1, 17],
    ["[1, 2,, 3]", 1, 7],
    ["[01]", 1, 3],
    ["[1.]", 1, 4],
    ["[-]", 1, 3],
    ["[1e+]", 1, 5],
    ["NaN", 1, 1],
    ["]".repeat(50) + "[".repeat(50), 1, 1],
  ];
  for (const [body, line, column] of cases) {
    const { status, value } = await read(await worker.post("/v1/analyze", body));
    assert.equal(status, 400, body);
    assert.deepEqual([value.error.code, value.error.line, value.error.column], ["E_JSON", line, column], JSON.stringify(body));
    assert.equal(value.error.message, `the body is not valid JSON at line ${line}, column ${column}`);
  }
});

test("a body that is not UTF-8 is 400 with line and column", async () => {
  const cases = [
    [Buffer.from([0xff, 0xfe, 0x7b]), 1, 1],
    [Buffer.concat([Buffer.from('{"text":\n"가😀'), Buffer.from([0xc3, 0x28]), Buffer.from('"}')]), 2, 5],
    [Buffer.concat([Buffer.from('\ufeff{"text":"'), Buffer.from([0x80])]), 1, 10],
    [Buffer.concat([Buffer.from('{"text":"'), Buffer.from([0xed, 0xa0, 0x80]), Buffer.from('"}')]), 1, 10],
    [Buffer.concat([Buffer.from('{"text":"\ufffd'), Buffer.from([0xe2, 0x82])]), 1, 11],
  ];
  for (const [body, line, column] of cases) {
    const { status, value } = await read(await worker.post("/v1/triage", body));
    assert.equal(status, 400);
    assert.deepEqual([value.error.code, value.error.line, value.error.column], ["E_JSON", line, column], body.toString("hex"));
  }
});

test("every cut and every changed place is judged as JSON.parse judges it", async () => {
  const sample = ' {"text":"caf\\u00e9 \\"q\\" 😀","n":[-0.5e+3,0,10,true,false,null,{}],"o":{"a":[]}} ';
  const texts = [];
  for (let at = 0; at <= sample.length; at++) {
    texts.push(sample.slice(0, at));
    for (const other of ['"', "\\", "{", "}", "[", "]", ",", ":", "0", "-", ".", "e", "t", " ", "\n", "\u0001", ""]) {
      texts.push(sample.slice(0, at) + other + sample.slice(at + 1));
    }
  }
  const { value } = await read(await worker.post("/probe/json", JSON.stringify(texts)));
  assert.equal(value.length, texts.length);
  let refused = 0;
  for (const [index, text] of texts.entries()) {
    // As the worker receives it: lone surrogates become U+FFFD on the wire.
    const sent = text.toWellFormed();
    let good = true;
    try {
      JSON.parse(sent);
    } catch (error) {
      good = false;
      // Where the engine of this Node says a position, it is the same place.
      const said = /at position (\d+)/.exec(error.message);
      const found = value[index] && sent.split("\n").slice(0, value[index].line - 1).join("\n").length + (value[index].line > 1 ? 1 : 0) + value[index].column - 1;
      if (said && value[index]) assert.equal(found, Number(said[1]), `${JSON.stringify(sent)}: ${error.message}`);
      refused += 1;
    }
    assert.equal(value[index] === null, good, JSON.stringify(sent));
  }
  assert.ok(refused > 500 && refused < texts.length, `${refused} of ${texts.length} refused`);
});
