// A worker for tests only: the sources of the real one, and ways in that the real one has not.
//
//   POST /probe/golden   [{id, text, options, message?}] -> [{id, analysis, redaction, decision}]
//   POST /probe/report   {a set of tests/report} -> {markdown, findings}
//   POST /probe/json     [text] -> [{line, column, code} | null]: how each is refused as JSON
//   POST /probe/lying?bytes=N&declared=M   the answer to a body of N bytes that declares M
//   GET  /probe/instances   how many wasm instances were made, and how often bytes were compiled
//   header x-probe-trap  the next call into the engine traps

import { Engine, type AnalyzeOptions } from "hearken";
import { Insight } from "hearken/insight";
import { goldenReport } from "../../tests/report/make.mjs";
import type { Env } from "../src/headers.ts";
import { parseJson } from "../src/json.ts";
import { Refusal } from "../src/respond.ts";
import { handle } from "../src/route.ts";

let armed = false;
let instances = 0;
let compilations = 0;

// Every instance goes through here, so that a call can be given an address outside its memory. The
// trap that follows is a real one, raised by the wasm.
const RealInstance = WebAssembly.Instance;
WebAssembly.Instance = function (module: WebAssembly.Module, imports?: WebAssembly.Imports) {
  instances += 1;
  const exports: Record<string, WebAssembly.ExportValue> = {};
  for (const [name, value] of Object.entries(new RealInstance(module, imports).exports)) {
    exports[name] = /_(analyze|triage|care|readRollup)/.test(name) && typeof value === "function" ? trapping(value as (...args: unknown[]) => unknown) : value;
  }
  return { exports };
} as unknown as typeof WebAssembly.Instance;

const realCompile = WebAssembly.compile;
WebAssembly.compile = (bytes) => {
  compilations += 1;
  return realCompile(bytes);
};

function trapping(call: (...args: unknown[]) => unknown): (...args: unknown[]) => unknown {
  return (...args) => {
    if (!armed) return call(...args);
    armed = false;
    return call(0xffff_ff00, ...args.slice(1));
  };
}

interface Row {
  id: string;
  text: string;
  options: AnalyzeOptions;
  message?: Record<string, unknown>;
}

let engine: Engine | undefined;

async function golden(rows: Row[]): Promise<Response> {
  const ready = (engine ??= await Engine.load());
  return Response.json(rows.map(({ id, text, options, message }) => ({
    id,
    analysis: ready.analyze(text, options),
    redaction: ready.redact(text),
    decision: ready.triage({ ...message, text }),
  })));
}

let insight: Insight | undefined;

async function report(set: unknown): Promise<Response> {
  return Response.json(goldenReport((insight ??= await Insight.load()), set));
}

function refusals(texts: string[]): Response {
  return Response.json(texts.map((text) => {
    try {
      parseJson(new TextEncoder().encode(text));
      return null;
    } catch (error) {
      if (error instanceof Refusal) return { code: error.code, ...error.details };
      throw error;
    }
  }));
}

function lying(query: URLSearchParams, env: Env): Promise<Response> {
  const total = Number(query.get("bytes"));
  let sent = 0;
  const body = new ReadableStream<Uint8Array>({
    pull(controller) {
      if (sent >= total) return controller.close();
      const size = Math.min(16_384, total - sent);
      sent += size;
      controller.enqueue(new Uint8Array(size).fill(0x20));
    },
  });
  const headers = { "content-type": "application/json", "content-length": query.get("declared") ?? "" };
  const request = new Request("http://localhost/v1/analyze", { method: "POST", headers, body });
  return handle(request, env).then(async (response) =>
    Response.json({ status: response.status, value: await response.json(), sent, declared: request.headers.get("content-length") }));
}

export default {
  async fetch(request: Request, env: Env): Promise<Response> {
    const url = new URL(request.url);
    if (url.pathname === "/probe/golden") return golden(await request.json());
    if (url.pathname === "/probe/report") return report(await request.json());
    if (url.pathname === "/probe/json") return refusals(await request.json());
    if (url.pathname === "/probe/lying") return lying(url.searchParams, env);
    if (url.pathname === "/probe/instances") return Response.json({ instances, compilations });
    if (request.headers.has("x-probe-trap")) armed = true;
    return handle(request, env);
  },
};
