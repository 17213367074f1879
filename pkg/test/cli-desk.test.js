// The command: cases, replies, pauses and returns on real files.

import assert from "node:assert/strict";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { CsvParser } from "../dist/cli/csv.js";
import { execute, HERE } from "./helpers.js";

const BIN = join(HERE, "bin/hearken.js");
let folder;
before(async () => (folder = await mkdtemp(join(tmpdir(), "hearken-desk-"))));
after(() => rm(folder, { recursive: true }));

const path = (name) => join(folder, name);
async function file(name, text) {
  await writeFile(path(name), typeof text === "string" ? text : JSON.stringify(text));
  return path(name);
}
const run = (...args) => execute(process.execPath, [BIN, ...args]);
/** What a command prints that must end with `code`. */
async function out(code, ...args) {
  const { code: ended, stdout, stderr } = await run(...args);
  assert.equal(ended, code, stderr + stdout);
  return { stdout, stderr };
}
const cells = (text) => {
  const parser = new CsvParser(",");
  return [...parser.push(text), ...parser.end()].map(({ fields }) => fields);
};
const lines = (text) => text.trimEnd().split("\n").map((line) => JSON.parse(line));

const MESSAGES = [
  "id,sent at,customer,thread,role,channel,message,order_number",
  '1,2026-03-02T09:00Z,k1,t1,customer,chat,"My parcel arrived broken, I am furious! Mail joe@example.com",',
  "2,2026-03-02T09:30Z,k1,t1,agent,chat,Sorry to hear that.,",
  "3,2026-03-02T10:00Z,k2,,customer,email,Where is my order?,A-10",
].join("\n");
const CALENDAR = { zone: "Europe/Warsaw", days: [...Array.from({ length: 5 }, () => [[540, 1020]]), null, null] };

test("cli cases: where each case stands and what to do next, without any words", async () => {
  const messages = await file("messages.csv", MESSAGES);
  const calendar = await file("calendar.json", CALENDAR);
  const args = ["cases", messages, "--data", "order_number", "--calendar", calendar, "--now", "2026-03-02T12:00:00Z"];
  const table = await out(0, ...args);
  assert.match(table.stdout, /^1 +answered +k1 +\S+ +2 +2026-03-02T09:00Z/m);
  assert.match(table.stdout, /^3 +open +k2 +order_status +1 +2026-03-02T10:00Z +2026-03-02T10:00Z +look_up$/m);
  assert.match(table.stdout, /^cases: 2, of which wait for an answer: 1$/m);
  assert.match(table.stderr, /columns read: id, date "sent at", customer, thread, role, channel, text "message"/);
  const [head, first, second] = cells((await out(0, ...args, "--out", "csv")).stdout);
  const at = (row, name) => row[head.indexOf(name)];
  assert.deepEqual([at(first, "first_response_minutes"), at(first, "first_response_business_minutes"), at(first, "upset"), at(second, "next")], ["30", "30", "true", "look_up"]);
  const json = (await out(0, ...args, "--out", "json", "--output", path("cases.json"))).stdout;
  assert.equal(json, "");
  const whole = await readFile(path("cases.json"), "utf8");
  assert.ok(!whole.includes("joe@") && !whole.includes("furious") && !whole.includes("Sorry"));
  assert.deepEqual(JSON.parse(whole).steps.map(({ id, decision, status }) => [id, decision, status]), [["1", "open", "open"], ["2", "join", "answered"], ["3", "open", "open"]]);
  // The order of rows does not matter, and a policy of one's own decides.
  const [header, ...rows] = MESSAGES.split("\n");
  const turned = await file("turned.csv", [header, ...rows.reverse()].join("\n"));
  const cases = async (from, ...more) => lines((await out(0, "cases", from, "--now", "2026-03-02T12:00:00Z", "--out", "jsonl", ...more)).stdout);
  assert.deepEqual(await cases(turned), await cases(messages));
  const policy = await file("policy.json", { id: "p", version: "1", rules: [{ id: "all", then: { action: "ignore", queue: "none", priority: 4 } }] });
  assert.deepEqual((await run("cases", messages, "--policy", policy, "--out", "jsonl")).stdout, "");
});

