// The result fields of each command: which there are, and how a result shows them.

import type { BatchAnalysis } from "../batch.js";
import type { Deadline, Decision, Removed, Span } from "../types.js";
import { UsageError, unknown, type Args } from "./args.js";
import { valueAt } from "./columns.js";
import type { Row, RowError } from "./input.js";

/** What became of one row. */
export interface Result {
  row: Row;
  error?: RowError;
  analysis?: BatchAnalysis;
  redacted?: string;
  pii?: Removed[];
  decision?: Decision;
  /** Until when its reply is owed; null where none is. */
  due?: Deadline | null;
  /** Places and words that a search found. */
  highlights?: Span[];
  matched?: string[];
}

const ANALYSIS = [
  "language.code", "language.script", "language.confidence", "language.reliable",
  "sentiment.label", "sentiment.score",
  "sentiment.probabilities.negative", "sentiment.probabilities.neutral", "sentiment.probabilities.positive",
  "sentiment.mixed", "emotions", "acts", "intent.label", "intent.confidence", "topics", "safety", "irony", "broadcast", "meaningful",
  "disposition", "states", "effort.level", "timeLost.minutes", "urgency.level", "churn.present", "churn.reasons", "recommends.answer", "journeyStage",
  "pii", "truncated",
];
const VERSIONS = ["engine", "model"];
const REDACTION = ["redacted", "pii"];
const DECISION = [
  "action", "queue", "priority", "respondWithinMinutes", "mode", "reasons", "redacted", "redactionError", "policy.id", "policy.version",
];

/** Of a decision that knows the time. */
const TIMES = ["window.ageMinutes", "window.remainingMinutes", "window.late", "due.deadlineMs", "due.state"];

/** Columns that have a shorter name than their field. */
const TITLES: Record<string, string> = {
  "intent.label": "intent", "intent.confidence": "intent_confidence", "sentiment.mixed": "mixed", "effort.level": "effort", "timeLost.minutes": "minutes_lost",
  "urgency.level": "urgency", "churn.present": "churn", "churn.reasons": "churn_reasons", "recommends.answer": "recommends", journeyStage: "journey_stage",
};

/** Name of a field as a column. */
export function title(field: string): string {
  const [, group = "", leaf = field] = /^(analysis\.)?(.*)$/.exec(field) ?? [];
  return group + (TITLES[leaf] ?? leaf);
}

const LEAVES: Record<string, readonly string[]> = {
  analyze: [...ANALYSIS, ...VERSIONS],
  search: ["matched", ...ANALYSIS, ...VERSIONS],
  redact: REDACTION,
  triage: [...DECISION, ...TIMES, ...[...ANALYSIS, ...VERSIONS].map((field) => `analysis.${field}`)],
};
/** Columns of csv when --fields does not say. */
const USUAL: Record<string, readonly string[]> = {
  analyze: ANALYSIS,
  search: ["matched", ...ANALYSIS],
  redact: REDACTION,
  triage: [
    ...DECISION, "analysis.language.code", "analysis.sentiment.label", "analysis.sentiment.score",
    "analysis.emotions", "analysis.acts", "analysis.intent.label", "analysis.topics", "analysis.safety", "analysis.disposition", "analysis.pii",
  ],
};

/** The fields asked for, groups (`sentiment`) spelled out; undefined when all are. @throws UsageError naming the valid ones. */
export function chooseFields(args: Args): string[] | undefined {
  if (!args.fields) return undefined;
  const leaves = LEAVES[args.command] ?? [];
  return args.fields.flatMap((field) => {
    const found = leaves.filter((leaf) => leaf === field || title(leaf) === field || leaf.startsWith(`${field}.`));
    if (found.length === 0) throw new UsageError(unknown("--fields", field, leaves));
    return found;
  });
}

/** Fields that csv shows. */
export function csvFields(args: Args, chosen: string[] | undefined): readonly string[] {
  const usual = USUAL[args.command] ?? [];
  const timed = args.command === "triage" && (args.date !== undefined || args.calendar !== undefined);
  return chosen ?? (timed ? [...TIMES, ...usual] : usual);
}

/** The part of a result that fields point into. */
export function payload(result: Result): Record<string, unknown> | undefined {
  if (result.matched) return { matched: result.matched, ...result.analysis };
  if (result.analysis) return result.analysis as unknown as Record<string, unknown>;
  if (result.decision) return { ...result.decision, ...(result.due && { due: result.due }) };
  if (result.redacted !== undefined) return { redacted: result.redacted, pii: result.pii };
  return undefined;
}

/** Only the chosen fields, nested as they were. */
export function pick(from: Record<string, unknown>, fields: readonly string[]): Record<string, unknown> {
  const picked: Record<string, unknown> = {};
  for (const field of fields) {
    const value = valueAt(from, field);
    if (value === undefined) continue;
    const keys = field.split(".");
    let into = picked;
    for (const key of keys.slice(0, -1)) into = (into[key] ??= {}) as Record<string, unknown>;
    into[keys.at(-1)!] = value;
  }
  return picked;
}

/** One value as a cell: lists by their labels, topics with their sentiment, each once, joined by `|`. */
export function flat(value: unknown): string {
  if (value === undefined || value === null) return "";
  if (Array.isArray(value)) return [...new Set(value.map(label))].join("|");
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}

function label(entry: unknown): string {
  if (typeof entry !== "object" || entry === null) return String(entry);
  const { label, type, rule, sentiment } = entry as { label?: unknown; type?: unknown; rule?: unknown; sentiment?: { label: string } };
  if (sentiment) return `${label}=${sentiment.label}`;
  return String(label ?? type ?? rule ?? JSON.stringify(entry));
}
