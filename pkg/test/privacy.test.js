// Redactors, records, streams, pseudonyms and data use through the package.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { DataUse, Engine, Redactor, restore } from "hearken";
import { refuses } from "./helpers.js";

let engine;
before(async () => (engine = await Engine.load()));
after(() => engine.free());

const KEY = Uint8Array.from({ length: 32 }, (_, i) => i);
const TEXT = "Mail jane.doe@example.com or JANE.DOE@example.com, not joe@example.com; card 4111 1111 1111 1111.";
const CANARY = "CANARY7f3a";

test("redact: every mode, and a mode of its own for a type", () => {
  const written = (options) => engine.redact(TEXT, options).text;
  assert.equal(written({ mode: "partial" }), "Mail j***@example.com or J***@example.com, not j***@example.com; card ***1111.");
  assert.equal(written({ mode: "numbered" }), "Mail [EMAIL_1] or [EMAIL_1], not [EMAIL_2]; card [CARD_1].");
  assert.equal(written({ mode: "remove" }), "Mail  or , not ; card .");
  assert.equal(written({ mode: "numbered", modes: { card: "label" } }), "Mail [EMAIL_1] or [EMAIL_1], not [EMAIL_2]; card [CARD].");
  const keyed = written({ mode: "keyed", key: KEY });
  const [first, second, third] = keyed.match(/\[EMAIL:[a-p]{16}\]/g);
  assert.equal(first, second);
  assert.notEqual(first, third);
  assert.equal(written({ mode: "keyed", key: KEY }), keyed);
  assert.notEqual(written({ mode: "keyed", key: KEY.map((byte) => byte ^ 1) }), keyed);
  for (const mode of ["label", "mask", "partial", "numbered", "keyed", "remove"]) {
    const once = written({ mode, key: KEY });
    assert.equal(engine.redact(once, { mode, key: KEY }).text, once, mode);
  }
});

test("redact: keyed pseudonyms are HMAC-SHA-256, as Web Crypto computes it", async () => {
  const key = await crypto.subtle.importKey("raw", KEY, { name: "HMAC", hash: "SHA-256" }, false, ["sign"]);
  const code = new Uint8Array(await crypto.subtle.sign("HMAC", key, new TextEncoder().encode("EMAIL\0joe@example.com")));
  const letters = [...code.slice(0, 8)].flatMap((byte) => [byte >> 4, byte & 15]).map((nibble) => String.fromCharCode(97 + nibble)).join("");
  assert.equal(engine.redact("Joe@Example.com", { mode: "keyed", key: KEY }).text, `[EMAIL:${letters}]`);
});

test("redactor: numbers stay over texts, the vault leads back, spans are UTF-16", () => {
  const redactor = engine.redactor({ mode: "numbered", vault: true });
  assert.ok(redactor instanceof Redactor);
  const first = redactor.redact("😀 write to joe@example.com");
  assert.equal(first.text, "😀 write to [EMAIL_1]");
  assert.equal("😀 write to joe@example.com".slice(...first.pii[0].span), "joe@example.com");
  const { record, counts, fields } = redactor.redactRecord({ 이메일: "Joe@Example.com", notes: ["call ann@example.com"], n: 5 });
  assert.deepEqual(record, { 이메일: "[EMAIL_1]", notes: ["call [EMAIL_2]"], n: 5 });
  assert.deepEqual(counts, { email: 2 });
  assert.deepEqual(fields.map(({ path, by }) => [path, by]), [["notes.*", "text"], ["이메일", "name"]]);
  const vault = redactor.vault();
  assert.deepEqual(vault, [{ token: "[EMAIL_1]", value: "joe@example.com" }, { token: "[EMAIL_2]", value: "ann@example.com" }]);
  assert.equal(restore("Dear [EMAIL_2] and [EMAIL_9]", vault), "Dear ann@example.com and [EMAIL_9]");
  assert.deepEqual(engine.redactor({ mode: "numbered" }).vault(), []);
});