test("cli cases: rows that cannot be read are named, others count", async () => {
  const odd = await file("odd.csv", `${MESSAGES}\n4,yesterday,k3,,customer,chat,Hello CANARY,\n5,2026-03-02,k3,,boss,chat,Hello CANARY,\n2,2026-03-02T09:30Z,k1,t1,agent,chat,Sorry to hear that.,\n`);
  const { stdout, stderr } = await out(2, "cases", odd, "--now", "2026-03-02T09:15:00Z", "--out", "jsonl");
  assert.equal(lines(stdout).length, 2);
  assert.match(stderr, /2 rows have an error\n  line 5: field sent at: must be ISO 8601.*\n  line 6: field role: must be one of customer, agent, bot/);
  assert.match(stderr, /messages that came twice and count once: 1\n.*messages sent after now: 2/);
  assert.ok(!stderr.includes("CANARY"));
  const bare = await file("bare.csv", "text\nHello\n");
  for (const [args, message] of [
    [["cases", bare], /which column is the date\? Say --date COLUMN; the columns are text/],
    [["cases", odd, "--date", "when"], /--date when: there is no such column/],
    [["cases", odd, "--data", "product"], /--data product: there is no such column/],
    [["cases", odd, "--window", "long"], /--window must be a number of hours/],
    [["cases", odd, "--now", "soon"], /--now must be ISO 8601/],
    [["cases", odd, "--calendar", await file("bad.json", { ...CALENDAR, zone: "Mars/Base" })], /--calendar .*: field calendar.zone: must be a time zone/],
    [["cases", odd, "--calendar", await file("broken.json", "{CANARY")], /--calendar .* is not valid JSON/],
    [["cases", odd, "--out", "xml"], /There are jsonl, csv, table, json/],
    [["cases", path("missing.csv")], /cannot be read \(ENOENT\)/],
  ]) {
    const { stderr } = await out(1, ...args);
    assert.match(stderr, message);
    assert.ok(!stderr.includes("CANARY"));
  }
  assert.match((await out(0, "cases", "--help")).stdout, /^Usage: hearken cases/);
});

test("cli triage: the calendar says what is late and until when", async () => {
  const rows = await file("rows.csv", "text,sent,who\nWhere is it?,2026-04-30T16:00:00+02:00,k\nWhere is it?,2026-05-04T09:00:00+02:00,\n");
  const then = { action: "answer", queue: "day", priority: 2, respondWithinMinutes: 120, needs: ["customer"] };
  const policy = await file("hours.json", { id: "p", version: "1", rules: [{ id: "n", when: { open: false }, then: { ...then, queue: "night" } }, { id: "d", then }] });
  const calendar = await file("work.json", { ...CALENDAR, holidays: ["2026-05-01"] });
  const args = ["triage", rows, "--policy", policy, "--date", "sent", "--customer", "who"];
  const told = lines((await out(0, ...args, "--calendar", calendar, "--now", "2026-05-04T10:30:00+02:00")).stdout);
  assert.deepEqual(told.map(({ decision, due }) => [decision.queue, decision.window.late, new Date(due.deadlineMs).toISOString(), decision.missing]), [
    ["day", true, "2026-05-04T08:00:00.000Z", undefined], ["day", false, "2026-05-04T09:00:00.000Z", ["customer"]],
  ]);
  const [head, first] = cells((await out(0, ...args, "--calendar", calendar, "--now", "2026-05-03T10:30:00Z", "--out", "csv")).stdout);
  assert.deepEqual(["queue", "window.late", "window.remainingMinutes", "due.state"].map((name) => first[head.indexOf(name)]), ["night", "false", "60", "in_time"]);
  // Without a calendar all minutes count.
  const plain = lines((await out(0, ...args, "--now", "2026-05-04T10:30:00+02:00")).stdout);
  assert.deepEqual(plain.map(({ decision, due }) => [decision.queue, decision.window.late, due.state]), [["day", true, "late"], ["day", false, "soon"]]);
  // Policies are tested and compared at that time too.
  const expected = await file("expected.csv", "text,sent,expect\nWhere is it?,2026-04-30T16:00:00+02:00,answer\nWhere is it?,soon,answer\n");
  const other = await file("other.json", { id: "o", version: "1", rules: [{ id: "n", when: { open: false }, then: { ...then, queue: "later" } }, { id: "d", then }] });
  const sunday = ["--date", "sent", "--calendar", calendar, "--now", "2026-05-03T10:00Z"];
  const tested = await out(2, "policy", "test", policy, expected, "--expect", "expect", ...sunday);
  assert.match(tested.stdout, /^1 of 1 as expected/m);
  assert.match(tested.stderr, /line 3: field sentAt: /);
  assert.match((await out(2, "policy", "diff", policy, other, rows, ...sunday)).stdout, /answer in night.*-> answer in later.*\n.*\n2 of 2 rows are treated differently/s);
  assert.match((await out(0, "policy", "diff", policy, other, rows, ...sunday.slice(0, 4), "--now", "2026-05-04T10:00Z")).stdout, /^0 of 2 rows/);
  assert.match((await out(1, "triage", rows, "--now", "2026-05-04")).stderr, /--now needs --date COLUMN or --calendar FILE/);
});

