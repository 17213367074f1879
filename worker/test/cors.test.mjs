// Other origins, where the settings name them.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { start } from "./support.mjs";

let worker;
before(async () => (worker = await start({ bindings: { ALLOW_ORIGIN: "https://shop.example.com, http://localhost:5173" } })));
after(() => worker.stop());

async function ask(method, origin) {
  const init = method === "POST" ? { body: '{"text":"x"}' } : {};
  const headers = { "content-type": "application/json", ...(origin ? { origin } : {}) };
  const response = await worker.fetch("/v1/analyze", { method, headers, ...init });
  await response.arrayBuffer();
  return response;
}

test("a named origin may call, with and without asking first", async () => {
  for (const origin of ["https://shop.example.com", "http://localhost:5173"]) {
    const asked = await ask("OPTIONS", origin);
    assert.equal(asked.status, 204);
    assert.equal(asked.headers.get("access-control-allow-origin"), origin);
    assert.equal(asked.headers.get("access-control-allow-methods"), "POST, OPTIONS");
    assert.equal(asked.headers.get("access-control-allow-headers"), "content-type");
    const called = await ask("POST", origin);
    assert.equal(called.status, 200);
    assert.equal(called.headers.get("access-control-allow-origin"), origin);
    assert.equal(called.headers.get("access-control-allow-credentials"), null);
    assert.match(called.headers.get("vary"), /Origin/);
  }
});

test("other origins may not", async () => {
  for (const origin of ["https://evil.example", "https://shop.example.com.evil.example", "null", "*", ""]) {
    for (const method of ["OPTIONS", "POST"]) {
      const response = await ask(method, origin);
      assert.equal(response.headers.get("access-control-allow-origin"), null, `${method} ${origin}`);
      assert.match(response.headers.get("vary"), /Origin/);
    }
  }
});
