// Taxonomies through the package: load, per call, lint, test, the shipped files, the command.

import assert from "node:assert/strict";
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { Engine, HearkenError } from "hearken";
import { asRow, execute, HERE } from "./helpers.js";

const OWN = {
  version: 1,
  id: "own",
  topics: [
    {
      id: "gizmo", target: "product", phrases: { en: ["gizmo*"], ko: ["기즈모"] },
      examples: { match: [{ lang: "en", text: "My gizmo broke" }], miss: [{ lang: "en", text: "The parcel came" }] },
    },
    { id: "gizmo_speed", parent: "gizmo", target: "product", rules: [{ lang: "en", all: ["gizmo*"], any: ["slow", "fast"] }] },
  ],
};
const TEXT = "The gizmo is slow, but the staff were lovely.";

let engine;
let folder;
before(async () => {
  engine = await Engine.load();
  folder = await mkdtemp(join(tmpdir(), "hearken-taxonomy-"));
});
after(async () => {
  engine.free();
  await rm(folder, { recursive: true });
});

test("taxonomy: topics carry their own sentiment and places", () => {
  const { topics } = engine.analyze("The food was great but the waiter was rude.");
  const of = (label) => topics.find((topic) => topic.label === label);
  assert.equal(of("product_quality").sentiment.label, "positive");
  assert.equal(of("staff_attitude").sentiment.label, "negative");
  assert.equal(of("staff_attitude").parent, "staff");
  const text = "😀 배송이 늦어요";
  const [delivery] = engine.analyze(text).topics;
  assert.equal(delivery.label, "delivery");
  assert.ok(text.slice(...delivery.spans[0]).startsWith("배송"));
  assert.deepEqual(engine.analyze(text, { topics: false }).topics, []);
});

test("taxonomy: one of the user's own, per call and at load, gives the same in one text and in a batch", async () => {
  const taxonomy = engine.taxonomy(OWN);
  assert.deepEqual([taxonomy.id, taxonomy.topics.length], ["own", 2]);
  const single = engine.analyze(TEXT, { taxonomy });
  assert.deepEqual(single.topics.map(({ label, parent }) => [label, parent]), [["gizmo_speed", "gizmo"]]);
  const batch = engine.analyzeBatch([TEXT, "nothing here"], { taxonomy });
  assert.deepEqual(batch.row(0), asRow(single));
  assert.deepEqual(batch.row(1).topics, []);
  const loaded = await Engine.load({ taxonomy: JSON.stringify(OWN) });
  assert.deepEqual(loaded.analyze(TEXT), single);
  assert.deepEqual(loaded.topics, taxonomy.topics);
  assert.throws(() => loaded.analyze(TEXT, { taxonomy }), { code: "E_OPTION", field: "taxonomy" });
  loaded.free();
  const message = engine.triage({ text: TEXT }, undefined, { taxonomy });
  assert.deepEqual(message.analysis.topics, single.topics);
  taxonomy.free();
  taxonomy.free();
  assert.throws(() => engine.analyze(TEXT, { taxonomy }), { code: "E_ENGINE_FREED" });
  assert.throws(() => engine.analyze(TEXT, { taxonomy: "general" }), { code: "E_OPTION", field: "taxonomy" });
});

test("taxonomy: faults are typed and name their place", async () => {
  const broken = structuredClone(OWN);
  broken.topics[1].rules[0].near = { terms: ["a b", "c d"], within: 99 };
  assert.throws(() => engine.taxonomy(broken), (error) => {
    assert.ok(error instanceof HearkenError);
    assert.deepEqual([error.code, error.path], ["E_TAXONOMY", "topics[1].rules[0].near.within"]);
    return true;
  });
  assert.throws(() => engine.taxonomy("{"), { code: "E_JSON", line: 1 });
  assert.throws(() => engine.taxonomy(7), { code: "E_TAXONOMY" });
  await assert.rejects(Engine.load({ taxonomy: broken }), { code: "E_TAXONOMY" });
});

test("taxonomy: lint and test tell what is wrong", () => {
  const source = structuredClone(OWN);
  source.topics[0].phrases.en.push("gizmos");
  source.topics[0].examples.match.push({ lang: "en", text: "Something else" });
  const taxonomy = engine.taxonomy(source);
  const tested = taxonomy.test();
  assert.deepEqual([tested.examples, tested.passed], [3, 2]);
  assert.equal(tested.failed[0].path, "topics[0].examples.match[1]");
  const findings = taxonomy.lint().map(({ code, path }) => [code, path]);
  assert.deepEqual(findings[0], ["example_missed", "topics[0].examples.match[1]"]);
  assert.ok(findings.some(([code, path]) => code === "shadowed" && path === "topics[0].phrases.en[1]"));
  taxonomy.free();
});

