// Every route and method, the forms of an answer, and the headers on all of them.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { read, start } from "./support.mjs";

let worker;
before(async () => (worker = await start()));
after(() => worker.stop());

const MESSAGE = { id: "m-1", text: "I am very disappointed, the worst shop ever. Mail me: anna@example.com", channel: "email" };
const post = (path, value) => worker.post(path, JSON.stringify(value));

test("analyze answers one message with its analysis and without its text", async () => {
  const { status, text, value } = await read(await post("/v1/analyze", MESSAGE));
  assert.equal(status, 200);
  assert.deepEqual(Object.keys(value), ["id", "analysis"]);
  assert.equal(value.id, "m-1");
  assert.equal(value.analysis.sentiment.label, "negative");
  assert.equal(value.analysis.language.code, "en");
  assert.deepEqual(value.analysis.pii.map(({ type, span }) => [type, MESSAGE.text.slice(...span)]), [["email", "anna@example.com"]]);
  assert.ok(!text.includes("anna@") && !text.includes("worst shop"), "no text and no personal data in the answer");
});

test("a message without id is answered without id", async () => {
  for (const id of [{}, { id: null }]) {
    const { value } = await read(await post("/v1/analyze", { text: "Hello", ...id }));
    assert.deepEqual(Object.keys(value), ["analysis"]);
  }
});

test("triage answers one message with a decision whose only text is redacted", async () => {
  const { status, text, value } = await read(await post("/v1/triage", MESSAGE));
  assert.equal(status, 200);
  assert.deepEqual(Object.keys(value), ["id", "decision"]);
  assert.equal(value.decision.action, "resolve");
  assert.equal(value.decision.redacted, "I am very disappointed, the worst shop ever. Mail me: [EMAIL]");
  assert.ok(!text.includes("anna@"));
});

test("triage sends no text back that is too long to be redacted", async () => {
  const text = `${"very late and broken again. ".repeat(3_000)} anna@example.com`;
  const { status, value } = await read(await post("/v1/triage", { text }));
  assert.equal(status, 200);
  assert.equal(value.decision.redacted, null);
  assert.equal(value.decision.redactionError.code, "E_TEXT_TOO_LARGE");
  const analyzed = await read(await post("/v1/analyze", { text }));
  assert.equal(analyzed.value.analysis.truncated, true);
});

test("an array is answered in order and a bad message does not stop the rest", async () => {
  for (const [path, part] of [["/v1/analyze", "analysis"], ["/v1/triage", "decision"]]) {
    const messages = [{ id: "a", text: "Thank you!" }, { id: "b" }, "bare", null, { id: 7, text: "x" }, { id: "e", text: "Too late." }];
    const { status, value } = await read(await post(path, messages));
    assert.equal(status, 200);
    assert.deepEqual(Object.keys(value), ["results"]);
    assert.deepEqual(value.results.map((item) => [item.index, item.id, item.error?.code, item.error?.field, part in item]), [
      [0, "a", undefined, undefined, true],
      [1, "b", "E_FIELD", "text", false],
      [2, undefined, "E_FIELD", "message", false],
      [3, undefined, "E_FIELD", "message", false],
      [4, undefined, "E_FIELD", "id", false],
      [5, "e", undefined, undefined, true],
    ]);
  }
});

test("an array item equals the answer to the message alone", async () => {
  const alone = await read(await post("/v1/triage", MESSAGE));
  const among = await read(await post("/v1/triage", [{ text: "first" }, MESSAGE]));
  assert.deepEqual(among.value.results[1], { index: 1, ...alone.value });
  assert.deepEqual((await read(await post("/v1/analyze", []))).value, { results: [] });
});

test("a single message that cannot be used is 400 and names the field", async () => {
  const cases = [
    ["/v1/analyze", { text: 1 }, "text"],
    ["/v1/analyze", {}, "text"],
    ["/v1/analyze", "text", "message"],
    ["/v1/analyze", { text: "x", lang: 5 }, "lang"],
    ["/v1/analyze", { text: "x", id: "i".repeat(257) }, "id"],
    ["/v1/triage", { text: "x", channel: "pigeon" }, "channel"],
    ["/v1/triage", { text: "x", rating: { scale: "nps", value: 11 } }, "rating.value"],
  ];
  for (const [path, message, field] of cases) {
    const { status, value } = await read(await post(path, message));
    assert.equal(status, 400, field);
    assert.equal(value.error.code, "E_FIELD");
    assert.equal(value.error.field, field);
    assert.deepEqual(Object.keys(value), ["error"]);
  }
});

test("unknown fields of a message change nothing and are not given back", async () => {
  const extra = { ...MESSAGE, store: "CANARY-store", tags: [{ deep: ["CANARY"] }], __proto__x: 1, constructor: "CANARY" };
  const raw = JSON.stringify(extra).replace('"__proto__x":1', '"__proto__":{"text":"CANARY"}');
  for (const path of ["/v1/analyze", "/v1/triage"]) {
    const plain = await read(await post(path, MESSAGE));
    const more = await read(await worker.post(path, raw));
    assert.equal(more.text, plain.text);
  }
});

