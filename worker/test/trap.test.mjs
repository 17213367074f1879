// A trap inside the engine costs one message, not the isolate.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { read, readLines, start } from "./support.mjs";

let worker;
before(async () => (worker = await start({ probe: true })));
after(() => worker.stop());

const TURNS = { id: "c", turns: [{ role: "customer", text: "The parcel is late again." }, { role: "agent", text: "Sorry." }] };
const MESSAGE = { id: "m", text: "The parcel is late again." };

function trapped(path, body, type = "application/json") {
  return worker.fetch(path, { method: "POST", headers: { "content-type": type, "x-probe-trap": "1" }, body });
}

test("a trap is 500 with its code and the next request gets the same answer as before", async () => {
  for (const [path, body] of [["/v1/analyze", MESSAGE], ["/v1/conversation", TURNS], ["/v1/triage", MESSAGE]]) {
    const good = await read(await worker.post(path, JSON.stringify(body)));
    assert.equal(good.status, 200);
    for (let round = 0; round < 3; round++) {
      const { status, value } = await read(await trapped(path, JSON.stringify(body)));
      assert.equal(status, 500);
      assert.deepEqual(Object.keys(value.error), ["code", "message"]);
      assert.equal(value.error.code, "E_TRAP");
      const began = performance.now();
      const next = await read(await worker.post(path, JSON.stringify(body)));
      const took = performance.now() - began;
      assert.equal(next.text, good.text);
      console.log(`${path}: next answer ${took.toFixed(1)} ms after a trap`);
    }
  }
});

test("in an array and in lines only the message that trapped has no answer", async () => {
  const array = await read(await trapped("/v1/triage", JSON.stringify([MESSAGE, MESSAGE, MESSAGE])));
  assert.equal(array.status, 200);
  assert.deepEqual(array.value.results.map(({ index, id, error }) => [index, id, error?.code]), [[0, "m", "E_TRAP"], [1, "m", undefined], [2, "m", undefined]]);
  assert.deepEqual(array.value.results[1].decision, array.value.results[2].decision);
  const body = `${JSON.stringify(MESSAGE)}\n`.repeat(3);
  const lines = await readLines(await trapped("/v1/analyze", body, "application/x-ndjson"));
  assert.deepEqual(lines.map(({ error }) => error?.code), ["E_TRAP", undefined, undefined]);
});

test("a trap in the second wasm is 500 and the next request has its answer", async () => {
  const { value } = await read(await worker.post("/v1/rollup", "[]"));
  const cases = JSON.stringify({ messages: [{ id: "1", sentAt: 0 }], now: 1 });
  const outbound = JSON.stringify({ text: "It arrives on Tuesday.", now: 0 });
  for (const [path, body] of [["/v1/report", JSON.stringify(value)], ["/v1/cases", cases], ["/v1/outbound", outbound]]) {
    const good = await read(await worker.post(path, body));
    assert.equal(good.status, 200, good.text);
    const { status, value: { error } } = await read(await trapped(path, body));
    assert.deepEqual([path, status, error.code], [path, 500, "E_TRAP"]);
    assert.equal((await read(await worker.post(path, body))).text, good.text);
  }
});

test("a trap while records are read costs the request, not the worker", async () => {
  const body = JSON.stringify([MESSAGE, MESSAGE]);
  const good = await read(await worker.post("/v1/rollup", body));
  const { status, value } = await read(await trapped("/v1/rollup", body));
  assert.deepEqual([status, value.error.code], [500, "E_TRAP"]);
  assert.equal((await read(await worker.post("/v1/rollup", body))).text, good.text);
});
