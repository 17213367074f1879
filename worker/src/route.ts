// Which request gets which answer, and what a failure means at each route.

import { analyzing, conversing, redacting, triaging, type Answer } from "./answers.ts";
import { Body, bodyType } from "./body.ts";
import { theEngine, thePolicy, thePrivacy } from "./engine.ts";
import { addCors, headers, type Env } from "./headers.ts";
import { parseJson } from "./json.ts";
import { answerArray, answerLines, answerOne } from "./messages.ts";
import { describe, failure, json, logFault, Refusal } from "./respond.ts";
import { theTaxonomies } from "./taxonomies.ts";

/** One address and what it does. */
interface Route {
  /** Methods besides OPTIONS. */
  methods: readonly string[];
  answer(request: Request, env: Env): Promise<Response>;
}

const ROUTES: ReadonlyMap<string, Route> = new Map<string, Route>([
  // Fails OPEN: a text over the engine's limit is analysed as far as it was read and flagged
  // `truncated`; a message that fails is an error of its own and the rest is answered. A caller that
  // gets no analysis can go on with the message it has. No text is in the answer.
  ["/v1/analyze", { methods: ["POST"], answer: (request, env) => messages(request, async () => answering(analyzing, env)) }],
  // Fails OPEN likewise: a turn over the limit is read as far as it goes and flagged. The customer's
  // words, which the engine gives joined, are left out of the answer.
  ["/v1/conversation", { methods: ["POST"], answer: (request, env) => messages(request, async () => answering(conversing, env)) }],
  // Redaction fails CLOSED: a text that cannot be redacted as a whole comes back as `redacted: null`
  // with `redactionError`, never as it was; its action still stands. A policy that cannot be used
  // answers every message with 500, not with the default policy.
  ["/v1/triage", { methods: ["POST"], answer: (request, env) => messages(request, async () => {
    const engine = await theEngine();
    return triaging(engine, theTaxonomies(engine, env), thePolicy(engine, env));
  }) }],
  // Fails CLOSED: what cannot be redacted as a whole is an error without text, and settings that cannot be
  // used answer every message with 500.
  ["/v1/redact", { methods: ["POST"], answer: (request, env) => messages(request, async () => {
    const engine = await theEngine();
    return redacting(engine, thePrivacy(engine, env));
  }) }],
  // Reads nothing. 503 when the engine, the policy or the list of taxonomies cannot be used, so that a probe sees it.
  ["/v1/health", { methods: ["GET", "HEAD"], answer: (_, env) => health(env) }],
]);

/** Answers every request; does not throw. */
export async function handle(request: Request, env: Env): Promise<Response> {
  const response = await dispatch(request, env).catch(failure);
  addCors(response, request, env);
  return request.method === "HEAD" ? new Response(null, response) : response;
}

async function dispatch(request: Request, env: Env): Promise<Response> {
  const route = ROUTES.get(new URL(request.url).pathname);
  if (!route) throw new Refusal(404, "E_ROUTE", "there is no such route");
  const allow = [...route.methods, "OPTIONS"].join(", ");
  if (request.method === "OPTIONS") return new Response(null, { status: 204, headers: headers({ allow }) });
  if (!route.methods.includes(request.method)) {
    throw new Refusal(405, "E_METHOD", `the route takes ${allow}`, {}, { allow });
  }
  return route.answer(request, env);
}

/** An answer that needs the engine and the taxonomies. */
async function answering(make: typeof analyzing, env: Env): Promise<Answer> {
  const engine = await theEngine();
  return make(engine, theTaxonomies(engine, env));
}

/** One message or conversation, an array or lines. The engine is asked for after the cheap checks. */
async function messages(request: Request, prepare: () => Promise<Answer>): Promise<Response> {
  const type = bodyType(request);
  const body = new Body(request);
  if (type === "ndjson") {
    const lines = await answerLines(body, await prepare());
    return new Response(lines, { headers: headers({ "content-type": "application/x-ndjson" }) });
  }
  const value = parseJson(await body.all());
  const answer = await prepare();
  return json(Array.isArray(value) ? answerArray(value, answer) : answerOne(value, answer));
}

/** `{ok, engine, model, policy: {id, version}}`; with `error` and without the parts that failed otherwise. */
async function health(env: Env): Promise<Response> {
  const found: Record<string, unknown> = {};
  try {
    const engine = await theEngine();
    found["engine"] = engine.info.engine;
    found["model"] = engine.info.model;
    theTaxonomies(engine, env);
    const { id, version } = thePolicy(engine, env) ?? engine.defaultPolicy();
    return json({ ok: true, ...found, policy: { id, version } });
  } catch (error) {
    const { body } = describe(error);
    logFault(503, body.code);
    return json({ ok: false, ...found, error: body }, 503);
  }
}
