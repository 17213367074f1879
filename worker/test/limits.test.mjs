// Sizes and depths: what is over a limit is refused early, with the limit, and the next request works.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { connect, flood, head, read, readLines, start } from "./support.mjs";

const LIMIT = 256 * 1024;
const TYPES = ["application/json", "application/x-ndjson"];
let worker;
before(async () => (worker = await start({ probe: true })));
after(() => worker.stop());

/** A message of exactly `bytes` bytes of JSON. */
const sized = (bytes) => `{"text":"a","extra":"${"x".repeat(bytes - 23)}"}`;

async function alive() {
  assert.equal((await worker.post("/v1/analyze", '{"text":"still here"}')).status, 200);
}

test("a body at the limit is read, one byte more is 413", async () => {
  assert.equal(sized(LIMIT).length, LIMIT);
  for (const type of TYPES) {
    assert.equal((await worker.post("/v1/analyze", sized(LIMIT), type)).status, 200);
    const { status, value } = await read(await worker.post("/v1/analyze", sized(LIMIT + 1), type));
    assert.equal(status, 413);
    assert.deepEqual([value.error.code, value.error.limit, value.error.actual], ["E_BODY_TOO_LARGE", LIMIT, LIMIT + 1]);
  }
});

test("a declared length over the limit is refused before the body is sent", async () => {
  for (const type of TYPES) {
    const line = connect(worker.url);
    await line.write(head(worker.url, "/v1/triage", [`content-type: ${type}`, `content-length: ${50 * 1024 * 1024}`]));
    await line.write("{");
    const answer = await line.until("E_BODY_TOO_LARGE");
    assert.match(answer, /^HTTP\/1\.1 413 /);
    line.close();
  }
  await alive();
});

test("a chunked body is refused when it passes the limit, not at its end", async () => {
  for (const type of TYPES) {
    const line = connect(worker.url);
    await line.write(head(worker.url, "/v1/analyze", [`content-type: ${type}`, "transfer-encoding: chunked"]));
    // The end is never sent: an answer proves that the worker did not wait for it.
    const sent = await flood(line, " ", "E_BODY");
    const answer = await line.until("E_BODY_TOO_LARGE");
    assert.match(answer, /^HTTP\/1\.1 413 /);
    assert.ok(sent < 2 * LIMIT, `${sent} bytes were taken`);
    line.close();
  }
  await alive();
});

test("a declared length that lies does not move the limit", async () => {
  // Inside the runtime, where a header can say anything.
  for (const declared of ["10", "0", "-5", "many", ""]) {
    const { value } = await read(await worker.fetch(`/probe/lying?bytes=${4 * LIMIT}&declared=${declared}`, { method: "POST" }));
    assert.equal(value.status, 413, declared);
    assert.equal(value.value.error.code, "E_BODY_TOO_LARGE");
    assert.ok(value.sent < 2 * LIMIT, `${value.sent} bytes were read`);
  }
  // On the wire: more than declared, then less.
  const more = connect(worker.url);
  await more.write(head(worker.url, "/v1/analyze", ["content-type: application/json", "content-length: 5", "connection: close"]));
  await more.write(`{"tex${"t".repeat(LIMIT * 2)}`);
  assert.match(await more.until("E_JSON"), /^HTTP\/1\.1 400 /);
  more.close();
  const less = connect(worker.url);
  await less.write(head(worker.url, "/v1/analyze", ["content-type: application/json", "content-length: 500"]));
  await less.write('{"text":"cut');
  less.close();
  await alive();
});

test("an array of 1,000 messages is answered, one of 1,001 is 413", async () => {
  const many = (n) => JSON.stringify(Array.from({ length: n }, (_, index) => ({ id: `${index}`, text: "Where is my order?" })));
  const good = await read(await worker.post("/v1/triage", many(1_000)));
  assert.equal(good.status, 200);
  assert.deepEqual(good.value.results.map(({ id }) => Number(id)), Array.from({ length: 1_000 }, (_, index) => index));
  const { status, value } = await read(await worker.post("/v1/triage", many(1_001)));
  assert.equal(status, 413);
  assert.deepEqual([value.error.code, value.error.limit, value.error.actual], ["E_BATCH_TOO_LARGE", 1_000, 1_001]);
});

test("the 1,001st line ends the answer with an error", async () => {
  const lines = await readLines(await worker.post("/v1/analyze", '{"text":"a"}\n'.repeat(1_005), "application/x-ndjson"));
  assert.equal(lines.length, 1_001);
  assert.ok(lines.slice(0, 1_000).every(({ analysis }, index) => analysis && lines[index].index === index));
  assert.deepEqual(Object.keys(lines[1_000]), ["error"]);
  assert.deepEqual([lines[1_000].error.code, lines[1_000].error.limit], ["E_BATCH_TOO_LARGE", 1_000]);
});

test("JSON 32 levels deep is read, 33 is 400 with the place", async () => {
  const deep = (levels) => `{"text":"[[{{","extra":${"[".repeat(levels - 1)}${"]".repeat(levels - 1)}}`;
  assert.equal((await worker.post("/v1/analyze", deep(32))).status, 200);
  const { status, value } = await read(await worker.post("/v1/analyze", deep(33)));
  assert.equal(status, 400);
  const { code, limit, line, column } = value.error;
  assert.deepEqual([code, limit, line, column], ["E_JSON_DEPTH", 32, 1, deep(33).indexOf("[[[[[") + 32]);
  for (const bomb of ["[".repeat(250_000), '{"a":'.repeat(50_000), '{"text":"a","b":'.repeat(15_000)]) {
    assert.equal((await read(await worker.post("/v1/triage", bomb))).value.error.code, "E_JSON_DEPTH");
  }
  await alive();
});
