// What README.md says of its first example is what the engine answers.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { Engine } from "hearken";
import { HERE } from "./helpers.js";

test("readme: the example gives what its comments say", async () => {
  const readme = await readFile(join(HERE, "README.md"), "utf8");
  const [, text] = /engine\.analyze\("([^"]+)"\)/.exec(readme);
  const said = (call) => {
    const line = readme.split("\n").find((line) => line.startsWith(`${call};`));
    assert.ok(line, `the example has no line ${call}`);
    return line.slice(line.indexOf("//") + 2).trim();
  };
  const engine = await Engine.load();
  const result = engine.analyze(text);
  assert.equal(said("result.sentiment.label"), JSON.stringify(result.sentiment.label));
  assert.equal(said("result.language.code"), JSON.stringify(result.language.code));
  const [{ type, span, certainty, validated }] = result.pii;
  assert.equal(said("result.pii[0]"), `{ type: "${type}", span: [${span.join(", ")}], certainty: ${certainty}, validated: ${validated} }`);
  assert.equal(said("result.acts"), `[${result.acts.map((act) => JSON.stringify(act)).join(", ")}]`);
  assert.equal(said("result.intent.label"), JSON.stringify(result.intent.label));
  assert.equal(said("result.disposition"), JSON.stringify(result.disposition));
  assert.equal(said('engine.redact("Mail kim@example.com").text'), JSON.stringify(engine.redact("Mail kim@example.com").text));
  for (const [, answer, question, acts] of readme.matchAll(/engine\.analyze\("([^"]+)", \{ question: "([^"]+)" \}\)\.acts; +\/\/ (.*)/g)) {
    assert.deepEqual(engine.analyze(answer, { question }).acts, JSON.parse(acts), question);
  }
  const [, turns] = /engine\.analyzeConversation\((\[[^]*?\])\)/.exec(readme);
  const written = JSON.parse(turns.replace(/(\w+): "/g, '"$1": "').replace(/,\s*\]/, "]"));
  assert.deepEqual(engine.analyzeConversation(written).customer.emotions, []);
  engine.free();
});
