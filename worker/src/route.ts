// Which request gets which answer, and what a failure means at each route.

import { analyzing, conversing, redacting, type Answer } from "./answers.ts";
import { Body, bodyType } from "./body.ts";
import { cases, checking, drafting } from "./care.ts";
import { triaging, type Deciding } from "./decide.ts";
import { theEngine, thePolicy, thePrivacy } from "./engine.ts";
import { addCors, headers, type Env } from "./headers.ts";
import { hasCalendar, theCalendar, theInsight, thePauses, theReplies } from "./insight.ts";
import { parseJson } from "./json.ts";
import { MAX_LARGE_BODY_BYTES, MAX_RECORDS } from "./limits.ts";
import { answerArray, answerLines, answerOne, isBlank, tooMany } from "./messages.ts";
import { describe, failure, json, logFault, Refusal } from "./respond.ts";
import { report, rollup } from "./rollups.ts";
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
  ["/v1/triage", { methods: ["POST"], answer: (request, env) => messages(request, async () => triaging(await deciding(env))) }],
  // Fails CLOSED: what cannot be redacted as a whole is an error without text, and settings that cannot be
  // used answer every message with 500.
  ["/v1/redact", { methods: ["POST"], answer: (request, env) => messages(request, async () => {
    const engine = await theEngine();
    return redacting(engine, thePrivacy(engine, env));
  }) }],
  // A draft is words of templates and the values of the request, never of the message.
  ["/v1/replies", { methods: ["POST"], answer: (request, env) => messages(request, async () => {
    const insight = await theInsight();
    return drafting(await deciding(env), theReplies(insight, env));
  }) }],
  // Fails CLOSED: a reply that cannot be looked through as a whole is an error and not ready.
  ["/v1/outbound", { methods: ["POST"], answer: (request, env) => messages(request, async () => {
    const insight = await theInsight();
    return checking(await theEngine(), insight, theReplies(insight, env), thePauses(insight, env));
  }) }],
  // The answer is one for the whole body: a message that cannot be used refuses it, naming its place.
  ["/v1/cases", { methods: ["POST"], answer: async (request, env) => {
    const body = await whole(request);
    const insight = await theInsight();
    return json(cases(await deciding(env), insight, theCalendar(insight, env), body));
  } }],
  // A record that is refused costs no other; texts among the telling comments are redacted, or left out (CLOSED).
  ["/v1/rollup", { methods: ["POST"], answer: async (request, env) => {
    const body = await whole(request);
    const [engine, insight] = [await theEngine(), await theInsight()];
    return rollup({ engine, insight, taxonomies: theTaxonomies(engine, env), redaction: thePrivacy(engine, env) }, body);
  } }],
  // Reads counts only; the engine is not needed.
  ["/v1/report", { methods: ["POST"], answer: async (request) => {
    const body = await whole(request);
    return report(await theInsight(), body);
  } }],
  // Reads nothing. 503 when the engine, the policy, the privacy settings, the calendar or the list of taxonomies cannot be used, so that a probe sees it.
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

/** All that decides; the second wasm only where the team has a calendar. */
async function deciding(env: Env): Promise<Deciding> {
  const engine = await theEngine();
  const all = { engine, taxonomies: theTaxonomies(engine, env), policy: thePolicy(engine, env), redaction: thePrivacy(engine, env) };
  if (!hasCalendar(env)) return all;
  const insight = await theInsight();
  return { ...all, hours: { insight, calendar: theCalendar(insight, env)! } };
}

/** The whole body as one value; lines as a list. */
async function whole(request: Request): Promise<unknown> {
  const type = bodyType(request);
  const body = new Body(request, MAX_LARGE_BODY_BYTES);
  if (type === "json") return parseJson(await body.all());
  const values: unknown[] = [];
  let line = 0;
  for await (const bytes of body.lines()) {
    line += 1;
    if (isBlank(bytes)) continue;
    if (values.length === MAX_RECORDS) throw tooMany(undefined, MAX_RECORDS, "lines");
    values.push(parseJson(bytes, line));
  }
  return values;
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
    thePrivacy(engine, env);
    if (hasCalendar(env)) theCalendar(await theInsight(), env);
    return json({ ok: true, ...found, policy: { id, version } });
  } catch (error) {
    const { body } = describe(error);
    logFault(503, body.code);
    return json({ ok: false, ...found, error: body }, 503);
  }
}