test("redactor: lists, detectors and their lint", () => {
  const detectors = { version: 1, detectors: [{ id: "member", shapes: ["M-####"], context: ["member"] }] };
  const redactor = engine.redactor({ allow: ["*@shop.example"], deny: ["Project Falcon"], detectors, fields: { raw: "keep" } });
  assert.equal(redactor.redact("help@shop.example: member m-1234, PROJECT falcon").text, "help@shop.example: member [MEMBER], [DENIED]");
  assert.deepEqual(redactor.lint(), [{ severity: "note", code: "no_example", path: "detectors[0]" }]);
  assert.equal(redactor.redactJson('{"raw": "a@b.example" , "phone":1}').text, '{"raw": "a@b.example" , "phone":"[PHONE]"}');
  assert.equal(redactor.redactCsv("email;x\na;b@c.example", ";").text, "email;x\n[EMAIL];[EMAIL]");
});

test("redactor: a stream gives the whole text's result however it is cut", () => {
  const line = "a line of plain words, 😀 then jane@example.com or 010-1234-5678 and more words.\n";
  const text = line.repeat(3_000);
  const redactor = engine.redactor({ mode: "label", maxTextBytes: 1_048_576 });
  const whole = redactor.redact(text.slice(0, line.length * 2_000)).text;
  for (const size of [7, 1_000, 200_001]) {
    const pieces = [];
    for (let at = 0; at < text.length; at += size) pieces.push(text.slice(at, at + size));
    const stream = redactor.redactStream(pieces);
    let out = "";
    let step = stream.next();
    for (; !step.done; step = stream.next()) out += step.value;
    out += step.value.text;
    assert.equal(out.slice(0, whole.length), whole);
    assert.equal(out, line.replace("jane@example.com", "[EMAIL]").replace("010-1234-5678", "[PHONE]").repeat(3_000));
    assert.deepEqual(step.value.counts, { email: 3_000, phone: 3_000 });
  }
  // A stream that is left early gives way to the next one.
  for (const piece of redactor.redactStream([text])) {
    assert.ok(piece.length > 0);
    break;
  }
  assert.equal([...redactor.redactStream(["short jane@example.com"])].join(""), "");
});

test("redactor: fails closed, and no error holds a value", () => {
  const thrown = [];
  const fails = (work, code) => assert.throws(work, (error) => (thrown.push(error), assert.equal(error.code, code, String(error)), true));
  fails(() => engine.redact(CANARY, { mode: CANARY }), "E_OPTION");
  fails(() => engine.redact(CANARY, { mode: "keyed" }), "E_OPTION");
  fails(() => engine.redact(CANARY, { key: CANARY }), "E_OPTION");
  fails(() => engine.redact(CANARY, { key: new Uint8Array(3) }), "E_OPTION");
  fails(() => engine.redact(CANARY, { modes: { [CANARY]: "label" } }), "E_OPTION");
  fails(() => engine.redact(CANARY, { modes: CANARY }), "E_OPTION");
  fails(() => engine.redact(CANARY, { allow: [5] }), "E_OPTION");
  fails(() => engine.redact(CANARY, { deny: CANARY }), "E_OPTION");
  fails(() => engine.redact(CANARY, { detectors: CANARY }), "E_JSON");
  fails(() => engine.redact(CANARY, { detectors: { version: 1, detectors: [{ id: "x", phrases: [CANARY], [CANARY.slice(7)]: 1 }] } }), "E_DETECTORS");
  fails(() => engine.redactor({ fields: { [CANARY]: CANARY } }), "E_OPTION");
  fails(() => engine.redactor({ vault: CANARY }), "E_OPTION");
  const redactor = engine.redactor({ maxTextBytes: 20 });
  fails(() => redactor.redact(CANARY.repeat(9)), "E_TEXT_TOO_LARGE");
  fails(() => redactor.redactJson(`{"${CANARY}`), "E_JSON");
  fails(() => redactor.redactJson(JSON.stringify({ a: CANARY.repeat(9) })), "E_TEXT_TOO_LARGE");
  fails(() => redactor.redactRecord({ a: CANARY, b: 5n }), "E_FIELD");
  fails(() => redactor.redactRecord(CANARY), "E_FIELD");
  fails(() => redactor.redactCsv(`a\n"${CANARY}`), "E_FIELD");
  fails(() => redactor.redactCsv(CANARY, "x"), "E_OPTION");
  fails(() => [...redactor.redactStream([CANARY, 5])], "E_FIELD");
  fails(() => [...redactor.redactStream(Array.from({ length: 2_000 }, () => CANARY))], "E_TEXT_TOO_LARGE");
  for (const error of thrown) assert.ok(!`${error.stack} ${JSON.stringify(error)}`.split("\n    at ")[0].includes(CANARY), String(error));
  redactor.free();
  redactor.free();
  refuses(() => redactor.redact("a"), "E_ENGINE_FREED");
});

