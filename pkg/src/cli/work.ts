// What each command does with a part of the rows. Errors stay with the row they belong to.

import type { BatchAnalysis } from "../batch.js";
import { HearkenError } from "../errors.js";
import type { BatchOptions, CompiledPolicy, Corrections, Engine } from "../index.js";
import { recordOf, type Insight, type Rollup } from "../insight/node.js";
import type { Message, ScoreRecord } from "../types.js";
import type { Args } from "./args.js";
import { situationOf, type Clock } from "./clock.js";
import type { Result } from "./fields.js";
import type { RowError } from "./input.js";
import { replaceAt } from "./columns.js";
import type { Item } from "./items.js";
import type { Redacting } from "./redact.js";
import type { LabelTally } from "./tally.js";

/** Most UTF-16 units of a question that is counted by: 200 bytes in any script. */
const MAX_QUESTION = 66;

/** What the files of the options hold. */
export interface Given {
  policy?: CompiledPolicy;
  corrections?: Corrections;
  /** What `redact` takes out. */
  redacting?: Redacting;
  /** The time that decisions hold for, and when the team works. */
  clock?: Clock & { insight: Insight };
}

type Ready = Extract<Item, { error?: undefined }>;

/** Results of the items, in order. `text` is the name of the text column. */
export function work(engine: Engine, args: Args, given: Given, text: string, items: Item[]): Result[] {
  const { policy, corrections, redacting, clock } = given;
  if (args.command === "analyze") return analyze(engine, corrections, text, items);
  return items.map((item): Result => {
    const { row } = item;
    if (item.error) return { row: args.command === "redact" ? hidden(row, text) : row, error: item.error };
    try {
      if (!redacting) {
        const situation = clock && situationOf(clock.insight, clock, item.sentAt);
        const decision = engine.triage(message(item), policy, { ...(corrections && { corrections }), ...(situation && { situation }) });
        return { row, decision, ...(clock && item.sentAt !== undefined && { due: clock.insight.care.due(decision, { ...clock, sentAt: item.sentAt }) }) };
      }
      const { record, redacted, pii } = redacting.row(row.record, text, item.text!);
      return { row: { ...row, record }, redacted, pii };
    } catch (error) {
      if (redacting && args.records) return { row: { ...row, record: {} }, error: rowError(error, text, row.line) };
      return { row: args.command === "redact" ? hidden(row, text) : row, error: rowError(error, text, row.line) };
    }
  });
}

function analyze(engine: Engine, corrections: Corrections | undefined, text: string, items: Item[]): Result[] {
  const results: Result[] = new Array(items.length);
  for (const { options, places } of byContext(items)) {
    const texts = places.map((place) => (items[place] as Ready).text!);
    try {
      const batch = engine.analyzeBatch(texts, corrections ? { ...options, corrections } : options);
      places.forEach((place, i) => (results[place] = { row: items[place]!.row, analysis: batch.row(i) }));
    } catch (error) {
      for (const place of places) results[place] = { row: items[place]!.row, error: rowError(error, text, items[place]!.row.line) };
    }
  }
  items.forEach(({ row, error }, place) => {
    if (error) results[place] = { row, error };
  });
  return results;
}

/** Places of the items with a text, by language hint and question: both hold for a whole call. */
function byContext(items: Item[]): Iterable<{ options: BatchOptions; places: number[] }> {
  const groups = new Map<string, { options: BatchOptions; places: number[] }>();
  items.forEach((item, place) => {
    if (item.error || item.text === undefined) return;
    const options: BatchOptions = {};
    if (item.lang !== undefined) options.lang = item.lang;
    if (item.question !== undefined) options.question = item.question;
    const key = JSON.stringify(options);
    const group = groups.get(key);
    if (group) group.places.push(place);
    else groups.set(key, { options, places: [place] });
  });
  return groups.values();
}

/** The message of a row. */
export function message(item: Ready): Message {
  const made: Message = { text: item.text! };
  if (item.rating) made.rating = item.rating;
  if (item.channel) made.channel = item.channel;
  if (item.lang !== undefined) made.lang = item.lang;
  if (item.question !== undefined) made.question = item.question;
  if (item.sentAt !== undefined) made.sentAt = item.sentAt;
  if (item.customer !== undefined) made.customer = item.customer;
  return made;
}

/**
 * Redaction fails closed: a row without a result does not show its text. Where the row itself could
 * not be read, the text may stand in any column, so none is shown.
 */
function hidden(row: Item["row"], text: string): Item["row"] {
  return { ...row, record: row.error ? {} : replaceAt(row.record, text, null) };
}

/** Adds a part of the rows to a report and its labels to the tally; gives the errors. Texts enter redacted. */
export function addToReport(engine: Engine, { corrections }: Given, rollup: Rollup, tally: LabelTally, text: string, items: Item[]): RowError[] {
  const failed = items.flatMap(({ error }) => (error ? [error] : []));
  const add = (item: Ready, record: ScoreRecord, analysis?: BatchAnalysis): void => {
    if (item.rating) record.rating = item.rating;
    if (item.channel) record.channel = item.channel;
    if (item.keys) record.keys = item.keys;
    if (item.customer !== undefined) record.person = item.customer;
    if (item.sentAt !== undefined) record.sentAt = item.sentAt;
    if (item.question !== undefined) record.question = item.question.slice(0, MAX_QUESTION);
    try {
      rollup.add(record);
      if (analysis) tally.add(analysis);
    } catch (error) {
      failed.push(rowError(error, text, item.row.line));
    }
  };
  for (const item of items) {
    if (!item.error && item.text === undefined) add(item, { index: item.row.index });
  }
  for (const result of analyze(engine, corrections, text, items)) {
    // Rows without a text leave a hole; those with an error of their own are counted above.
    if (!result || result.row.error) continue;
    const item = items[result.row.index - items[0]!.row.index]!;
    if (item.error) continue;
    if (!result.analysis) {
      failed.push(result.error!);
      continue;
    }
    const { pii, truncated } = result.analysis;
    const record: ScoreRecord = { index: item.row.index, ...recordOf(result.analysis) };
    if (!truncated) record.text = pii.length === 0 ? item.text! : engine.redact(item.text!).text;
    add(item, record, result.analysis);
  }
  return failed;
}

/** An engine error as the error of a row; `text` is the text column. Anything else is a defect and ends the run. */
export function rowError(error: unknown, text: string, line: number): RowError {
  if (!(error instanceof HearkenError)) throw error;
  const field = error.field === undefined || error.field === "text" ? text : error.field;
  return { code: error.code, message: error.message, field, line };
}
