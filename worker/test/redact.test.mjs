// The route that redacts: texts and records, modes, settings, and no text where it fails.

import assert from "node:assert/strict";
import { test } from "node:test";
import { read, start } from "./support.mjs";

async function using(bindings, work) {
  const worker = await start({ bindings });
  try {
    await work((value) => worker.post("/v1/redact", JSON.stringify(value)).then(read), worker);
  } finally {
    await worker.stop();
  }
}

const TEXT = "Write to joe@example.com or JOE@example.com, card 4111 1111 1111 1111";

test("redact answers texts and records without personal data", async () => {
  await using({}, async (redact) => {
    const { status, value } = await redact({ id: "r1", text: TEXT });
    assert.equal(status, 200);
    assert.equal(value.id, "r1");
    assert.equal(value.redaction.text, "Write to [EMAIL] or [EMAIL], card [CARD]");
    assert.deepEqual(value.redaction.counts, { card: 1, email: 2 });
    assert.equal(TEXT.slice(...value.redaction.pii[0].span), "joe@example.com");
    const record = (await redact({ record: { 이메일: "n/a", notes: [TEXT], score: 9 }, mode: "numbered", types: ["email"] })).value.redaction;
    assert.deepEqual(record.record, { 이메일: "[EMAIL_1]", notes: ["Write to [EMAIL_2] or [EMAIL_2], card 4111 1111 1111 1111"], score: 9 });
    assert.deepEqual(record.fields.map(({ path, by, count }) => [path, by, count]), [["notes.*", "text", 2], ["이메일", "name", 1]]);
    // Each message is numbered for itself.
    const { results } = (await redact([{ text: TEXT, mode: "numbered" }, { text: TEXT, mode: "numbered" }])).value;
    assert.equal(results[0].redaction.text, results[1].redaction.text);
    for (const wrong of [{ text: TEXT, mode: "hide" }, { text: TEXT, mode: "keyed" }, { text: TEXT, types: ["x"] }, { record: 5 }, {}, { text: "a".repeat(70_000) }]) {
      const failed = await redact(wrong);
      assert.equal(failed.status, 400, failed.text);
      assert.ok(!failed.text.includes("joe@"));
    }
  });
});

test("settings say how, and a message may choose the mode", async () => {
  const privacy = { mode: "keyed", allow: ["*@shop.example"], deny: ["Falcon"], fields: { ref: "national_id" } };
  await using({ PRIVACY: JSON.stringify(privacy), PRIVACY_KEY: "0f".repeat(16) }, async (redact) => {
    const { value } = await redact({ record: { ref: "A1", text: "joe@example.com help@shop.example falcon" } });
    assert.match(value.redaction.record.ref, /^\[NATIONAL_ID:[a-p]{16}\]$/);
    assert.match(value.redaction.record.text, /^\[EMAIL:[a-p]{16}\] help@shop\.example \[DENIED:[a-p]{16}\]$/);
    assert.equal((await redact({ text: "joe@example.com", mode: "label" })).value.redaction.text, "[EMAIL]");
  });
});

test("settings that cannot be used are 500, and nothing of them or of the text is shown", async () => {
  const cases = [
    [{ PRIVACY: "{canary" }, undefined],
    [{ PRIVACY: { mode: "canary" } }, "mode"],
    [{ PRIVACY: { mode: "keyed" } }, "key"],
    [{ PRIVACY: {}, PRIVACY_KEY: "canary" }, "key"],
    [{ PRIVACY: { detectors: { version: 1, detectors: [{ id: "x", phrases: [5] }] } } }, "detectors[0].phrases[0]"],
  ];
  for (const [bindings, path] of cases) {
    await using(bindings, async (redact, worker) => {
      const { status, text, value } = await redact({ text: "joe@example.com" });
      assert.equal(status, 500);
      assert.equal(value.error.code, "E_PRIVACY");
      assert.equal(value.error.path, path);
      assert.ok(!text.includes("canary") && !text.includes("joe@"));
      assert.ok(!worker.output().includes("canary"));
    });
  }
});