test("classifyField: by name, by sample, or unknown", () => {
  assert.deepEqual(engine.classifyField("customerEmail"), { class: "identity", type: "email", reason: "name" });
  assert.deepEqual(engine.classifyField("x", "jane@example.com"), { class: "identity", type: "email", reason: "sample" });
  assert.deepEqual(engine.classifyField("x"), { class: null, type: null, reason: "unknown" });
});

const INVENTORY = {
  version: 1, id: "shop",
  fields: [
    { field: "phone", origin: "checkout", purposes: ["delivery"], outcome: "it arrives", insight: "none", destinations: ["courier"] },
    { field: "comment", origin: "survey", purposes: ["improve"], outcome: "fewer faults", insight: "causes", destinations: ["desk"], consent: true },
  ],
  policy: { purpose: "refuse", consent: "redact", destination: "redact" },
};

test("dataUse: a use is checked, applied and counted without values", () => {
  const use = engine.dataUse(INVENTORY);
  assert.ok(use instanceof DataUse);
  assert.equal(use.id, "shop");
  const redactor = engine.redactor();
  const call = { purpose: "improve", destination: "desk", nowMs: 1_000 };
  const record = { phone: "010-1234-5678", comment: "Call 010-1234-5678", [CANARY]: CANARY };
  const { record: used, decisions } = use.apply(record, call, redactor);
  assert.deepEqual(used, { comment: "Call [PHONE]" });
  assert.deepEqual(decisions.map(({ verdict, missing }) => [verdict, missing]), [["refuse", "purpose"], ["redact", "consent"], ["refuse", "record"]]);
  const consent = [{ id: "c1", purpose: "improve", givenMs: 0, expiresMs: 1_001 }];
  assert.deepEqual(use.apply(record, { ...call, consent }, redactor).record, { comment: "Call 010-1234-5678" });
  assert.equal(use.check(["comment"], { ...call, consent: [{ ...consent[0], expiresMs: 1_000 }] })[0].consent, "expired");
  const { rows, removed } = use.ledger();
  assert.ok(rows.some(({ field, origin, purpose, destination, verdict, count }) => field === "comment" && origin === "survey" && purpose === "improve" && destination === "desk" && verdict === "allowed" && count === 1));
  assert.deepEqual(removed, [{ destination: "desk", type: "phone", count: 1 }]);
  assert.ok(!JSON.stringify({ rows, removed }).includes(CANARY));
  const other = engine.dataUse(JSON.stringify(INVENTORY));
  other.merge(use).merge(engine.dataUse(INVENTORY));
  assert.deepEqual(other.ledger(), use.ledger());
  assert.deepEqual(use.checkForm(["email", { name: "phone", required: true }], "white paper").map(({ verdict }) => verdict), ["unjustified", "unjustified"]);
  refuses(() => engine.dataUse({ version: 1, id: "x", fields: [{}] }), "E_DATA_USE", { path: "fields[0].field" });
  refuses(() => use.check(["phone"], { purpose: "x" }), "E_FIELD", { field: "destination" });
  refuses(() => use.check([5], call), "E_FIELD", { field: "fields" });
});
