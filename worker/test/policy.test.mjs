// A policy from the settings: used where it is good, refused aloud where it is not.

import assert from "node:assert/strict";
import { test } from "node:test";
import { read, readLines, start } from "./support.mjs";

const POLICY = {
  id: "shop",
  version: "7",
  rules: [
    { id: "loud", when: { textContains: ["refund"] }, then: { action: "escalate", queue: "money", priority: 1, respondWithinMinutes: 30 } },
    { id: "rest", then: { action: "engage", queue: "front", priority: 3 } },
  ],
};

async function using(bindings, work) {
  const worker = await start({ bindings });
  try {
    await work(worker);
  } finally {
    await worker.stop();
  }
}

const triage = async (worker, text) => read(await worker.post("/v1/triage", JSON.stringify({ text })));

test("a policy as JSON text or as JSON binding decides", async () => {
  for (const given of [JSON.stringify(POLICY), POLICY]) {
    await using({ POLICY: given }, async (worker) => {
      for (const [text, action, queue] of [["I want a refund", "escalate", "money"], ["Good day", "engage", "front"]]) {
        const { status, value } = await triage(worker, text);
        assert.equal(status, 200);
        const { decision } = value;
        assert.deepEqual([decision.action, decision.queue, decision.policy], [action, queue, { id: "shop", version: "7" }]);
      }
      const { value } = await read(await worker.fetch("/v1/health"));
      assert.deepEqual([value.ok, value.policy], [true, { id: "shop", version: "7" }]);
    });
  }
});

test("an empty setting is the default policy", async () => {
  await using({ POLICY: "" }, async (worker) => {
    const { value } = await triage(worker, "Good day");
    const health = await read(await worker.fetch("/v1/health"));
    assert.deepEqual(value.decision.policy, health.value.policy);
  });
});

test("a policy that cannot be used is 500 with the place, and health shows it", async () => {
  const flying = structuredClone(POLICY);
  flying.rules[0].then.action = "fly";
  const cases = [
    [JSON.stringify(flying), ({ path }) => assert.equal(path, "rules[0].then.action")],
    [flying, ({ path }) => assert.equal(path, "rules[0].then.action")],
    ["{id:1}", ({ line, column }) => assert.deepEqual([line, column], [1, 2])],
  ];
  for (const [given, check] of cases) {
    await using({ POLICY: given }, async (worker) => {
      // At every use, not only the first.
      for (let round = 0; round < 2; round++) {
        const { status, value } = await triage(worker, "I want a refund");
        assert.equal(status, 500);
        assert.equal(value.error.code, "E_POLICY");
        check(value.error);
      }
      const lines = await worker.post("/v1/triage", '{"text":"a"}\n', "application/x-ndjson");
      assert.equal(lines.status, 500);
      assert.equal((await readLines(new Response(`${await lines.text()}\n`)))[0].error.code, "E_POLICY");
      const health = await read(await worker.fetch("/v1/health"));
      assert.equal(health.status, 503);
      assert.equal(health.value.ok, false);
      assert.equal(health.value.error.code, "E_POLICY");
      check(health.value.error);
      assert.match(health.value.engine, /\S/);
      assert.match(health.value.model, /\S/);
      // Analysis needs no policy.
      assert.equal((await worker.post("/v1/analyze", '{"text":"a"}')).status, 200);
    });
  }
});
