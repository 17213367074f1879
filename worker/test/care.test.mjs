// Cases, drafts, the look at what goes out, and the settings behind them: industry, calendar, pauses, templates.

import assert from "node:assert/strict";
import { test } from "node:test";
import { read, readLines, start } from "./support.mjs";

async function using(bindings, work) {
  const worker = await start({ bindings });
  try {
    const post = async (path, value) => read(await worker.post(path, JSON.stringify(value)));
    await work(post, worker);
  } finally {
    await worker.stop();
  }
}

/** Monday to Friday 9 to 17 h in Warsaw, with a holiday. */
const CALENDAR = { zone: "Europe/Warsaw", days: [...Array.from({ length: 5 }, () => [[540, 1020]]), null, null], holidays: ["2026-05-01"] };
const POLICY = {
  id: "desk", version: "1",
  rules: [
    { id: "danger", when: { textContains: ["fire"] }, then: { action: "escalate", queue: "safety", priority: 1, respondWithinMinutes: 60 } },
    { id: "night", when: { open: false }, then: { action: "answer", queue: "night", priority: 3, respondWithinMinutes: 120 } },
    { id: "day", when: { open: true }, then: { action: "answer", queue: "day", priority: 2, respondWithinMinutes: 120 } },
    { id: "rest", then: { action: "review", queue: "unknown", priority: 4 } },
  ],
};

test("the calendar of the settings says who works, until when, and what is late", async () => {
  await using({ CALENDAR: JSON.stringify(CALENDAR), POLICY }, async (post) => {
    const triage = async (text, sentAt, now) => (await post("/v1/triage", { text, sentAt, options: { situation: { now } } })).value;
    // Thursday 16:00, a holiday, a weekend; Monday 9:30 is an hour and a half of work later.
    const monday = await triage("Where is it?", "2026-04-30T16:00:00+02:00", "2026-05-04T09:30:00+02:00");
    assert.deepEqual([monday.decision.queue, monday.decision.window.remainingMinutes, monday.decision.window.late], ["day", 30, false]);
    assert.equal(new Date(monday.due.deadlineMs).toISOString(), "2026-05-04T08:00:00.000Z");
    assert.deepEqual([monday.due.businessMinutesLeft, monday.due.state], [30, "soon"]);
    const late = await triage("Where is it?", "2026-04-30T16:00:00+02:00", "2026-05-04T10:30:00+02:00");
    assert.deepEqual([late.decision.window.late, late.decision.toneHint, late.due.apologise], [true, "apologetic", true]);
    const holiday = await triage("Where is it?", "2026-05-01T10:00:00+02:00", "2026-05-01T11:00:00+02:00");
    assert.deepEqual([holiday.decision.queue, holiday.decision.window.remainingMinutes], ["night", 120]);
    // In winter nine o'clock is another moment of UTC.
    assert.equal((await triage("Where is it?", undefined, "2026-01-12T07:59:00Z")).decision.queue, "night");
    assert.equal((await triage("Where is it?", undefined, "2026-01-12T08:00:00Z")).decision.queue, "day");
    // Danger has the minutes of the clock.
    const danger = await triage("There is a fire", "2026-05-01T10:00:00+02:00", "2026-05-01T12:00:00+02:00");
    assert.deepEqual([danger.decision.queue, danger.decision.window.late, danger.due.state], ["safety", true, "late"]);
    // A time that is none tells nothing, and the caller may say what is so.
    const odd = await triage("Where is it?", "last week", "2026-05-04T09:30:00+02:00");
    assert.deepEqual([odd.decision.queue, odd.due], ["day", undefined]);
    const said = await post("/v1/triage", { text: "Where is it?", options: { situation: { now: "2026-05-01T10:00Z", open: true, customer: { vip: true } } } });
    assert.equal(said.value.decision.queue, "day");
  });
});

test("without a calendar nobody is said to work, and now is the time of the request", async () => {
  await using({ POLICY }, async (post) => {
    const { value } = await post("/v1/triage", { text: "fire", sentAt: Date.now() - 90 * 60_000 });
    assert.deepEqual([value.decision.window.late, value.due], [true, undefined]);
    assert.equal((await post("/v1/triage", { text: "Where is it?" })).value.decision.queue, "unknown");
    for (const situation of [{ now: "soon" }, { customer: { vip: 1 } }, { later: 1 }, 7]) {
      const wrong = await post("/v1/triage", { text: "x", options: { situation } });
      assert.equal(wrong.status, 400, wrong.text);
    }
  });
});

