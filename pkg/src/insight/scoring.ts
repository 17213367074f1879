// Messages and records on their way into a rollup: messages are analysed first, in batches.

import type { Batch, BatchAnalysis } from "../batch.js";
import type { Engine } from "../engine.js";
import { HearkenError, withIndex, wrongField } from "../errors.js";
import { isMessage } from "../message.js";
import type { BatchOptions } from "../options.js";
import type { Rollup } from "./rollup.js";
import type { Message, ScoreRecord, SentimentLabel } from "../types.js";

/** A record with its position in the list that was given. */
export interface Placed {
  index: number;
  record: ScoreRecord | Message;
}

/** What of a message the reading of its text depends on. */
const CONTEXT = ["lang", "question", "parent"] as const;
/** Most UTF-16 units of a source or question that names a segment: 200 bytes in any script. */
const MAX_KEY = 66;

/** Adds analysed records as they are and messages after analysing them, in order. */
export function addPart(engine: Engine | undefined, rollup: Rollup, part: readonly Placed[]): void {
  const rows = new Map<number, { batch: Batch; row: number }>();
  for (const { options, messages } of byContext(part)) {
    if (!engine) {
      const { index } = messages[0]!;
      throw new HearkenError("E_FIELD", "field record: is a message not analysed yet; give an engine as second parameter", { field: "record", index });
    }
    const batch = engine.analyzeBatch(messages.map(({ record }) => record.text), options);
    messages.forEach(({ index }, row) => rows.set(index, { batch, row }));
  }
  for (const { index, record } of part) {
    try {
      const found = rows.get(index);
      if (found && engine) rollup.add(scored(engine, found.batch, found.row, index, record as Message));
      else rollup.add({ ...(record as ScoreRecord), index: (record as ScoreRecord).index ?? index });
    } catch (error) {
      throw error instanceof HearkenError ? withIndex(error, index) : error;
    }
  }
}

interface Group {
  options: BatchOptions;
  messages: { index: number; record: Message }[];
}

/** The messages, those with the same context together: context holds for a whole batch. */
function byContext(part: readonly Placed[]): Iterable<Group> {
  const groups = new Map<string, Group>();
  for (const { index, record } of part) {
    if (!isMessage(record)) continue;
    const options: BatchOptions = {};
    for (const field of CONTEXT) {
      const value: unknown = record[field];
      if (value === undefined || value === null) continue;
      if (typeof value !== "string") throw wrongField(field, "a string", value, index);
      options[field] = value;
    }
    const key = JSON.stringify(options);
    const group = groups.get(key) ?? { options, messages: [] };
    group.messages.push({ index, record });
    groups.set(key, group);
  }
  return groups.values();
}

function scored(engine: Engine, batch: Batch, row: number, index: number, message: Message): ScoreRecord {
  const analysis = batch.row(row);
  const { id, source, channel, rating, question, sentAt, customer } = message;
  const record: ScoreRecord = { index, ...recordOf(analysis) };
  if (channel) record.channel = channel;
  if (rating) record.rating = rating;
  if (typeof id === "string") record.id = id;
  if (typeof customer === "string") record.person = customer;
  if (typeof source === "string" && source !== "") record.source = source.slice(0, MAX_KEY);
  if (typeof question === "string" && question !== "") record.question = question.slice(0, MAX_KEY);
  if (typeof sentAt === "string" || typeof sentAt === "number") record.sentAt = sentAt;
  // A text too long to be redacted stays out of the telling comments: redaction fails closed.
  if (!analysis.truncated) record.text = analysis.pii.length === 0 ? message.text : engine.redact(message.text).text;
  return record;
}

/** What an analysis contributes to a rollup: everything but what only the caller knows. No text. */
export function recordOf(analysis: BatchAnalysis): ScoreRecord {
  const { sentiment, language, meaningful, topics, intent, emotions, acts, disposition, effort, churn, recommends } = analysis;
  return {
    sentiment: sentiment.label,
    score: sentiment.score,
    // A guess that is not reliable is counted as undetermined.
    language: language.reliable ? language.code : "und",
    meaningful,
    topics: topics.map((topic): [string, SentimentLabel] => [topic.label, topic.sentiment.label]),
    intent: intent.label,
    emotions: emotions.map(({ label }) => label),
    acts,
    disposition,
    ...(effort && { effort: effort.level }),
    leaving: churn.present,
    ...(recommends && { recommends: recommends.answer === "yes" }),
  };
}
