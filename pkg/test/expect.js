// What a golden row expects (tests/golden/README.md), checked against an engine.

import { isDeepStrictEqual } from "node:util";

/** Number of checks made, and in words those that failed. A key the row leaves out is not checked. */
export function checkExpectation(engine, { text, message, expect }) {
  const failed = [];
  let checks = 0;
  const check = (name, wanted, found) => {
    if (wanted === undefined || wanted === null) return;
    checks += 1;
    if (!isDeepStrictEqual(found, wanted)) failed.push(`${name} should be ${JSON.stringify(wanted)}, is ${JSON.stringify(found)}`);
  };
  const analysis = engine.analyze(text);
  check("language", expect.language, analysis.language.code);
  check("sentiment", expect.sentiment, analysis.sentiment.label);
  check("acts", expect.acts && [...expect.acts].sort(), [...analysis.acts].sort());
  check("meaningful", expect.meaningful, analysis.meaningful);
  const found = analysis.pii.map(({ type, span }) => ({ type, text: text.slice(...span) }));
  check("pii", expect.pii?.map(({ type, text: value }) => ({ type, text: value })), found);
  if (expect.redacted !== undefined && expect.redacted !== null) check("redacted", expect.redacted, engine.redact(text).text);
  if (expect.action !== undefined && expect.action !== null) check("action", expect.action, engine.triage({ ...message, text }).action);
  return { checks, failed };
}