test("triage redacts as the settings and the caller say, and gives no text where that fails", async () => {
  await using({ PRIVACY: { mode: "keyed", deny: ["Falcon"] }, PRIVACY_KEY: "0f".repeat(16) }, async (post) => {
    const text = "Falcon lost it, mail joe@example.com or call +48 601 234 567";
    const redacted = async (redact) => (await post("/v1/triage", { text, options: redact && { redact } })).value.decision.redacted;
    assert.match(await redacted(), /^\[DENIED:[a-p]{16}\] lost it, mail \[EMAIL:[a-p]{16}\] or call \[PHONE:[a-p]{16}\]$/);
    assert.match(await redacted({ mode: "numbered", types: ["email"] }), /^\[DENIED_1\] lost it, mail \[EMAIL_1\] or call \+48 601 234 567$/);
    assert.match(await redacted({ mode: "label", modes: { phone: "remove", email: "partial" } }), /^\[DENIED\] lost it, mail j\*\*\*@example\.com or call $/);
    assert.equal((await post("/v1/redact", { text: "joe@example.com", modes: { email: "remove" } })).value.redaction.text, "");
    for (const redact of [{ mode: "hide" }, { types: ["joe@example.com"] }, { modes: { "joe@example.com": "mask" } }, { modes: { email: "hide" } }, "label", []]) {
      const wrong = await post("/v1/triage", { text, options: { redact } });
      assert.deepEqual([wrong.status, wrong.text.includes("joe@")], [400, false], wrong.text);
    }
    const long = await post("/v1/triage", { text: `${"late again. ".repeat(6_000)} joe@example.com`, options: { redact: { mode: "mask" } } });
    assert.deepEqual([long.value.decision.redacted, long.value.decision.redactionError.code], [null, "E_TEXT_TOO_LARGE"]);
  });
});

test("an industry brings its policy and its topics, and what is named wins over it", async () => {
  await using({ INDUSTRY: "airline" }, async (post, worker) => {
    const text = "You lost my luggage and nobody can tell me where it is. Terrible.";
    const { value } = await post("/v1/triage", { text });
    assert.deepEqual([value.decision.policy.id, value.decision.queue], ["airline", "baggage"]);
    const topics = async (options) => (await post("/v1/analyze", { text, options })).value.analysis.topics.map(({ label }) => label);
    assert.ok((await topics()).some((topic) => topic.startsWith("baggage")));
    assert.ok(!(await topics({ taxonomy: "general" })).some((topic) => topic.startsWith("baggage")));
    assert.equal((await read(await worker.fetch("/v1/health"))).value.policy.id, "airline");
  });
  await using({ INDUSTRY: "airline", POLICY }, async (post) => {
    assert.equal((await post("/v1/triage", { text: "fire" })).value.decision.policy.id, "desk");
  });
});

const TALK = [
  { id: "1", sentAt: "2026-03-02T09:00Z", customer: "k", thread: "t", channel: "chat", text: "My parcel 7 arrived broken, I am furious! Mail joe@example.com" },
  { id: "2", sentAt: "2026-03-02T09:30Z", customer: "k", thread: "t", channel: "chat", role: "agent", text: "Sorry to hear that." },
  { id: "3", sentAt: "2026-03-02T10:00Z", customer: "l", channel: "email", text: "How do I cancel my contract?", contract_number: "C-9" },
];