test("cli report: periods are those of the time zone", async () => {
  const rows = await file("nights.csv", "comment,sent\nFine,2026-03-31T22:30:00Z\nFine,2026-04-01T10:00:00Z\n");
  const months = async (...zone) => {
    const { summary } = JSON.parse((await out(0, "report", rows, "--date", "sent", "--every", "month", ...zone, "--out", "json")).stdout);
    const { name, segments } = summary.dimensions.find(({ name }) => name.startsWith("month"));
    return [name, segments.map(({ key, n }) => [key, n])];
  };
  assert.deepEqual(await months(), ["month UTC", [["2026-03", 1], ["2026-04", 1]]]);
  assert.deepEqual(await months("--time-zone", "Europe/Warsaw"), ["month Europe/Warsaw", [["2026-04", 2]]]);
  assert.match((await out(1, "report", rows, "--date", "sent", "--time-zone", "Mars/Base")).stderr, /--time-zone Mars\/Base: must be a name of the IANA time zones/);
  assert.match((await out(1, "report", rows, "--time-zone", "Asia/Seoul")).stderr, /--time-zone needs --date COLUMN/);
});

test("cli replies: a draft for each row that is owed one", async () => {
  const messages = await file("drafts.csv", MESSAGES.replace("Where is my order?", "My order never arrived and nobody helps me."));
  const told = lines((await out(0, "replies", messages)).stdout);
  assert.deepEqual(told.map(({ index, decision, draft }) => [index, decision?.action ?? null, draft?.missing ?? null]), [[0, "resolve", ["order"]], [1, null, null], [2, "resolve", []]]);
  assert.ok(told[2].draft.text.includes("A-10"));
  const [head, first] = cells((await out(0, "replies", messages, "--out", "csv")).stdout);
  assert.deepEqual(head.slice(-8), ["action", "mode", "template", "language", "missing", "automatic", "draft", "error"]);
  assert.equal(first[head.indexOf("missing")], "order");
  const own = await file("own.json", { language: "en", templates: [{ id: "mine", action: "resolve", text: "Hello, {agent} looks into it." }] });
  const mine = lines((await out(0, "replies", messages, "--templates", own, "--agent", "Kim")).stdout);
  assert.equal(mine[2].draft.text, "Hello, Kim looks into it.");
  const bad = await file("bad-templates.json", { language: "en", templates: [{ id: "mine", action: "resolve", text: "{CANARY}" }] });
  const { stderr } = await out(1, "replies", messages, "--templates", bad);
  assert.ok(/templates\[0\]\.text/.test(stderr) && !stderr.includes("CANARY"), stderr);
  assert.match((await out(1, "replies", messages, "--reply", "message")).stderr, /--reply is for --check/);
  const gap = await file("gap.csv", "id,message\n1,Hello there\n2,\n");
  assert.match((await out(2, "replies", gap)).stderr, /line 3: field message: is missing/);
});

