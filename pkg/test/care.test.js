// Cases, clocks, pauses, returns and channels across the boundary.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { HearkenError, Insight } from "hearken/insight";

let insight;
before(async () => (insight = await Insight.load()));
after(() => insight.free());

test("care: messages become cases, in any order", () => {
  const messages = [
    { id: "1", sentAt: "2026-03-02T09:00Z", channel: "chat", thread: "t", customer: "k", emotions: ["anger"], intent: undefined },
    { id: "2", sentAt: "2026-03-02T09:05Z", channel: "chat", thread: "t", role: "agent" },
    { id: "3", sentAt: "2026-03-02T09:06Z", channel: "chat", thread: "t", customer: "k", action: "thank" },
  ];
  const report = insight.care.cases({ messages });
  assert.deepEqual(report.steps.map(({ decision, status }) => [decision, status]), [["open", "open"], ["join", "answered"], ["join", "resolved"]]);
  assert.equal(report.cases[0].trajectory.normalised.turn, 3);
  assert.equal(report.cases[0].firstResponseMs, 300_000);
  assert.deepEqual(insight.care.cases({ messages: messages.toReversed() }), report);
});

test("care: steps, deadlines, platforms", () => {
  const { care } = insight;
  assert.deepEqual(care.nextSteps({ intent: "refund_return", known: ["customer"] }).next, ["order"]);
  const deadline = care.deadline({ sentAt: 0, now: 20 * 86_400_000, channel: "social" });
  assert.deepEqual([deadline.state, deadline.apologise, deadline.respondWithinMinutes], ["late", true, 0]);
  assert.equal(care.platform({ url: "https://www.instagram.com/p/1" }).slug, "instagram");
  assert.deepEqual([care.platform({ slug: "nobody" }).slug, care.platform({ slug: "nobody" }).maxCharacters], ["other", null]);
  assert.ok(care.platforms().length > 60);
});

test("care: pauses go out as they come in", () => {
  const alerts = [{ id: "a", kind: "safety", level: "critical", at: 0, brands: ["Brewline"] }];
  const [{ pause }] = insight.care.recommendPauses({ alerts, now: 1_000 });
  const items = [{ id: "post", brand: "Brewline" }, { id: "reply", kind: "reply", brand: "Brewline" }];
  const held = insight.care.pauses({ pauses: [pause], now: 2_000, items });
  assert.deepEqual(held.items.map(({ publish }) => publish), [false, true]);
  const resumed = insight.care.pauses({ pauses: held.pauses, now: 3_000, items, resume: pause.id });
  assert.deepEqual([resumed.items[0].publish, resumed.active], [true, []]);
  assert.equal(insight.care.compliance({ log: [{ id: "1", publishAt: 1_500, brand: "Brewline" }], pauses: [pause] }).breached, 1);
});

test("care: only who agreed is told", () => {
  const wishes = ["p1", "p2"].map((person) => ({ person, object: "oat latte", at: "2023-10-01" }));
  const consents = [{ person: "p1", at: "2023-10-01", given: true }];
  const list = insight.care.returns({ wishes, consents, available: { object: "Oat latte" }, now: "2026-11-01" });
  assert.deepEqual(list.contact.map(({ person }) => person), ["p1"]);
  assert.deepEqual(list.leftOut, [{ person: "p2", reason: "no_consent" }]);
});

test("care: refusals name the field", () => {
  const refuses = (call, field) =>
    assert.throws(call, (error) => error instanceof HearkenError && error.code === "E_FIELD" && error.field === field);
  refuses(() => insight.care.cases({ messages: [{ id: "1", sentAt: "soon" }] }), "messages[0].sentAt");
  refuses(() => insight.care.deadline({ sentAt: 0, now: 0, calendar: { days: [] } }), "calendar.zone");
  refuses(() => insight.care.cases(7), "input");
});