/** The keywords of JSON Schema that the published schema uses. Gives the first fault, or nothing. */
function fault(schema, value, root, at = "$") {
  const inner = (other, item, place) => fault(other, item, root, place);
  if (schema.$ref) return inner(root.$defs[schema.$ref.split("/").at(-1)], value, at);
  const kind = value === null ? "null" : Array.isArray(value) ? "array" : Number.isInteger(value) ? "integer" : typeof value;
  if (schema.type && schema.type !== kind) return `${at}: ${kind}`;
  if (schema.const !== undefined && schema.const !== value) return `${at}: const`;
  if (schema.enum && !schema.enum.includes(value)) return `${at}: enum`;
  if (schema.anyOf && schema.anyOf.every((one) => inner(one, value, at))) return `${at}: anyOf`;
  if (kind === "string") {
    const length = [...value].length;
    if (length < (schema.minLength ?? 0) || length > (schema.maxLength ?? Infinity)) return `${at}: length`;
    if (schema.pattern && !new RegExp(schema.pattern, "u").test(value)) return `${at}: pattern`;
  }
  if (kind === "integer" && (value < (schema.minimum ?? -Infinity) || value > (schema.maximum ?? Infinity))) return `${at}: range`;
  if (kind === "array") {
    if (value.length < (schema.minItems ?? 0) || value.length > (schema.maxItems ?? Infinity)) return `${at}: items`;
    return value.map((item, i) => schema.items && inner(schema.items, item, `${at}[${i}]`)).find(Boolean);
  }
  if (kind !== "object") return undefined;
  const missing = (schema.required ?? []).find((key) => !(key in value));
  if (missing) return `${at}: no ${missing}`;
  for (const [key, item] of Object.entries(value)) {
    const own = schema.properties?.[key];
    const found = (schema.propertyNames && inner(schema.propertyNames, key, `${at}.${key}`))
      ?? (own ? inner(own, item, `${at}.${key}`)
        : schema.additionalProperties === false ? `${at}.${key}: unknown`
        : schema.additionalProperties && inner(schema.additionalProperties, item, `${at}.${key}`));
    if (found) return found;
  }
  return undefined;
}

test("taxonomy: the shipped files fit the published schema, load and pass their own examples", async () => {
  const shipped = join(HERE, "dist/taxonomy");
  const schema = JSON.parse(await readFile(join(shipped, "taxonomy.schema.json"), "utf8"));
  assert.equal(schema.$schema, "https://json-schema.org/draft/2020-12/schema");
  const names = (await readdir(shipped)).filter((name) => name !== "taxonomy.schema.json");
  assert.ok(names.includes("general.json") && names.length >= 9, names.join());
  for (const name of names) {
    const json = await readFile(join(shipped, name), "utf8");
    assert.equal(fault(schema, JSON.parse(json), schema), undefined, name);
    const taxonomy = engine.taxonomy(json);
    assert.deepEqual(taxonomy.test().failed, [], name);
    assert.deepEqual(taxonomy.lint().filter(({ severity }) => severity === "error"), [], name);
    if (name === "general.json") {
      const text = "Great quality, but delivery was slow and nobody answers the phone";
      assert.deepEqual(engine.analyze(text, { taxonomy }), engine.analyze(text));
    }
    taxonomy.free();
  }
  const broken = structuredClone(OWN);
  broken.topics[0].colour = "red";
  assert.equal(fault(schema, broken, schema), "$.topics[0].colour: unknown");
  assert.equal(fault(schema, OWN, schema), undefined);
});

test("taxonomy: the command lints, tests and counts", async () => {
  const bin = join(HERE, "bin/hearken.js");
  const run = (args) => execute(process.execPath, [bin, ...args]);
  const own = join(folder, "own.json");
  await writeFile(own, JSON.stringify(OWN));
  const data = join(folder, "data.csv");
  await writeFile(data, "comment\nThe gizmo is slow\nMy gizmo broke\nLovely staff\n");
  const lint = await run(["taxonomy", "lint", own]);
  assert.equal(lint.code, 0, lint.stdout + lint.stderr);
  assert.match(lint.stdout, /own\.json: 2 topics, \d+ phrases, \d+ KB in memory; 0 errors/);
  const tested = await run(["taxonomy", "test", own]);
  assert.equal(tested.code, 0);
  assert.match(tested.stdout, /2 of 2 examples passed/);
  const coverage = await run(["taxonomy", "coverage", own, data]);
  assert.equal(coverage.code, 0, coverage.stderr);
  assert.match(coverage.stdout, /2 of 3 meaningful texts have a topic \(66\.7 %\)/);
  assert.match(coverage.stdout, /^gizmo_speed +1 /m);
  const general = await run(["taxonomy", "coverage", data]);
  assert.match(general.stdout, /^general: \d of 3/);
  const analysed = await run(["analyze", data, "--taxonomy", own, "--out", "csv", "--fields", "topics"]);
  assert.match(analysed.stdout, /gizmo_speed=negative/);
  await writeFile(own, "{");
  const broken = await run(["taxonomy", "lint", own]);
  assert.equal(broken.code, 2);
  assert.match(broken.stdout, /E_JSON/);
  assert.equal((await run(["taxonomy", "mend", own])).code, 1);
});