test("cases joins messages with and without words, and says what to do next", async () => {
  await using({ CALENDAR }, async (post, worker) => {
    const { status, value, text } = await post("/v1/cases", { messages: TALK, now: "2026-03-02T12:00Z" });
    assert.equal(status, 200, text);
    assert.deepEqual(value.steps.map(({ id, decision, case: of, status }) => [id, decision, of, status]), [["1", "open", "1", "open"], ["2", "join", "1", "answered"], ["3", "open", "3", "open"]]);
    assert.ok(!text.includes("joe@") && !text.includes("furious"));
    const [broken, cancel] = value.cases;
    assert.ok(broken.trajectory.upset && broken.firstResponseBusinessMs === 30 * 60_000, text);
    assert.ok(broken.next.next.length > 0);
    // The customer and the contract are known: nobody asks.
    assert.equal(cancel.intents[0], "cancellation");
    assert.deepEqual(cancel.next.steps.filter(({ state }) => state === "skipped").map(({ id }) => id), ["identity", "contract"]);
    assert.deepEqual(cancel.next.next, ["reason", "act"]);
    // Any order, a list, or lines.
    const now = { ...value, afterNow: 0 };
    assert.deepEqual((await post("/v1/cases", TALK.toReversed())).value.cases.map(({ id, messages }) => [id, messages]), now.cases.map(({ id, messages }) => [id, messages]));
    const lines = await read(await worker.post("/v1/cases", TALK.map((one) => JSON.stringify(one)).join("\n\n"), "application/x-ndjson"));
    assert.equal(lines.value.cases.length, 2);
    const many = Array.from({ length: 10_000 }, (_, i) => ({ id: `${i}`, sentAt: i, thread: "t", customer: "k" }));
    const thread = await post("/v1/cases", { messages: many });
    assert.deepEqual([thread.value.cases.length, thread.value.cases[0].messageCount, thread.value.cases[0].truncated], [1, 10_000, true]);
  });
});

test("a case that cannot be read names its message and no words", async () => {
  await using({}, async (post) => {
    for (const [body, status, code, field] of [
      [{ messages: [{ ...TALK[0], sentAt: "CANARY" }] }, 400, "E_FIELD", "messages[0].sentAt"],
      [{ messages: [TALK[1], "CANARY"] }, 400, "E_FIELD", "messages[1]"],
      [{ messages: [{ ...TALK[0], rating: "CANARY" }] }, 400, "E_FIELD", "messages[0].rating"],
      [{ messages: [{ ...TALK[0], role: "CANARY" }] }, 400, "E_FIELD", "messages[0].role"],
      [{ messages: [{ id: ["CANARY"], sentAt: 0 }] }, 400, "E_FIELD", "messages[0].id"],
      [{ messages: "CANARY" }, 400, "E_FIELD", "messages"],
      ["CANARY", 400, "E_FIELD", "body"],
      [{ messages: TALK, windowHours: "CANARY" }, 400, "E_FIELD", "windowHours"],
      [Array.from({ length: 1_001 }, (_, i) => ({ id: `${i}`, sentAt: i, text: "CANARY" })), 413, "E_BATCH_TOO_LARGE", undefined],
    ]) {
      const answer = await post("/v1/cases", body);
      assert.deepEqual([answer.status, answer.value.error?.code, answer.value.error?.field], [status, code, field], answer.text.slice(0, 300));
      assert.ok(!answer.text.includes("CANARY"), answer.text);
    }
  });
});

test("replies drafts in the language of the message and sends nothing of its words back", async () => {
  await using({}, async (post, worker) => {
    const messages = [
      { id: "pl", text: "Moja paczka nie dotarła od dwóch tygodni, gdzie ona jest?", values: { order: "A-10" } },
      { id: "ko", text: "택배가 아직도 안 왔어요. 언제 오나요?" },
      { id: "spam", text: "Earn $$$ fast, click http://free-money.example now now now!!!" },
      { id: "bad", text: "x", values: { order: "A", CANARY: "1" } },
    ];
    const { value: { results }, text } = await post("/v1/replies", messages);
    const [polish, korean, spam, bad] = results;
    assert.equal(polish.draft.language, "pl");
    assert.ok(polish.draft.text.includes("A-10") && !text.includes("paczka nie dotarła"));
    assert.deepEqual([korean.draft.language, korean.draft.automatic], ["ko", false]);
    assert.equal(spam.draft, null, JSON.stringify(spam));
    assert.deepEqual([bad.error.field, text.includes("CANARY")], ["values", false]);
    const lines = await readLines(await worker.post("/v1/replies", messages.map((one) => JSON.stringify(one)).join("\n"), "application/x-ndjson"));
    assert.deepEqual(lines, results);
  });
  const own = [{ language: "en", templates: [{ id: "own.thank", action: "thank", text: "Cheers{agent}!".replace("{agent}", "") }] }];
  await using({ REPLIES: own }, async (post) => {
    assert.deepEqual((await post("/v1/replies", { text: "Thank you so much!" })).value.draft?.template, "own.thank");
    assert.equal((await post("/v1/replies", { text: "정말 감사합니다!" })).value.draft.language, "ko");
  });
});

