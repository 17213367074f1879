// A text that is sent is in no error and in no output of the runtime.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { CANARY, pause, start } from "./support.mjs";

let worker;
before(async () => (worker = await start({ probe: true })));
after(() => worker.stop());

const text = CANARY;
const json = JSON.stringify;
/** Requests that fail somewhere, each with the canary in it. */
const FAILING = [
  ["broken at the end", `{"text":${json(text)}`],
  ["broken in the text", `{"text":"${text}\n"}`],
  ["broken after the text", `{"text":${json(text)}} ${text}`],
  ["bare words", text],
  ["a bare string", json(text)],
  ["bad escape", `{"text":"${text}\\q"}`],
  ["not UTF-8", Buffer.concat([Buffer.from(`{"text":"${text}`), Buffer.from([0xff]), Buffer.from('"}')])],
  ["too deep", `{"text":${json(text)},"x":${"[".repeat(40)}${json(text)}${"]".repeat(40)}}`],
  ["text of another type", json({ text: { inner: text } })],
  ["text in a list", json({ text: [text] })],
  ["no text", json({ txt: text })],
  ["bad channel", json({ text, channel: text })],
  ["bad rating", json({ text, rating: text })],
  ["bad scale", json({ text, rating: { scale: text, value: 3 } })],
  ["bad value", json({ text, rating: { scale: "nps", value: text } })],
  ["unknown in rating", json({ text, rating: { scale: "nps", value: 3, note: text } })],
  ["bad author", json({ text, author: text })],
  ["bad author field", json({ text, author: { email: { at: text } } })],
  ["bad thread", json({ text, thread: [text] })],
  ["bad sentAt", json({ text, sentAt: { at: text } })],
  ["bad id", json({ text, id: [text] })],
  ["long id", json({ text, id: text.repeat(20) })],
  ["bad lang", json({ text, lang: [text] })],
  ["odd lang", json({ text, lang: text })],
  ["bad question", json({ text, question: [text] })],
  ["bad parent", json({ text, parent: { text } })],
  ["bad record", json({ record: text })],
  ["text and record", json({ text, record: { text } })],
  ["good record", json({ record: { email: text, note: [text] } })],
  ["bad mode", json({ text, mode: text })],
  ["bad types", json({ text, types: [text] })],
  ["bad options", json({ text, options: text })],
  ["unknown option", json({ text, options: { [text]: true } })],
  ["bad option", json({ text, options: { evidence: text } })],
  ["turns of another type", json({ turns: text })],
  ["a bare turn", json({ turns: [text] })],
  ["bad role", json({ turns: [{ role: text, text }] })],
  ["bad turn", json({ turns: [{ role: "agent", text: [text] }] })],
  ["too many turns", json({ turns: Array.from({ length: 1_001 }, () => ({ role: "bot", text: "CANARY7f3a" })) })],
  ["good turns", json({ turns: [{ role: "customer", text }, { role: "agent", text }], question: text, parent: text, options: { evidence: true, sentences: true } })],
  ["too long", json({ text: text.repeat(3_000) })],
  ["bad redact", json({ text, options: { redact: text } })],
  ["bad modes", json({ text, modes: { [text]: "mask" }, options: { redact: { modes: { email: text } } } })],
  ["unknown type", json({ text, options: { redact: { types: [text] } } })],
  ["bad situation", json({ text, options: { situation: { now: text, [text]: 1 } } })],
  ["unknown in situation", json({ text, options: { situation: { [text]: text } } })],
  ["unknown values", json({ text, values: { [text]: text } })],
  ["bad values", json({ text, values: { name: `{{${text}}}` }, variant: [text] })],
  ["bad pauses", json({ text, pauses: [{ id: text, reason: text, from: 0, [text]: 1 }] })],
  ["bad scope", json({ text, kind: text, pauses: [{ id: "p", reason: "r", from: 0, scope: { [text]: [text] } }] })],
  ["bad events", json({ text, events: [{ id: 1, [text]: text }], languages: [5], allowed: text })],
  ["bad records", json({ records: [{ text, rating: text }, { [text]: text, keys: { [text]: text } }, text, { text, emotions: [text] }, { text: [text], sentAt: text }] })],
  ["bad rollups", json({ text, rollups: [{ format: "hearken-rollup-1", [text]: text }], rollup: { [text]: text } })],
  ["bad bytes", json({ text, rollups: [text], rollup: text })],
  ["bad options of a rollup", json({ text, records: [], options: { keys: [text], periods: [{ unit: text, zone: text, [text]: 1 }], [text]: 1 } })],
  ["bad form", json({ text, records: [], rollup: {}, as: text })],
  ["bad cases", json({ messages: [{ id: "1", sentAt: 0, text, [text]: text, channel: text }] })],
  ["bad case", json({ messages: [{ id: "1", sentAt: text }], windowHours: text })],
  ["unknown in cases", json({ messages: [{ id: "1", sentAt: 0, emotions: [text], action: text }] })],
  ["bad share", json({ text, records: [], share: { [text]: 1, noise: { [text]: 1, epsilon: text }, minPeople: text, budget: 1 } })],
  ["good cases", json({ text, messages: [{ id: "1", sentAt: 0, text }, { id: "2", sentAt: 1, text, role: "agent" }] })],
  ["good records", json({ text, records: [{ text, keys: {} }] })],
  ["over the body limit", json({ text: text.repeat(10_000) })],
];

