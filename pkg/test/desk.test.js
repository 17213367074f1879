// Zones, hours, cases and replies of messages with their words: the engine and insight together.

import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { after, before, test } from "node:test";
import { Engine } from "hearken";
import { Insight, zoneOffsets } from "hearken/insight";
import { refuses } from "./helpers.js";

const require = createRequire(import.meta.url);
let engine, insight;
before(async () => ([engine, insight] = await Promise.all([Engine.load(), Insight.load()])));
after(() => {
  engine?.free();
  insight?.free();
});

const iso = (ms) => new Date(ms).toISOString();
const CALENDAR = { zone: "Europe/Warsaw", days: [...Array.from({ length: 5 }, () => [[540, 1020]]), null, null], holidays: ["2026-05-01"] };

test("zones: offsets of the runtime, to the minute of their change", () => {
  const warsaw = zoneOffsets("Europe/Warsaw").filter(([from]) => iso(from).startsWith("2026"));
  assert.deepEqual(warsaw.map(([from, minutes]) => [iso(from), minutes]), [["2026-03-29T01:00:00.000Z", 120], ["2026-10-25T01:00:00.000Z", 60]]);
  assert.deepEqual(zoneOffsets("Asia/Seoul").map(([, minutes]) => minutes), [540]);
  assert.deepEqual(zoneOffsets("Asia/Kathmandu").at(-1)[1], 345);
  // Half an hour of summer time, and a day that was left out.
  assert.deepEqual([...new Set(zoneOffsets("Australia/Lord_Howe").map(([, minutes]) => minutes))].sort(), [630, 660]);
  const apia = zoneOffsets("Pacific/Apia");
  const at = apia.findIndex(([, minutes]) => minutes === 840);
  assert.deepEqual([apia[at - 1][1], iso(apia[at][0])], [-600, "2011-12-30T10:00:00.000Z"]);
  for (const zone of ["Mars/Base", "", 5, undefined]) refuses(() => zoneOffsets(zone), "E_FIELD", { field: "zone" });
});

test("zones: periods of a rollup take the offsets of the zone they name", () => {
  const days = (periods) => {
    const rollup = insight.rollup({ periods });
    rollup.add({ sentAt: "2026-03-01T23:30:00Z", sentiment: "neutral" });
    const { segments } = rollup.summary({ minPeople: 1 }).dimensions.find(({ name }) => name.startsWith("day"));
    rollup.free();
    return segments.map(({ key }) => key);
  };
  assert.deepEqual([days([{ unit: "day", zone: "Europe/Warsaw" }]), days([{ unit: "day", zone: "UTC" }]), days([{ unit: "day" }])], [["2026-03-02"], ["2026-03-01"], ["2026-03-01"]]);
  assert.deepEqual(days([{ unit: "day", zone: "Store time", offsets: [[0, -60]] }]), ["2026-03-01"]);
  refuses(() => insight.rollup({ periods: [{ unit: "day", zone: "Mars/Base" }] }), "E_OPTION", { field: "zone" });
});

test("zones: a zone by name gives what all its offsets as data give", () => {
  const { care } = insight;
  // A linear congruential generator (Numerical Recipes): the same moments at every run.
  let seed = 7;
  const next = (below) => (seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0) % below;
  let compared = 0;
  for (const zone of ["Europe/Warsaw", "America/New_York", "Africa/Casablanca", "Australia/Lord_Howe", "Pacific/Apia", "Asia/Seoul"]) {
    const [[, offsetMinutes], ...changes] = zoneOffsets(zone);
    const asData = { offsetMinutes, transitions: changes.map(([from, minutes]) => ({ from, offsetMinutes: minutes })) };
    for (let i = 0; i < 60; i++) {
      // Around changes of the clock as well as anywhere.
      const near = i % 2 && changes.length > 0 ? changes[next(changes.length)][0] : Date.UTC(2001, 0, 1) + next(40 * 365) * 86_400_000;
      const sentAt = near + (next(8 * 1_440) - 4 * 1_440) * 60_000;
      const now = sentAt + next(i % 3 ? 20_000 : 1_000_000) * 60_000;
      const days = Array.from({ length: 7 }, (_, day) => (day === i % 7 ? null : [[next(240), 300 + next(1_000)]]));
      const ask = (zone) => {
        const calendar = { zone, days };
        return [care.situation({ now, sentAt, calendar }), care.deadline({ now, sentAt, minutes: next.minutes, calendar })];
      };
      next.minutes = 1 + next(i % 5 ? 3_000 : 400_000);
      assert.deepEqual(ask(zone), ask(asData), `${zone} ${i}`);
      compared += 1;
    }
  }
  assert.equal(compared, 360);
});

