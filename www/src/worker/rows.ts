/** A row of the study as a query reads it. */
import { FLAG_BROADCAST, FLAG_IRONY, FLAG_MEANINGFUL, FLAG_MIXED, FLAG_RELIABLE, FLAG_WISH } from "hearken/inline";
import type { BatchTopic, Query, QueryAnalysis, QueryRow } from "hearken";
import type { Study } from "./analyse.ts";
import { NO_DAY, NO_LABEL } from "./results.ts";

/** Milliseconds of one day. */
const DAY_MS = 86_400_000;
/** Fields of the message that cost a look at cells. */
const OF_MESSAGE = ["channel", "rating", "scale", "has"];

/** Text, and whatever the query tests. */
export function queryRow(study: Study, row: number, query: Query): QueryRow {
  const { results } = study;
  const message = query.fields.some((field) => OF_MESSAGE.includes(field)) ? study.message(row) : { text: study.text(row) };
  const day = results.day[row] ?? NO_DAY;
  return {
    ...message,
    ...(day === NO_DAY ? {} : { sentAt: day * DAY_MS }),
    ...(query.fields.length === 0 || results.label[row] === NO_LABEL ? {} : { analysis: analysisOf(study, row) }),
  };
}

/** What the columns say of one row, which must have a result. */
export function analysisOf({ results, engine: { info }, topics: { topics } }: Study, row: number): QueryAnalysis {
  const flags = results.flags[row] ?? 0;
  const has = (flag: number): boolean => (flags & flag) !== 0;
  const labelled = <L>(all: readonly L[], bits: number): { label: L }[] => all.filter((_, at) => (bits >> at) & 1).map((label) => ({ label }));
  const labels = <L>(all: readonly L[], bits: number): L[] => all.filter((_, at) => (bits >> at) & 1);
  const effort = info.effort[(results.effort[row] ?? 0) - 1];
  const churn = labels(info.churn, results.churn[row] ?? 0);
  const p = (at: number): number => results.probabilities[row * 3 + at] ?? 0;
  return {
    language: {
      code: info.languages[results.language[row] ?? 0] ?? "und", script: "Zyyy",
      confidence: results.confidence[row] ?? 0, reliable: has(FLAG_RELIABLE),
    },
    sentiment: {
      label: info.sentiment[results.label[row] ?? 0] ?? "neutral", mixed: has(FLAG_MIXED), score: results.score[row] ?? 0,
      probabilities: { negative: p(0), neutral: p(1), positive: p(2) },
    },
    emotions: labelled(info.emotions, results.emotions[row] ?? 0),
    acts: labels(info.acts, results.acts[row] ?? 0),
    intent: { label: info.intents[results.intent[row] ?? 0] ?? "none", confidence: results.intentConfidence[row] ?? 0 },
    topics: results.topics(row).flatMap(({ topic, sentiment, mixed }): BatchTopic[] => {
      const found = topics[topic];
      return found === undefined ? [] : [{ ...found, sentiment: { label: info.sentiment[sentiment] ?? "neutral", mixed, score: 0 } }];
    }),
    // The lowest bits of the marks are the safety labels.
    safety: labelled(info.safety, results.marks[row] ?? 0),
    irony: has(FLAG_IRONY),
    broadcast: has(FLAG_BROADCAST),
    meaningful: has(FLAG_MEANINGFUL),
    disposition: info.dispositions[results.disposition[row] ?? 0] ?? "ignore",
    states: labels(info.states, results.states[row] ?? 0),
    ...(effort && { effort: { level: effort } }),
    urgency: { level: info.urgency[results.urgency[row] ?? 0] ?? "normal" },
    churn: { present: churn.length > 0, reasons: churn },
    journeyStage: info.journeyStages[results.journeyStage[row] ?? 0] ?? "none",
    ...(has(FLAG_WISH) && { wished: true as const }),
    pii: results.places(row).map(({ start, end, type }) => ({ type: info.piiTypes[type] ?? "email", span: [start, end], certainty: 0, validated: false })),
  };
}
