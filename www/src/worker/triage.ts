/** Decides about every row by a policy, and orders them by what to answer first. */
import type { Condition, Decision, Evidence, Message, ReplyValues, Span, TriageOptions } from "hearken";
import { NO_ACTION, NO_DUE, type AsOf, type Decided, type Item } from "../shared/deciding.ts";
import { labelName } from "../shared/labels.ts";
import { MAX_TEXT_BYTES } from "../shared/limits.ts";
import { Problem } from "../shared/problems.ts";
import type { Study } from "./analyse.ts";
import type { Job } from "./job.ts";
import { partsOf, partsWithHits, WITHHELD } from "./masking.ts";
import type { Deciding } from "./policies.ts";
import { analyseRow } from "./reading.ts";
import { draftOf } from "./replies.ts";
import { NO_LABEL } from "./results.ts";

/** A table whose newest date is further back is judged as of that date, in milliseconds. */
const FRESH_MS = 7 * 86_400_000;
/** Characters of a comment that the page shows, and words behind one label. */
const SHOWN_CHARS = 20_000;
const MAX_WORDS = 4;
/** Share of the strongest push from which a place is named. */
const STRONG = 0.5;

/** How a row is decided about: the same taxonomy, time and limits everywhere. */
export function triageOptions(study: Study, policy: Deciding, nowMs: number): TriageOptions {
  return { maxTextBytes: MAX_TEXT_BYTES, ...(policy.topics ?? study.topics).option, situation: { now: nowMs } };
}

/** The decision about a row; `undefined` for a row without a result. A language hint that is refused is left out. */
export function decideRow(study: Study, policy: Deciding, row: number, options: TriageOptions): Decision | undefined {
  if (study.results.label[row] === NO_LABEL) return undefined;
  const message: Message = study.dated(row);
  try {
    return study.engine.triage(message, policy.compiled, options);
  } catch {
    if (message.lang === undefined) return undefined;
    const { lang: _refused, ...rest } = message;
    try {
      return study.engine.triage(rest, policy.compiled, options);
    } catch {
      return undefined;
    }
  }
}

/** Minutes until a reply is due, below 0 when it is late. */
export function dueOf({ respondWithinMinutes, window }: Pick<Decision, "respondWithinMinutes" | "window">): number {
  if (respondWithinMinutes === undefined) return NO_DUE;
  return Math.round(respondWithinMinutes - (window?.ageMinutes ?? 0));
}

/** Decides about all rows. `asOf` `null`: the clock, or the newest date of a table of older comments. */
export async function decide(study: Study, policy: Deciding, asOf: AsOf | null, clockMs: number, job: Job): Promise<Decided> {
  const { results } = study;
  const rows = results.rows;
  let newest = -Infinity;
  for (let row = 0; row < rows; row++) newest = Math.max(newest, results.sentMs[row] || -Infinity);
  const dated = Number.isFinite(newest);
  const from: AsOf = !dated ? "now" : (asOf ?? (newest < clockMs - FRESH_MS ? "newest" : "now"));
  const asOfMs = from === "newest" ? newest : clockMs;
  const options = triageOptions(study, policy, asOfMs);
  const decided: Decided = {
    policy: policy.inUse, actions: [], queues: [], order: new Uint32Array(),
    action: new Uint8Array(rows).fill(NO_ACTION), queue: new Uint16Array(rows), priority: new Uint8Array(rows), due: new Int32Array(rows).fill(NO_DUE),
    dated, asOf: from, asOfMs,
  };
  const { action, queue, priority, due } = decided;
  const order = new Uint32Array(rows);
  let n = 0;
  for (let row = 0; row < rows; row++) {
    await job.step("decide", row, rows);
    const decision = decideRow(study, policy, row, options);
    if (decision === undefined) continue;
    action[row] = numberOf(decided.actions, decision.action);
    queue[row] = numberOf(decided.queues, decision.queue);
    priority[row] = decision.priority;
    due[row] = Math.max(-NO_DUE, dueOf(decision));
    order[n++] = row;
  }
  decided.order = order.slice(0, n).sort((a, b) => priority[a]! - priority[b]! || due[a]! - due[b]! || a - b);
  return decided;
}

