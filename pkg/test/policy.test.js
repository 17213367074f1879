// Policies: linting, comparing, choosing thresholds, the time and the customer; in the package and on the command line.

import assert from "node:assert/strict";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { Engine } from "hearken";
import { execute, HERE, refuses } from "./helpers.js";

const BIN = join(HERE, "bin/hearken.js");
let engine;
let folder;
before(async () => {
  engine = await Engine.load();
  folder = await mkdtemp(join(tmpdir(), "hearken-policy-"));
});
after(async () => {
  engine.free();
  await rm(folder, { recursive: true });
});

const then = (action, priority = 3) => ({ action, queue: "care", priority, respondWithinMinutes: 60 });
const policyOf = (...rules) => ({ id: "own", version: "1", rules: [...rules, { id: "rest", then: { action: "review", queue: "care", priority: 4 } }] });
const QUESTION = { id: "question", when: { acts: ["question"] }, then: then("answer") };
const REFUND = { id: "refund", when: { all: [{ intent: ["refund_return"] }, { acts: ["question", "request"] }] }, then: { ...then("resolve", 2), needs: ["order"] } };

test("policy: the linter finds what never decides, and nothing in the default policy", () => {
  const findings = engine.policy(policyOf(QUESTION, { id: "late", when: { all: [{ acts: ["question"] }, { channel: ["chat"] }] }, then: then("resolve") })).lint();
  assert.deepEqual(findings.map(({ fault, rule, path }) => [fault, rule, path]), [["shadowed", "late", "rules[1]"]]);
  assert.deepEqual(engine.policy(engine.defaultPolicy()).lint(), []);
  const topics = engine.policy(policyOf({ id: "t", when: { topics: ["nowhere"] }, then: then("answer") })).lint(engine.topics.map(({ label }) => label));
  assert.equal(topics[0].fault, "unknown_topic");
});

test("policy: what the message does not bring is missing, the customer and the time are read", () => {
  const message = { text: "I want to return this and get my money back, please.", sentAt: "2026-11-29T10:00:00Z", plan: "gold" };
  const policy = policyOf({ id: "vip", when: { all: [{ vip: true }, { field: { name: "plan", is: ["gold"] } }] }, then: { ...then("resolve", 1), needs: ["order", "plan"], hold: true } });
  const situation = { now: "2026-11-29T12:00:00Z", customer: { vip: true } };
  const decision = engine.triage(message, policy, { situation });
  assert.deepEqual([decision.reasons[0].rule, decision.missing, decision.hold], ["vip", ["order"], true]);
  assert.deepEqual(decision.window, { ageMinutes: 120, remainingMinutes: 0, late: true });
  assert.equal(decision.toneHint, "apologetic");
  assert.equal(engine.triage(message, policy).reasons[0].rule, "rest");
  for (const [bad, field] of [[{ now: "soon" }, "situation.now"], [{ customer: { vip: 1 } }, "situation.customer"], [{ later: 1 }, "situation.later"]]) {
    refuses(() => engine.triage(message, policy, { situation: bad }), "E_OPTION", { field });
  }
});

test("policy: two are compared on a message", () => {
  const message = { text: "Can I return these shoes and get a refund?" };
  const { before, after, changed } = engine.comparePolicies(message, policyOf(QUESTION), policyOf(REFUND, QUESTION));
  assert.deepEqual([before.rule, after.rule, changed], ["question", "refund", ["action", "priority"]]);
  assert.deepEqual(engine.comparePolicies(message, policyOf(QUESTION), policyOf(QUESTION)).changed, []);
  refuses(() => engine.comparePolicies(message, policyOf(QUESTION), { id: "x" }), "E_POLICY");
});

test("policy: thresholds are chosen by what mistakes cost", () => {
  const rows = [[0.2, false], [0.4, true], [0.6, false], [0.7, true], [0.9, true]].map(([confidence, correct]) => ({ confidence, correct }));
  const costs = { wrongAutomated: 10, missedAutomated: 1, wrongSuggested: 1, missedSuggested: 1 };
  const { suggest, automate } = engine.thresholds(rows, costs);
  assert.deepEqual([suggest.threshold, suggest.n, suggest.cost], [0.4, 4, 1]);
  assert.deepEqual([automate.threshold, automate.n, automate.error], [0.7, 2, 0]);
  refuses(() => engine.thresholds([{ confidence: "high" }], costs), "E_FIELD", { field: "rows[0].confidence" });
  refuses(() => engine.thresholds(rows, { ...costs, missedAutomated: 0 }), "E_FIELD", { field: "costs.missedAutomated" });
  refuses(() => engine.thresholds("rows", costs), "E_FIELD", { field: "rows" });
});

test("cli: policy lint, test, diff and thresholds", async () => {
  const file = async (name, content) => {
    const path = join(folder, name);
    await writeFile(path, typeof content === "string" ? content : JSON.stringify(content));
    return path;
  };
  const hearken = (...args) => execute(process.execPath, [BIN, "policy", ...args]);
  const [one, two] = [await file("one.json", policyOf(QUESTION)), await file("two.json", policyOf(REFUND, QUESTION))];
  const data = await file("data.csv", "text,action,intent\nCan I return these shoes and get a refund?,resolve,refund_return\nWhere is my parcel?,answer,order_status\n");
  const clean = await hearken("lint", one, two);
  assert.deepEqual([clean.code, clean.stdout], [0, `${one}: 0 findings\n${two}: 0 findings\n`]);
  const broken = await hearken("lint", await file("bad.json", '{"id":"x"}'));
  assert.equal(broken.code, 2);
  assert.match(broken.stdout, /version.*is missing.*\(E_POLICY\)/);
  const tested = await hearken("test", one, data, "--expect", "action");
  assert.equal(tested.code, 2, tested.stderr);
  assert.match(tested.stdout, /^line 2: resolve expected, answer by rule question$/m);
  assert.match(tested.stdout, /1 of 2 as expected; macro F1 0\.333/);
  assert.equal((await hearken("test", two, data, "--expect", "action")).code, 0);
  const differing = await hearken("diff", one, two, data);
  assert.match(differing.stdout, /^line 2: answer in care, priority 3 within 60 min, suggest \[question\] -> resolve in care, priority 2/m);
  assert.match(differing.stdout, /1 of 2 rows are treated differently/);
  const lines = await hearken("thresholds", data, "--expect", "intent", "--costs", "10,1,1,1");
  assert.equal(lines.code, 0, lines.stderr);
  assert.ok(JSON.parse(lines.stdout.slice(lines.stdout.indexOf("{"))).thresholds.intent.refund_return.suggest > 0);
  assert.equal((await hearken("thresholds", data, "--expect", "intent", "--costs", "1,2")).code, 1);
  assert.equal((await hearken("fix")).code, 1);
  assert.match((await hearken("--help")).stdout, /thresholds/);
});