test("no answer and no output holds the canary", async () => {
  let errors = 0;
  for (const [name, body] of FAILING) {
    const forms = [[body, "application/json"], [body, "text/plain"], [body, "application/x-ndjson"]];
    if (typeof body === "string") forms.push([`[${body},{"text":${json(text)}}]`, "application/json"]);
    for (const path of ["/v1/analyze", "/v1/conversation", "/v1/triage", "/v1/redact", "/v1/replies", "/v1/outbound", "/v1/cases", "/v1/rollup", "/v1/report", `/v1/nowhere/${encodeURIComponent(text)}`]) {
      for (const [sent, type] of forms) {
        const response = await worker.post(path, sent, type);
        const answer = await response.text();
        const shown = answer + json([...response.headers]);
        assert.ok(!shown.includes("canary.person") && !shown.includes("4111 1111"), `${name} ${path} ${type}: ${answer}`);
        // A decision, a redaction and a rollup may hold the redacted text, an error nothing of it.
        for (const error of answer.match(/"error":\{[^}]*\}/g) ?? []) {
          errors += 1;
          assert.ok(!error.includes("CANARY"), `${name} ${path} ${type}: ${error}`);
        }
        if (!response.ok || !["/v1/triage", "/v1/redact", "/v1/rollup"].includes(path)) assert.ok(!answer.includes("CANARY"), `${name} ${path} ${type}: ${answer}`);
      }
    }
  }
  assert.ok(errors > FAILING.length * 3, `${errors} errors seen`);
  assert.ok(!worker.output().includes("CANARY") && !worker.output().includes("canary"), "the runtime wrote nothing of it");
});

test("texts that succeed are not written down either", async () => {
  for (const path of ["/v1/analyze", "/v1/triage", "/v1/redact"]) {
    const answer = await (await worker.post(path, json([{ text }, { text }]))).text();
    assert.ok(!answer.includes("canary.person") && !answer.includes("4111 1111"));
  }
  assert.equal(worker.output(), "");
});

test("a trap says its code and nothing of the text, in the answer and in the log", async () => {
  for (const path of ["/v1/analyze", "/v1/triage"]) {
    const headers = { "content-type": "application/json", "x-probe-trap": "1" };
    const response = await worker.fetch(path, { method: "POST", headers, body: json({ text }) });
    const answer = await response.text();
    assert.equal(response.status, 500);
    assert.equal(JSON.parse(answer).error.code, "E_TRAP");
    assert.ok(!answer.includes("CANARY"));
  }
  await pause(200);
  assert.match(worker.output(), /^(\{"code":"E_TRAP"\}\s*){2}$/);
});