test("hours: a calendar says who works, what was waited, and until when to answer", () => {
  const { care } = insight;
  const now = "2026-05-04T09:30:00+02:00";
  const situation = care.situation({ now, sentAt: "2026-04-30T16:00:00+02:00", calendar: CALENDAR, customer: { vip: true } });
  assert.deepEqual(situation, { now: Date.parse(now), open: true, waitedMinutes: 90, customer: { vip: true } });
  assert.deepEqual(care.situation({ now, customer: { contacts: 2 } }), { now, customer: { contacts: 2 } });
  assert.equal(care.situation({ now: "2026-05-01T10:00:00+02:00", calendar: CALENDAR }).open, false);
  // The same with the zone as data.
  const data = { ...CALENDAR, zone: { offsetMinutes: 60, transitions: [{ from: "2026-03-29T01:00Z", offsetMinutes: 120 }] } };
  assert.deepEqual(care.situation({ now, sentAt: "2026-04-30T16:00:00+02:00", calendar: data }).waitedMinutes, 90);
  const due = (action, minutes = 120) => care.due({ action, respondWithinMinutes: minutes }, { sentAt: "2026-04-30T16:00:00+02:00", now, calendar: CALENDAR });
  assert.deepEqual([iso(due("answer").deadlineMs), due("answer").state], ["2026-05-04T08:00:00.000Z", "soon"]);
  assert.deepEqual([iso(due("escalate").deadlineMs), due("escalate").state], ["2026-04-30T16:00:00.000Z", "late"]);
  assert.equal(care.due({ action: "ignore" }, { sentAt: 0, now }), null);
  // Four hundred days of work end far behind the next year, in winter.
  const far = care.deadline({ sentAt: "2026-05-04T09:00:00+02:00", now, minutes: 400 * 480 - 1, calendar: CALENDAR });
  assert.equal(iso(far.deadlineMs), "2027-11-12T15:59:00.000Z");
  for (const [calendar, field] of [[{ ...CALENDAR, zone: "Mars/Base" }, "calendar.zone"], [{ ...CALENDAR, days: [] }, "calendar.days"], [{ ...CALENDAR, holidays: ["x"] }, "calendar.holidays[0]"]]) {
    refuses(() => care.situation({ now, calendar }), "E_FIELD", { field });
    refuses(() => care.deadline({ now, sentAt: now, calendar }), "E_FIELD", { field });
    refuses(() => care.cases({ messages: [], calendar }), "E_FIELD", { field });
  }
});

test("hours: a decision is late by the hours of the team, and conditions on them hold", () => {
  const then = { action: "answer", queue: "desk", priority: 2, respondWithinMinutes: 120 };
  const policy = engine.policy({ id: "p", version: "1", rules: [
    { id: "danger", when: { textContains: ["fire"] }, then: { ...then, action: "escalate" } },
    { id: "night", when: { open: false }, then: { ...then, queue: "night" } },
    { id: "rest", then },
  ] });
  const decide = (text, now) => {
    const sentAt = "2026-04-30T16:00:00+02:00";
    return engine.triage({ text, sentAt }, policy, { situation: insight.care.situation({ now, sentAt, calendar: CALENDAR }) });
  };
  const monday = decide("Where is it?", "2026-05-04T09:30:00+02:00");
  assert.deepEqual([monday.queue, monday.window], ["desk", { ageMinutes: 5370, remainingMinutes: 30, late: false }]);
  const late = decide("Where is it?", "2026-05-04T10:01:00+02:00");
  assert.deepEqual([late.window.late, late.toneHint], [true, "apologetic"]);
  assert.equal(decide("Where is it?", "2026-05-02T12:00:00+02:00").queue, "night");
  assert.equal(decide("There is a fire", "2026-05-02T12:00:00+02:00").window.late, true);
  for (const waitedMinutes of [-1, 1.5, "many"]) {
    refuses(() => engine.triage({ text: "x" }, policy, { situation: { waitedMinutes } }), "E_OPTION", { field: "situation.waitedMinutes" });
  }
});

