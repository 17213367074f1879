// Replies from the package: drafts, the check before they go out, which work, who may send them.

import assert from "node:assert/strict";
import { readFile, readdir } from "node:fs/promises";
import { createRequire } from "node:module";
import { after, before, test } from "node:test";
import { Engine } from "hearken";
import { Insight } from "hearken/insight";

const require = createRequire(import.meta.url);
let engine, insight, replies;
before(async () => {
  [engine, insight] = await Promise.all([Engine.load(), Insight.load()]);
  replies = insight.replies(...["en", "ko", "ja"].map((language) => require(`hearken/replies/${language}.json`)));
});
after(() => {
  engine?.free();
  insight?.free();
});

test("replies: a draft lists what is missing and goes alone only when nothing is", () => {
  const wanted = { action: "resolve", intent: "delivery_problem", language: "ko", mode: "automate" };
  const draft = replies.draft(wanted);
  assert.deepEqual([draft.template, draft.missing, draft.automatic], ["ko.resolve.delivery", ["order"], false]);
  assert.equal(replies.draft({ ...wanted, values: { order: "A-1047" } }).automatic, true);
  assert.deepEqual(replies.draft({ ...wanted, language: "nl", values: { order: "A-1047" } }).fallbacks, ["language"]);
  assert.equal(replies.draft({ action: "ignore", language: "en" }), null);
  assert.throws(() => replies.draft({ ...wanted, values: { order: "{{x}}" } }), { code: "E_FIELD", field: "values.order" });
});

test("replies: what is wrong with a reply is found where JavaScript counts", () => {
  const message = "🙂 When does it arrive? Can I change the address?";
  const text = "🙂 Hello {{name}}, it arrives on Tuesday; write to sam.field@example.com.";
  const { pii, language } = engine.analyze(text);
  const check = replies.check({ text, pii, language: language.code }, { message, languages: ["en"] });
  assert.deepEqual(
    check.findings.map(({ kind, spans }) => [kind, (kind === "open_question" ? message : text).slice(...spans[0])]),
    [["placeholder", "{{name}}"], ["personal_data", "sam.field@example.com"], ["open_question", "Can I change the address?"]],
  );
  assert.equal(check.ready, false);
  assert.throws(() => replies.check({ text }), { code: "E_FIELD", field: "reply.pii" });
});

test("replies: effects and permissions", () => {
  const [few] = replies.effects([{ template: "a", sent: 5, good: 5 }]);
  assert.deepEqual([few.verdict, few.share, few.n], ["not_known", null, 5]);
  const governance = { handles: [{ handle: "@shop", unit: "north" }], roles: [{ role: "agent", actions: ["answer"], units: ["north"] }] };
  assert.equal(replies.owner(governance, "SHOP").unit, "north");
  assert.equal(replies.permits(governance, "agent", "publish", "north").allowed, false);
});

test("replies: the policies of the industries can be used as they come", async () => {
  const folder = new URL("../dist/policies/", import.meta.url);
  const names = (await readdir(folder)).filter((name) => name !== "policy.schema.json");
  assert.equal(names.length, 8);
  for (const name of names) {
    const policy = engine.policy(await readFile(new URL(name, folder), "utf8"));
    assert.equal(policy.id, name.replace(".json", ""));
    assert.deepEqual(policy.lint(), []);
    policy.free();
  }
});