function numberOf<L>(list: L[], label: L): number {
  const at = list.indexOf(label);
  return at >= 0 ? at : list.push(label) - 1;
}

/** The reasons of a decision in words, each once. */
export function becauseOf({ reasons }: Pick<Decision, "reasons">): string[] {
  return [...new Set(reasons.map(({ because }) => because).filter((because) => because !== "first rule that holds"))];
}

/** Everything about one item of the list. */
export async function itemOf(study: Study, policy: Deciding, nowMs: number, row: number, reveal: boolean, values: ReplyValues): Promise<Item | undefined> {
  const decision = decideRow(study, policy, row, triageOptions(study, policy, nowMs));
  if (decision === undefined) return undefined;
  const { action, queue, priority, mode, toneHint, respondWithinMinutes = null, window = null, missing = [], hold = false, reasons, analysis } = decision;
  const text = study.text(row);
  const hidden = !reveal && ((study.results.problems[row] ?? 0) & Problem.Withheld) !== 0;
  const places = study.results.places(row);
  const types = study.engine.info.piiTypes;
  const show = (span: Span): Item["parts"] => (hidden ? [] : partsOf(text, places, types, !reveal, span[0], span[1]));
  const rule = reasons[0]?.rule ?? "";
  const told = becauseOf(decision).map((because) => ({ because, spans: reasons.filter((reason) => reason.because === because).flatMap(({ spans }) => spans) }));
  const behind = hidden ? [] : evidenceOf(study, policy, row, rule);
  const marks = [...told, ...behind].flatMap(({ spans }) => spans).sort((a, b) => a[0] - b[0]);
  const to = Math.min(text.length, SHOWN_CHARS);
  return {
    row, action, queue, priority, mode, toneHint, respondWithinMinutes, window, missing, hold, rule,
    parts: hidden ? [{ text: WITHHELD }] : [...partsWithHits(text, places, marks, types, !reveal, to), ...(to < text.length ? [{ text: "…" }] : [])],
    reasons: [...told, ...behind].map(({ because, spans }) => ({ because, words: spans.slice(0, MAX_WORDS).map(show).filter((words) => words.length > 0) })),
    language: analysis.language.code,
    draft: await draftOf(study, decision, row, { variant: null, values, reveal }),
  };
}

/** The words that pushed the labels which the rule asks for. */
function evidenceOf(study: Study, policy: Deciding, row: number, rule: string): { because: string; spans: Span[] }[] {
  const when = policy.source.rules.find(({ id }) => id === rule)?.when;
  if (when === undefined) return [];
  const asked = labelsIn(when);
  const { evidence = [] } = analyseRow(study, row, { evidence: true });
  return evidence.filter(({ head, label }) => asked.has(`${head}:${label}`)).flatMap((one) => {
    const spans = strongest(one);
    return spans.length === 0 ? [] : [{ because: `${labelName(one.head, one.label)} is told by`, spans }];
  });
}

/** The labels that a condition asks for, as `head:label`. */
function labelsIn(condition: Condition): Set<string> {
  const found = new Set<string>();
  const look = (one: Condition): void => {
    if ("all" in one) one.all.forEach(look);
    else if ("any" in one) one.any.forEach(look);
    else {
      for (const head of ["sentiment", "emotions", "acts", "intent", "safety", "flags"] as const) {
        for (const label of (one as Partial<Record<typeof head, readonly string[]>>)[head] ?? []) found.add(`${head}:${label}`);
      }
    }
  };
  look(condition);
  return found;
}

function strongest({ parts }: Evidence): Span[] {
  const most = parts.reduce((max, { weight }) => Math.max(max, weight), 0);
  const strong = parts.filter(({ weight }) => weight > 0 && weight >= most * STRONG).sort((a, b) => b.weight - a.weight).slice(0, MAX_WORDS);
  // Places side by side are told as one.
  const spans: Span[] = [];
  for (const { span: [start, end] } of strong.sort((a, b) => a.span[0] - b.span[0])) {
    const last = spans.at(-1);
    if (last !== undefined && start <= last[1] + 1) last[1] = Math.max(last[1], end);
    else spans.push([start, end]);
  }
  return spans;
}
