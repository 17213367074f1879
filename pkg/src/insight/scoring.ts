// Messages and records on their way into a rollup: messages are analysed first, in batches.

import type { Batch } from "../batch.js";
import { FLAG_MEANINGFUL, FLAG_RELIABLE, FLAG_TRUNCATED } from "../columns.js";
import type { Engine } from "../engine.js";
import { HearkenError, withIndex, wrongField } from "../errors.js";
import { isMessage } from "../message.js";
import type { BatchOptions } from "../options.js";
import type { Rollup } from "./rollup.js";
import type { Message, ScoreRecord } from "../types.js";

/** A record with its position in the list that was given. */
export interface Placed {
  index: number;
  record: ScoreRecord | Message;
}

/** What of a message the reading of its text depends on. */
const CONTEXT = ["lang", "question", "parent"] as const;

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
  const { columns, info } = batch;
  const flags = columns.flags[row]!;
  const record: ScoreRecord = {
    index,
    sentiment: info.sentiment[columns.sentiment[row]!]!,
    score: columns.score[row]!,
    // A guess that is not reliable is counted as undetermined.
    language: (flags & FLAG_RELIABLE) !== 0 ? info.languages[columns.language[row]!]! : "und",
    meaningful: (flags & FLAG_MEANINGFUL) !== 0,
  };
  if (message.channel) record.channel = message.channel;
  if (message.rating) record.rating = message.rating;
  const cut = (flags & FLAG_TRUNCATED) !== 0;
  const clean = columns.piiOffsets[row] === columns.piiOffsets[row + 1];
  // A text too long to be redacted stays out of the telling comments: redaction fails closed.
  if (!cut) record.text = clean ? message.text : engine.redact(message.text).text;
  return record;
}