test("cli replies --check: what speaks against sending, row by row", async () => {
  const sent = await file("sent.jsonl", [
    { text: "When does my parcel arrive?", reply: "Hello {{name}}, thank you very much for writing to us about your order.", email: "ann@example.com" },
    { text: "When does my parcel arrive?", reply: "It arrives on Tuesday. We wrote to ann@example.com and to help@shop.example.", email: "ann@example.com" },
    { text: "When does my parcel arrive?", reply: 5 },
  ].map((row) => JSON.stringify(row)).join("\n"));
  const allow = await file("allow.txt", "# ours\n@shop.example\n");
  const { stdout, stderr } = await out(2, "replies", "--check", sent, "--own", "email", "--allow", allow);
  const [first, second, third] = lines(stdout);
  assert.deepEqual([first.check.ready, first.check.findings.map(({ kind }) => kind)], [false, ["placeholder", "open_question"]]);
  assert.deepEqual([second.check.ready, third.error.code], [true, "E_FIELD"]);
  assert.match(stderr, /1 reply is not ready\n.*1 row has an error\n  line 3: field reply: must be a string/s);
  const strict = lines((await out(2, "replies", "--check", sent)).stdout);
  assert.deepEqual(strict[1].check.findings.map(({ kind }) => kind), ["personal_data", "personal_data"]);
  // A pause that names replies holds them.
  const history = path("held.json");
  await out(0, "pause", "plan", "all", "--reason", "mourning", "--history", history, "--kinds", "reply", "--from", "2026-03-02T00:00Z", "--until", "2026-03-03T00:00Z");
  const held = lines((await out(2, "replies", "--check", sent, "--own", "email", "--allow", allow, "--history", history, "--now", "2026-03-02T10:00Z")).stdout);
  assert.deepEqual(held[1].check.findings.map(({ kind, id }) => [kind, id]), [["paused", "all"]]);
  assert.equal(lines((await out(2, "replies", "--check", sent, "--own", "email", "--allow", allow, "--history", history, "--now", "2026-03-04T10:00Z")).stdout)[1].check.ready, true);
});

test("cli pause: plan, recommend, check, resume and history on one file", async () => {
  const history = path("pauses.json");
  const at = (time) => ["--history", history, "--now", time];
  assert.match((await out(0, "pause", "plan", "storm", "--reason", "fire at the depot", "--brands", "Brewline", "--until", "2026-03-03T00:00Z", ...at("2026-03-02T00:00Z"))).stdout, /^storm: fire at the depot, from 2026-03-02T00:00Z until 2026-03-03T00:00Z, brands Brewline$/m);
  const items = await file("items.csv", "id,kind,brand,publishAt\na,post,Brewline,2026-03-02T10:00Z\nb,post,Other,\nc,reply,Brewline,\nd,post,Brewline,2026-03-05\n");
  const held = await out(2, "pause", "check", items, ...at("2026-03-02T01:00Z"));
  assert.equal(held.stdout, "a: held by storm until 2026-03-03T00:00Z\n1 of 4 items are held\n");
  const alerts = await file("alerts.csv", "id,kind,level,at,brands\nx,safety,critical,2026-03-02T00:30Z,Brewline|Other\ny,weather,CANARY,2026-03-02,\nz,burst,watch,2026-03-02,\n");
  const proposed = await out(2, "pause", "recommend", alerts, ...at("2026-03-02T01:00Z"));
  assert.match(proposed.stdout, /pause-x: safety, .* for the alert x \(critical\)\nnothing is paused yet/);
  assert.match(proposed.stderr, /line 3: field level: is no label that is known/);
  assert.ok(!proposed.stderr.includes("CANARY"));
  assert.equal(JSON.parse(await readFile(history, "utf8")).pauses.length, 1, "a person presses the button");
  const accepted = JSON.parse((await out(2, "pause", "recommend", alerts, "--accept", "--json", ...at("2026-03-02T01:00Z"))).stdout);
  assert.deepEqual([accepted.accepted, accepted.recommended.map(({ pause }) => pause.id)], [true, ["pause-x"]]);
  // The same alert again: what holds already is not proposed anew.
  assert.match((await out(2, "pause", "recommend", alerts, ...at("2026-03-02T01:30Z"))).stdout, /^no pause is called for$/m);
  assert.equal((await out(0, "pause", "resume", "storm", ...at("2026-03-02T02:00Z"))).stdout, "storm ended; still paused: pause-x\n");
  assert.match((await out(1, "pause", "resume", "storm", ...at("2026-03-02T02:00Z"))).stderr, /over, or that somebody ended already/);
  assert.equal((await out(0, "pause", "history", ...at("2026-03-02T02:00Z"))).stdout, [
    "2026-03-02T00:00Z  active  storm", "2026-03-02T01:00Z  active  pause-x", "2026-03-02T02:00Z  resumed  storm", "2026-03-04T00:30Z  ended (planned)  pause-x", "paused now: pause-x", "",
  ].join("\n"));
  await out(0, "pause", "resume", "pause-x", ...at("2026-03-02T03:00Z"));
  assert.equal((await out(0, "pause", "check", items, ...at("2026-03-02T04:00Z"))).stdout, "0 of 4 items are held\n");
});

