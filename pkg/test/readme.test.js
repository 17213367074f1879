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
  assert.equal(said('engine.redact("Mail kim@example.com").text'), JSON.stringify(engine.redact("Mail kim@example.com").text));
  engine.free();
});