const TALK = [
  { id: "1", sentAt: "2026-03-02T09:00Z", customer: "k", thread: "t", channel: "chat", text: "My parcel arrived broken, I am furious!" },
  { id: "2", sentAt: "2026-03-02T09:30Z", customer: "k", thread: "t", channel: "chat", role: "agent", text: "Sorry to hear that." },
  { id: "3", sentAt: "2026-03-02T10:00Z", customer: "l", channel: "email", text: "How do I cancel my contract?", contract_number: "C-9" },
];

test("cases of messages with their words have next steps, in any order and without the words", () => {
  const work = insight.care.work(TALK, engine, { now: "2026-03-02T12:00Z", calendar: CALENDAR });
  assert.deepEqual(work.cases.map(({ id, status, intents, next }) => [id, status, intents[0], next.steps.filter(({ state }) => state === "skipped").map(({ id }) => id)]), [
    ["1", "answered", work.cases[0].intents[0], ["identity"]], ["3", "open", "cancellation", ["identity", "contract"]],
  ]);
  assert.equal(work.cases[0].firstResponseBusinessMs, 30 * 60_000);
  assert.ok(work.cases[0].trajectory.upset && !JSON.stringify(work).includes("furious"));
  assert.deepEqual(insight.care.work(TALK.toReversed(), engine, { now: "2026-03-02T12:00Z", calendar: CALENDAR }), work);
  // What a message says of itself is not read anew, and a settled case has no next step.
  const told = insight.care.work([{ ...TALK[0], intent: "billing" }, { ...TALK[1], resolves: true }], engine);
  assert.deepEqual([told.cases[0].intents, told.cases[0].status, told.cases[0].next], [["billing"], "resolved", null]);
  refuses(() => insight.care.work([TALK[0], { ...TALK[1], text: 5, role: "customer" }], engine), "E_FIELD", { field: "messages[1].text" });
  refuses(() => insight.care.work([7], engine), "E_FIELD", { field: "messages[0]" });
  refuses(() => insight.care.work("x", engine), "E_FIELD", { field: "messages" });
});

test("replies: a draft for a decision, and the look with what the engine finds", () => {
  const replies = insight.replies(...["en", "ko"].map((language) => require(`hearken/replies/${language}.json`)));
  const decision = engine.triage({ text: "택배가 아직도 안 왔어요. 언제 오나요?" });
  const draft = replies.draftFor(decision, { order: "A-1" });
  assert.deepEqual([draft.language, draft.template.startsWith("ko."), draft.text.includes("A-1")], ["ko", true, true]);
  assert.equal(replies.draftFor({ ...decision, action: "ignore" }), null);
  const text = "Thank you for your patience. Please write to our colleague at sam.field@example.com.";
  const found = replies.look(engine, { text }, { languages: ["pl"] });
  assert.deepEqual(found.findings.map(({ kind }) => kind), ["wrong_language", "personal_data"]);
  assert.equal(text.slice(...found.findings[1].spans[0]), "sam.field@example.com");
  assert.equal(replies.look(engine, { text }, { languages: ["en"], allowed: ["@example.com"] }).ready, true);
  refuses(() => replies.look(engine, { text: "a".repeat(1_048_577) }), "E_TEXT_TOO_LARGE", { limit: 1_048_576 });
  refuses(() => replies.look(engine, {}), "E_FIELD", { field: "text" });
});

test("batches name the kind of every number that single texts name", () => {
  for (const [text, kind] of [["TVA FR83404833048", "fr_vat"], ["Cuenta bancaria: 2100 0418 45 0200051332", "es_ccc"], ["Numer konta: 61 1090 1014 0000 0712 1981 2874", "pl_nrb"]]) {
    assert.ok(engine.info.piiKinds.includes(kind), kind);
    const kinds = (pii) => pii.map((one) => one.kind);
    assert.ok(kinds(engine.analyze(text).pii).includes(kind), `${kind}: ${JSON.stringify(engine.analyze(text).pii)}`);
    assert.deepEqual(kinds(engine.analyzeBatch([text]).row(0).pii), kinds(engine.analyze(text).pii));
  }
});
