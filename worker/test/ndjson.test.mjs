// Lines in, lines out, one by one.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { chunk, connect, flood, head, readLines, start } from "./support.mjs";

const TYPE = "application/x-ndjson";
let worker;
before(async () => (worker = await start()));
after(() => worker.stop());

const lines = async (path, body) => readLines(await worker.post(path, body, TYPE));

test("each line is answered in order, and a bad one in the middle stops nothing", async () => {
  for (const [path, part] of [["/v1/analyze", "analysis"], ["/v1/triage", "decision"]]) {
    const body = ['{"id":"a","text":"Great service"}', '{"id":"b","text":', "", '{"id":"c","text":5}', "[]", '{"id":"d","text":"Never again"}'].join("\n");
    const answers = await lines(path, body);
    assert.deepEqual(answers.map(({ index, id, error, ...rest }) => [index, id, error?.code, error?.line, error?.column, Object.keys(rest)[0]]), [
      [0, "a", undefined, undefined, undefined, part],
      [1, undefined, "E_JSON", 2, 18, undefined],
      [2, "c", "E_FIELD", undefined, undefined, undefined],
      [3, undefined, "E_FIELD", undefined, undefined, undefined],
      [4, "d", undefined, undefined, undefined, part],
    ]);
    assert.deepEqual(Object.keys(answers[1].error), ["code", "message", "line", "column"]);
  }
});

test("blank lines, CRLF, a byte order mark, no last line feed", async () => {
  const one = '{"text":"ok"}';
  for (const [body, count] of [["", 0], ["\n\n \r\n", 0], [one, 1], [`${one}\r\n${one}\r\n`, 2], [`\ufeff${one}\n\n${one}`, 2]]) {
    const answers = await lines("/v1/analyze", body);
    assert.equal(answers.length, count, JSON.stringify(body));
    assert.ok(answers.every(({ analysis }) => analysis));
  }
});

test("a line that is not UTF-8 is one error", async () => {
  const body = Buffer.concat([Buffer.from('{"text":"a"}\n{"text":"'), Buffer.from([0xff]), Buffer.from('"}\n{"text":"b"}\n')]);
  const answers = await lines("/v1/triage", body);
  assert.deepEqual(answers.map(({ error }) => error && [error.code, error.line, error.column]), [undefined, ["E_JSON", 2, 10], undefined]);
});

test("lines cut at every byte give the same answer", async () => {
  const body = Buffer.from('{"id":"가","text":"배송이 늦어요 😀"}\n{"id":"2","text":"ok"}\n');
  const whole = await lines("/v1/analyze", body);
  assert.deepEqual(whole.map(({ id }) => id), ["가", "2"]);
  for (let at = 1; at < body.length; at++) {
    const parts = new ReadableStream({
      async start(controller) {
        controller.enqueue(body.subarray(0, at));
        await new Promise((done) => setTimeout(done, 1));
        controller.enqueue(body.subarray(at));
        controller.close();
      },
    });
    assert.deepEqual(await lines("/v1/analyze", parts), whole, `cut at ${at}`);
  }
});

test("an answer comes before the next line is sent", async () => {
  const line = connect(worker.url);
  await line.write(head(worker.url, "/v1/triage", [`content-type: ${TYPE}`, "transfer-encoding: chunked"]));
  for (let index = 0; index < 5; index++) {
    await line.write(chunk('{"id":"live-'));
    await line.write(chunk(`${index}","text":"Where is my order?"}\n`));
    await line.until(`"id":"live-${index}"`);
    assert.ok(!line.received().includes(`"id":"live-${index + 1}"`));
  }
  await line.write(chunk("{broken\n"));
  await line.until("E_JSON");
  await line.write("0\r\n\r\n");
  assert.match(await line.until("\r\n0\r\n\r\n"), /^HTTP\/1\.1 200 OK\r\n/);
  line.close();
});

test("a limit passed after the first line ends the answer with an error line", async () => {
  const line = connect(worker.url);
  await line.write(head(worker.url, "/v1/analyze", [`content-type: ${TYPE}`, "transfer-encoding: chunked"]));
  await line.write(chunk('{"id":"first","text":"ok"}\n'));
  await line.until('"id":"first"');
  assert.ok((await flood(line, "x", "E_BODY")) < 512 * 1024);
  const answer = await line.until("E_BODY_TOO_LARGE");
  assert.match(answer, /^HTTP\/1\.1 200 OK\r\n/);
  assert.match(answer, /\{"error":\{"code":"E_BODY_TOO_LARGE","message":"[^"]*","limit":262144\}\}\n/);
  line.close();
});

test("a client that hangs up in the middle disturbs nobody", async () => {
  for (let round = 0; round < 10; round++) {
    const line = connect(worker.url);
    await line.write(head(worker.url, "/v1/triage", [`content-type: ${TYPE}`, "transfer-encoding: chunked"]));
    await line.write(chunk('{"id":"gone","text":"ok"}\n{"id":"half"'));
    await line.until('"id":"gone"');
    line.close();
  }
  assert.equal((await lines("/v1/triage", '{"text":"still here"}')).length, 1);
  // The runtime itself may note a broken pipe; nothing of ours stands there.
  assert.ok(!worker.output().includes("gone") && !worker.output().includes("E_"), worker.output());
});
