/** Reads a policy as it is typed, and tells whom it would treat differently. */
import type { Engine } from "hearken";
import { FAULT_SEVERITY, type DecidingRequests, type EffectLine, type PolicyCheck, type PolicyEffect } from "../shared/deciding.ts";
import { placeOf } from "../shared/json-place.ts";
import type { Study } from "./analyse.ts";
import { lineAt, refusal } from "./findings.ts";
import type { Job } from "./job.ts";
import { Deciding } from "./policies.ts";
import { NO_LABEL } from "./results.ts";
import type { Topics } from "./taxonomies.ts";
import { becauseOf, triageOptions } from "./triage.ts";
import { rowViews } from "./views.ts";

/** Findings that the page lists, and comments that would be treated differently. */
const MAX_LINES = 100;
const MAX_EFFECT = 50;

/** Everything about the policy. One that cannot be used has one line that says why. `topics` are those of the comments. */
export function checkPolicy(engine: Engine, { json, topics: named }: DecidingRequests["checkPolicy"]["in"], topics: Topics): PolicyCheck {
  let policy: Deciding;
  try {
    policy = new Deciding(engine, { json, topics: named });
  } catch (error) {
    const line = refusal(json, error, "E_POLICY");
    return { usable: false, id: "", version: "", rules: 0, lines: [line], counts: { error: 1, warning: 0, note: 0 } };
  }
  try {
    const known = (policy.topics ?? topics).topics.map(({ label }) => label);
    const findings = policy.compiled.lint(known);
    const counts = { error: 0, warning: 0, note: 0 };
    for (const { fault } of findings) counts[FAULT_SEVERITY[fault]] += 1;
    const lines = findings.slice(0, MAX_LINES).map(({ fault, rule, path, message }) =>
      lineAt(json, FAULT_SEVERITY[fault], `Rule “${rule}”: ${message}.`, placeOf(json, path)));
    return { usable: true, ...policy.inUse, rules: policy.source.rules.length, lines, counts };
  } finally {
    policy.free();
  }
}

/** Compares over all rows with a result. */
export async function policyEffect(study: Study, before: Deciding, { json, topics }: DecidingRequests["policyEffect"]["in"], nowMs: number, job: Job): Promise<PolicyEffect> {
  const { engine, results } = study;
  const after = new Deciding(engine, { json, topics });
  try {
    const options = triageOptions(study, after, nowMs);
    const found: Omit<EffectLine, "parts" | "because">[] = [];
    let rows = 0;
    let different = 0;
    for (let row = 0; row < results.rows; row++) {
      await job.step("decide", row, results.rows);
      if (results.label[row] === NO_LABEL) continue;
      rows += 1;
      const told = engine.comparePolicies(study.dated(row), before.compiled, after.compiled, options);
      if (told.changed.length === 0) continue;
      different += 1;
      if (found.length < MAX_EFFECT) found.push({ row, ...told });
    }
    const views = rowViews(study, Uint32Array.from(found, ({ row }) => row), false);
    const lines = found.map((line, at): EffectLine => ({
      ...line,
      parts: views[at]?.parts ?? [],
      because: becauseOf(engine.triage(study.dated(line.row), after.compiled, options)),
    }));
    return { rows, different, lines, before: before.inUse };
  } finally {
    after.free();
  }
}