test("odd texts are answered: empty, NUL, lone surrogates, a byte order mark", async () => {
  for (const body of ['{"text":""}', '{"text":"\\u0000a"}', '{"text":"\\ud83d only half"}', '\ufeff{"text":"marked"}', ' \r\n\t{"text":"spaced"} \n']) {
    for (const path of ["/v1/analyze", "/v1/triage"]) {
      const { status, value } = await read(await worker.post(path, body));
      assert.equal(status, 200, body);
      assert.ok(value.analysis ?? value.decision.analysis);
    }
  }
});

test("health says engine, model and policy", async () => {
  const { status, value } = await read(await worker.fetch("/v1/health"));
  assert.equal(status, 200);
  assert.deepEqual(Object.keys(value), ["ok", "engine", "model", "policy"]);
  assert.equal(value.ok, true);
  for (const part of [value.engine, value.model, value.policy.id, value.policy.version]) assert.match(part, /\S/);
  const head = await worker.fetch("/v1/health", { method: "HEAD" });
  assert.equal(head.status, 200);
  assert.equal(await head.text(), "");
});

test("unknown routes are 404", async () => {
  for (const path of ["/", "/v1", "/v1/analyze/", "/V1/analyze", "/v1/health/x", "/__proto__", "/v1/%61nalyzer"]) {
    for (const method of ["GET", "POST", "OPTIONS"]) {
      const { status, value } = await read(await worker.fetch(path, { method }));
      assert.equal(status, 404, `${method} ${path}`);
      assert.equal(value.error.code, "E_ROUTE");
    }
  }
});

test("wrong methods are 405 with the right ones", async () => {
  const cases = [["/v1/analyze", "GET"], ["/v1/analyze", "PUT"], ["/v1/conversation", "GET"], ["/v1/triage", "DELETE"], ["/v1/health", "POST"], ["/v1/health", "PATCH"]];
  for (const [path, method] of cases) {
    const { status, headers, value } = await read(await worker.fetch(path, { method }));
    assert.equal(status, 405, `${method} ${path}`);
    assert.equal(value.error.code, "E_METHOD");
    assert.equal(headers.get("allow"), path === "/v1/health" ? "GET, HEAD, OPTIONS" : "POST, OPTIONS");
  }
});

test("OPTIONS is answered and allows no other origin", async () => {
  const headers = { origin: "https://shop.example.com", "access-control-request-method": "POST" };
  const response = await worker.fetch("/v1/triage", { method: "OPTIONS", headers });
  assert.equal(response.status, 204);
  assert.equal(response.headers.get("allow"), "POST, OPTIONS");
  assert.deepEqual([...response.headers.keys()].filter((name) => name.startsWith("access-control")), []);
});

test("other content types are 415 and say what is taken", async () => {
  const cases = [
    [{}, "content-type"],
    [{ "content-type": "text/plain" }, "content-type"],
    [{ "content-type": "application/jsonx" }, "content-type"],
    [{ "content-type": "application/x-www-form-urlencoded" }, "content-type"],
    [{ "content-type": "application/json; charset=utf-16" }, "content-type"],
    [{ "content-type": "application/json", "content-encoding": "gzip" }, "content-encoding"],
  ];
  for (const [headers, field] of cases) {
    // Bytes, so that the client adds no type of its own.
    const { status, value, headers: answered } = await read(
      await worker.fetch("/v1/analyze", { method: "POST", headers, body: new TextEncoder().encode('{"text":"x"}') }),
    );
    assert.equal(status, 415, JSON.stringify(headers));
    assert.equal(value.error.code, "E_CONTENT_TYPE");
    assert.equal(value.error.field, field);
    assert.equal(answered.get("accept-post"), "application/json, application/x-ndjson");
  }
  for (const type of ["application/json; charset=utf-8", 'APPLICATION/JSON;charset="UTF-8"', "application/json; version=1"]) {
    assert.equal((await worker.post("/v1/analyze", '{"text":"x"}', type)).status, 200, type);
  }
});

test("every answer carries the security headers", async () => {
  const answers = [
    await worker.fetch("/v1/health"),
    await worker.fetch("/v1/health", { method: "HEAD" }),
    await worker.fetch("/nowhere"),
    await worker.fetch("/v1/analyze"),
    await worker.fetch("/v1/analyze", { method: "OPTIONS" }),
    await worker.post("/v1/analyze", "{"),
    await worker.post("/v1/analyze", "x", "text/plain"),
    await worker.post("/v1/analyze", "x".repeat(300_000)),
    await post("/v1/analyze", MESSAGE),
    await post("/v1/conversation", { turns: [{ role: "customer", text: "x" }] }),
    await post("/v1/triage", [MESSAGE]),
    await worker.post("/v1/triage", JSON.stringify(MESSAGE), "application/x-ndjson"),
  ];
  for (const response of answers) {
    const at = `${response.status} ${response.url}`;
    const { headers } = response;
    assert.equal(headers.get("x-content-type-options"), "nosniff", at);
    assert.equal(headers.get("cache-control"), "no-store", at);
    assert.equal(headers.get("referrer-policy"), "no-referrer", at);
    assert.equal(headers.get("content-security-policy"), "default-src 'none'; frame-ancestors 'none'", at);
    assert.equal(headers.get("access-control-allow-origin"), null, at);
    assert.equal(headers.get("set-cookie"), null, at);
    if (response.status !== 204) assert.match(headers.get("content-type"), /^application\/(x-nd)?json$/, at);
    await response.arrayBuffer();
  }
});