test("outbound finds what speaks against a reply, with the pauses of the settings", async () => {
  const pauses = [
    { id: "storm", reason: "CANARY reason", from: "2026-03-01T00:00Z", until: "2026-03-03T00:00Z", scope: { brands: ["Brewline"] } },
    { id: "silence", reason: "x", from: 0, until: 1 },
  ];
  await using({ PAUSES: { pauses } }, async (post) => {
    const now = "2026-03-02T10:00Z";
    const check = async (given) => (await post("/v1/outbound", { now, ...given })).value;
    const clean = await check({ id: "r", text: "Hello, your parcel arrives on Tuesday.", message: "When does my parcel arrive?", languages: ["en"] });
    assert.deepEqual([clean.id, clean.check.ready, clean.pauses], ["r", true, []]);
    const text = "Hello {{name}}, thank you for your message. Please write to our colleague sam.field@example.com, who will be happy to help you.";
    const bad = await check({ text, message: "When does my parcel arrive?", languages: ["pl"], allowed: ["@shop.example"] });
    assert.deepEqual(bad.check.findings.map(({ kind }) => kind), ["placeholder", "wrong_language", "personal_data", "open_question"]);
    assert.equal(text.slice(...bad.check.findings[2].spans[0]), "sam.field@example.com");
    assert.ok(!JSON.stringify(bad).includes("sam.field"));
    const post_ = await check({ text: "A new roast is here!", kind: "post", brand: "Brewline" });
    assert.deepEqual([post_.check.ready, post_.pauses, post_.check.findings.map(({ kind, id }) => [kind, id])], [false, ["storm"], [["paused", "storm"]]]);
    assert.ok(!JSON.stringify(post_).includes("CANARY"));
    assert.equal((await check({ text: "A new roast is here!", kind: "post", brand: "Otherline" })).check.ready, true);
    assert.deepEqual((await check({ text: "It arrives on Tuesday.", pauses: [{ id: "own", reason: "r", from: 0, scope: { kinds: ["reply"] } }] })).pauses, ["own"]);
    for (const [given, field] of [[{ text: 5 }, "text"], [{ text: "x", pauses: [{ id: "CANARY" }] }, undefined], [{ text: "x", pauses: 1 }, "pauses"], [{ text: "x", kind: "CANARY" }, undefined], [{ text: "x", events: [{ CANARY: 1 }] }, undefined]]) {
      const wrong = await post("/v1/outbound", { now, ...given });
      assert.equal(wrong.status, 400, wrong.text);
      if (field) assert.equal(wrong.value.error.field, field);
      assert.ok(!wrong.text.includes("CANARY"), wrong.text);
    }
    const long = await post("/v1/outbound", { text: "a".repeat(250_000) });
    assert.equal(long.status, 200, "as long as a body can be");
  });
});

test("settings that cannot be used are 500 with their place and nothing of what is in them", async () => {
  for (const [bindings, path, at, isHealthy] of [
    [{ CALENDAR: "{CANARY" }, "/v1/triage", "CALENDAR", false],
    [{ CALENDAR: { ...CALENDAR, zone: "CANARY/Town" } }, "/v1/triage", "CALENDAR.zone", false],
    [{ CALENDAR: { ...CALENDAR, holidays: ["CANARY"] } }, "/v1/triage", "CALENDAR.holidays[0]", false],
    [{ CALENDAR: 7 }, "/v1/cases", "CALENDAR", false],
    [{ INDUSTRY: "CANARY" }, "/v1/triage", "INDUSTRY", false],
    [{ PAUSES: [{ id: "p", reason: "r", from: "CANARY" }] }, "/v1/outbound", "PAUSES[0].from", true],
    [{ PAUSES: "CANARY" }, "/v1/outbound", "PAUSES", true],
    [{ REPLIES: [{ language: "en", templates: [{ id: "a", action: "thank", text: "CANARY {x}" }] }] }, "/v1/replies", "REPLIES[0].templates[0].text", true],
    [{ REPLIES: {} }, "/v1/replies", "REPLIES", true],
  ]) {
    await using(bindings, async (post, worker) => {
      for (const _ of [1, 2]) {
        const { status, value, text } = await post(path, path === "/v1/cases" ? { messages: [] } : { text: "Hello" });
        assert.deepEqual([status, value.error?.code, value.error?.path], [500, "E_SETTINGS", at], text);
        assert.ok(!text.includes("CANARY") && !worker.output().includes("CANARY"));
      }
      assert.equal((await worker.fetch("/v1/health")).ok, isHealthy);
    });
  }
});
