// What a golden row expects (tests/golden/README.md), checked against an engine.

import { isDeepStrictEqual } from "node:util";

/** Number of checks made, and in words those that failed. A key the row leaves out, or that is known to fail, is not checked. */
export function checkExpectation(engine, { text, message, options, expect, knownFailures }) {
  const analysis = engine.analyze(text, options);
  const labels = (list) => list.map(({ label }) => label);
  const flags = { mixed: analysis.sentiment.mixed, irony: analysis.irony, broadcast: analysis.broadcast };
  const found = {
    language: () => analysis.language.code,
    sentiment: () => analysis.sentiment.label,
    emotions: () => labels(analysis.emotions),
    acts: () => analysis.acts,
    intent: () => analysis.intent.label,
    safety: () => labels(analysis.safety),
    flags: () => Object.keys(flags).filter((flag) => flags[flag]),
    disposition: () => analysis.disposition,
    meaningful: () => analysis.meaningful,
    pii: () => analysis.pii.map(({ type, span }) => ({ type, text: text.slice(...span) })),
    redacted: () => engine.redact(text).text,
    action: () => engine.triage({ ...message, text }).action,
  };
  const failed = [];
  let checks = 0;
  for (const [name, wanted] of Object.entries(expect)) {
    if (wanted === null || knownFailures.includes(name)) continue;
    checks += 1;
    const given = found[name]();
    if (!isDeepStrictEqual(given, wanted)) failed.push(`${name} should be ${JSON.stringify(wanted)}, is ${JSON.stringify(given)}`);
  }
  return { checks, failed };
}