test("cli pause: what cannot be used is refused and the file stays as it was", async () => {
  const history = await file("kept.json", { version: 1, pauses: [{ id: "p", reason: "r", from: 0 }] });
  const before = await readFile(history, "utf8");
  const items = await file("one.csv", "id,kind\na,nonsense\n");
  for (const [args, message] of [
    [["pause"], /pause needs one of recommend, plan, resume, check, history/],
    [["pause", "stop", "--history", history], /pause stop is not known/],
    [["pause", "plan", "x", "--reason", "r"], /--history FILE is missing/],
    [["pause", "plan", "x", "--history", history], /needs an ID and --reason TEXT/],
    [["pause", "plan", "p", "--reason", "r", "--history", history], /there is a pause p already/],
    [["pause", "plan", "x", "--reason", "r", "--history", history, "--from", "soon"], /--from must be ISO 8601/],
    [["pause", "plan", "x", "--reason", "r", "--history", history, "--until", "1970-01-01"], /pauses\[1\]\.until/],
    [["pause", "plan", "x", "--reason", "r", "--history", history, "--kinds", "tweet"], /There are post, advert, campaign, survey, reply/],
    [["pause", "resume", "q", "--history", history], /pause q is not known/],
    [["pause", "history", "--history", path("nowhere.json")], /--history .* cannot be read \(ENOENT\)/],
    [["pause", "history", "--history", await file("text.json", "CANARY")], /--history .* is not valid JSON/],
    [["pause", "history", "--history", await file("later.json", { version: 2, pauses: [] })], /is of another version/],
    [["pause", "history", "--history", await file("odd.json", { pauses: [{ id: "p", reason: "r", from: "CANARY" }] })], /pauses\[0\]\.from/],
  ]) {
    const { stderr } = await out(1, ...args);
    assert.match(stderr, message);
    assert.ok(!stderr.includes("CANARY"), stderr);
  }
  assert.match((await out(2, "pause", "check", items, "--history", history)).stderr, /line 2: field kind: /);
  assert.equal(await readFile(history, "utf8"), before);
});

test("cli returns: whom to tell, and why not the others", async () => {
  const wishes = await file("wishes.csv", "person,object,at\np1,oat latte,2024-10-01\np2,oat latte,2025-01-01\np3,oat latte,2025-01-01\np4,pancakes,2025-01-01\nann@example.com,oat latte,2025-01-01\np5,oat latte,last year\n");
  const consents = await file("consents.csv", "person,at,given,until\np1,2024-10-01,yes,\np2,2025-01-01,true,2025-06-01\n");
  const args = ["returns", wishes, "--consents", consents, "--available", "Oat latte", "--now", "2026-11-01"];
  const { stdout, stderr } = await out(2, ...args);
  assert.match(stdout, /^p1 +tell: asked 761 days ago$/m);
  assert.match(stdout, /^p2 +not told: consent_ended$/m);
  assert.match(stdout, /^p3 +not told: no_consent$/m);
  assert.match(stdout, /^1 to tell, 2 left out, of 3 wishes/m);
  assert.match(stderr, /line 6: field person: .*\n  line 7: field at: /);
  assert.ok(!(stdout + stderr).includes("ann@"));
  assert.deepEqual(cells((await out(2, ...args, "--out", "csv")).stdout).slice(1).map(([person, contact, reason]) => [person, contact, reason]), [["p1", "true", ""], ["p2", "false", "consent_ended"], ["p3", "false", "no_consent"]]);
  for (const [args, message] of [
    [["returns", wishes], /returns needs WISHES --consents FILE --available TEXT/],
    [["returns", wishes, "--consents", wishes, "--available", "x"], /which column is the given\? Say --given/],
    [["returns", wishes, "--consents", path("none.csv"), "--available", "x"], /cannot be read \(ENOENT\)/],
  ]) assert.match((await out(1, ...args)).stderr, message);
});
