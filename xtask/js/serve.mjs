// Serves the built page and the built worker on loopback ports until Ctrl-C.
//
// node xtask/js/serve.mjs [--once]
// With --once: asks both for an answer and ends. Exit status 1 when one does not answer as it must.

import { fileURLToPath } from "node:url";
import { serveFolder } from "./static.mjs";
import { serveWorker } from "./edge.mjs";

const folder = (name) => fileURLToPath(new URL(`../../${name}`, import.meta.url));

/** Fails unless the page and one script of it come with type and policy, and nothing else is served. */
async function checkPage(url) {
  const page = await answer(url, "text/html");
  const script = /<script[^>]*\ssrc="([^"]+)"/.exec(page)?.[1];
  if (script === undefined) throw new Error("the page has no script");
  await answer(new URL(script, url), "text/javascript");
  const stranger = await fetch(new URL("..%2f..%2fpackage.json", url));
  if (stranger.status !== 404) throw new Error(`a file outside the page was answered with ${stranger.status}`);
}

async function answer(url, type) {
  const response = await fetch(url);
  const policy = response.headers.get("content-security-policy") ?? "";
  if (response.status !== 200) throw new Error(`${new URL(url).pathname} was answered with ${response.status}`);
  if (!response.headers.get("content-type")?.startsWith(type)) throw new Error(`${new URL(url).pathname} is not ${type}`);
  if (!policy.includes("connect-src 'none'")) throw new Error(`${new URL(url).pathname} came without the content security policy`);
  return response.text();
}

/** Fails unless the worker is well and triages one message. Gives the decision. */
async function checkWorker(url) {
  const health = await fetch(new URL("v1/health", url));
  if (health.status !== 200) throw new Error(`v1/health was answered with ${health.status}`);
  const response = await fetch(new URL("v1/triage", url), {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ text: "Three weeks and still no parcel, this is unacceptable! Write to kim@example.com.", channel: "email" }),
  });
  if (response.status !== 200) throw new Error(`v1/triage was answered with ${response.status}`);
  const { decision = {} } = await response.json();
  if (typeof decision.action !== "string") throw new Error("v1/triage gave no action");
  if (typeof decision.redacted !== "string" || decision.redacted.includes("kim@example.com")) throw new Error("v1/triage gave an address back, or no redacted text");
  return decision;
}

const once = process.argv.includes("--once");
const open = [];
const close = () => Promise.allSettled(open.map((server) => server.close()));

try {
  const page = await serveFolder(folder("www/dist"));
  open.push(page);
  const worker = await serveWorker(folder("worker"));
  open.push(worker);
  await checkPage(page.url);
  const decision = await checkWorker(worker.url);
  console.log(`page    ${page.url}`);
  console.log(`worker  ${worker.url}`);
  console.log(`        a late parcel was triaged: ${decision.action}, queue ${decision.queue}, priority ${decision.priority}`);
  if (once) {
    await close();
  } else {
    console.log(`        curl ${worker.url}v1/triage -H "content-type: application/json" -d '{"text":"Where is my order?"}'`);
    console.log("Ctrl-C ends.");
    for (const signal of ["SIGINT", "SIGTERM"]) process.once(signal, () => close().then(() => process.exit(0)));
  }
} catch (error) {
  console.error(`serve: ${error.message}`);
  await close();
  process.exit(1);
}
