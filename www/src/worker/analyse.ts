/** Analyses all rows of a table: the engine's batches first, then the figures over them. */
import { FLAG_BROADCAST, FLAG_IRONY, FLAG_MEANINGFUL, FLAG_MIXED, FLAG_RELIABLE, FLAG_TRUNCATED, TOPIC_MIXED } from "hearken/inline";
import type { Batch, Engine, Message, PiiType, Query, Report, ScoreRecord, Segment } from "hearken";
import { Insight, type Rollup } from "hearken/insight/inline";
import type { PerFacet } from "../shared/facets.ts";
import type { Choice } from "../shared/guess.ts";
import { MAX_TEXT_BYTES } from "../shared/limits.ts";
import { countProblems, NO_RESULT, Problem } from "../shared/problems.ts";
import type { Analysed } from "../shared/protocol.ts";
import { dayOrder, readChannel, readDay, readLanguage, readRating, readTime } from "../shared/values.ts";
import type { Counts } from "./counting.ts";
import { UserError, type Job } from "./job.ts";
import { partsOf } from "./masking.ts";
import { withQuestion } from "./reading.ts";
import { NO_LABEL, Results } from "./results.ts";
import type { Table } from "./table.ts";
import type { Topics } from "./taxonomies.ts";
import type { Own } from "./teach.ts";
import { timeline } from "./timeline.ts";

/** Milliseconds of one day. */
const DAY_MS = 86_400_000;
/** Rows and characters of one engine call: short enough for the progress bar and a quick cancel. */
const BATCH_ROWS = 500;
const BATCH_CHARS = 512 * 1024;
/** Channels that are not of the engine's list and get a line of their own; the rest is "other". */
const MAX_OWN_CHANNELS = 24;
/** Fields of a message that a column of the same name does not fill. */
const FIELDS = new Set(["text", "id", "channel", "source", "lang", "author", "customer", "thread", "inReplyTo", "sentAt", "rating", "question", "parent", "turns", "purpose", "consent", "extra", "__proto__"]);

/** A table with its results: all that later requests need. */
export class Study {
  readonly results: Results;
  readonly engine: Engine;
  readonly table: Table;
  readonly choice: Choice;
  /** The taxonomy that told the topics. */
  readonly topics: Topics;
  /** The labels of each facet, in the order of their bits. */
  readonly labels: PerFacet<string[]>;
  /** The person's own labels, once there are some. */
  own: Own | undefined;
  /** What the table was last searched for; its words are marked in the rows. */
  search: Query | undefined;
  /** Figures over all rows, once they were asked for. */
  counts: Counts | undefined;
  readonly #people = new Map<string, number>();

  constructor(engine: Engine, table: Table, choice: Choice, topics: Topics) {
    this.engine = engine;
    this.table = table;
    this.choice = choice;
    this.topics = topics;
    this.results = new Results(table.rows.length);
    const { dispositions, intents, acts, emotions, safety } = engine.info;
    this.labels = {
      disposition: [...dispositions], intent: [...intents], topic: topics.topics.map(({ label }) => label), act: [...acts], emotion: [...emotions],
      mark: [...safety, "mixed", "irony", "broadcast"],
    };
  }

  /** The comment of a row; for a line that is no JSON object, the line. */
  text(row: number): string {
    return this.table.unparsed.get(row) ?? this.table.cell(row, this.choice.text);
  }

  /** The comment with labels in place of personal data; `undefined` when it could not be redacted. */
  maskedText(row: number): string | undefined {
    if ((this.results.problems[row] ?? 0) & Problem.Withheld) return undefined;
    const text = this.text(row);
    const places = this.results.places(row);
    if (places.length === 0) return text;
    return partsOf(text, places, this.engine.info.piiTypes, true).map((part) => part.text).join("");
  }

  /** The row as the engine takes it, with the fields that are valid. */
  message(row: number): Message {
    const { choice, table } = this;
    const message: Message = { text: this.text(row) };
    const channel = choice.channel === null ? undefined : readChannel(table.cell(row, choice.channel));
    if (channel !== undefined) message.channel = channel;
    const lang = choice.language === null ? undefined : readLanguage(table.cell(row, choice.language));
    if (lang !== undefined) message.lang = lang;
    if (choice.question.trim() !== "") message.question = choice.question;
    const value = choice.rating === null ? undefined : readRating(table.cell(row, choice.rating), choice.scale);
    if (typeof value === "number") message.rating = { scale: choice.scale, value };
    return message;
  }

  /** The row as a policy reads it: with its time, who wrote, and every other column under its own name. */
  dated(row: number): Message {
    const { table, choice } = this;
    const message = this.message(row);
    table.header.forEach((name, column) => {
      const cell = table.cell(row, column).trim();
      if (cell !== "" && column !== choice.text && !FIELDS.has(name)) message[name] = cell;
    });
    const sentAt = this.results.sentMs[row] ?? NaN;
    if (!Number.isNaN(sentAt)) message.sentAt = sentAt;
    const customer = choice.person === null ? "" : table.cell(row, choice.person).trim();
    if (customer !== "") message.customer = customer;
    return message;
  }

  /** A pseudonym of who wrote, good for this table only. */
  person(row: number): string | undefined {
    const { person } = this.choice;
    const who = person === null ? "" : this.table.cell(row, person).trim();
    if (who === "") return undefined;
    let number = this.#people.get(who);
    if (number === undefined) this.#people.set(who, (number = this.#people.size + 1));
    return `p${number}`;
  }
}

/** Runs the whole analysis. */
export async function analyse(study: Study, job: Job): Promise<Analysed> {
  const began = performance.now();
  const { table, results, choice } = study;
  const rows = results.rows;
  if (!table.rows.some((_, row) => study.text(row).trim() !== "")) {
    throw new UserError("EMPTY_COLUMN", `The column “${table.header[choice.text] ?? ""}” has no text in any of ${rows.toLocaleString("en")} rows. Choose another column.`);
  }
  // Scoring costs about a tenth of the analysis, so the bar counts rows of the first pass.
  for (let from = 0; from < rows; ) {
    const to = batchEnd(study, from);
    analyseRows(study, from, to);
    from = to;
    await job.step("analyse", from, rows);
  }
  readDays(study);
  const figures = await score(study, job);
  const piiCounts = countPii(study);
  const columns = results.columns();
  const counts = results.count(study.labels);
  return {
    ...figures,
    timeline: timeline(results),
    rowsWithPii: columns.pii.reduce((sum, n) => sum + (n > 0 ? 1 : 0), 0),
    columns,
    piiCounts,
    problems: countProblems(results.problems),
    labels: study.labels,
    counts,
    languageCodes: [...study.engine.info.languages],
    topicNames: study.topics.names,
    engine: study.engine.info.engine,
    model: study.engine.info.model,
    elapsedMs: performance.now() - began,
  };
}

function batchEnd(study: Study, from: number): number {
  const last = Math.min(from + BATCH_ROWS, study.results.rows);
  let chars = 0;
  for (let row = from; row < last; row++) {
    chars += study.text(row).length;
    if (chars > BATCH_CHARS && row > from) return row;
  }
  return last;
}

/** Analyses rows that follow each other, those with the same language hint in one call. */
function analyseRows(study: Study, from: number, to: number): void {
  const groups = new Map<string, number[]>();
  for (let row = from; row < to; row++) {
    const hint = study.choice.language === null ? "" : (readLanguage(study.table.cell(row, study.choice.language)) ?? "");
    const group = groups.get(hint);
    if (group === undefined) groups.set(hint, [row]);
    else group.push(row);
  }
  for (const [hint, group] of groups) analyseGroup(study, group, hint);
}

function analyseGroup(study: Study, rows: readonly number[], hint: string): void {
  let batch: Batch;
  try {
    batch = study.engine.analyzeBatch(rows.map((row) => study.text(row)), withQuestion({ ...study.topics.option, ...(hint === "" ? {} : { lang: hint }) }, study.choice.question));
  } catch (error) {
    if (hint !== "") return analyseGroup(study, rows, "");
    const [only] = rows;
    if (rows.length > 1 || only === undefined) {
      // One bad text must not cost the others their result.
      const middle = rows.length >> 1;
      analyseGroup(study, rows.slice(0, middle), hint);
      analyseGroup(study, rows.slice(middle), hint);
      return;
    }
    if (!(error instanceof Error)) throw error;
    return refuse(study, only);
  }
  rows.forEach((row, at) => {
    if (batch.error(at) === undefined) take(study, batch, at, row);
    else refuse(study, row);
  });
}

function refuse(study: Study, row: number): void {
  study.results.problems[row] = (study.table.problems[row] ?? 0) | Problem.NotAnalysed | Problem.Withheld;
}

/** Copies one row of a batch. */
function take(study: Study, batch: Batch, at: number, row: number): void {
  const { results } = study;
  const { columns } = batch;
  let problems = study.table.problems[row] ?? 0;
  const places = [];
  for (let i = columns.piiOffsets[at] ?? 0; i < (columns.piiOffsets[at + 1] ?? 0); i++) {
    places.push({ start: columns.piiStart[i] ?? 0, end: columns.piiEnd[i] ?? 0, type: columns.piiType[i] ?? 0 });
  }
  results.setPlaces(row, places);
  const flags = columns.flags[at] ?? 0;
  results.flags[row] = flags;
  if (flags & FLAG_TRUNCATED) problems |= Problem.Truncated | redactWhole(study, row);
  if ((problems & NO_RESULT) === 0) {
    results.label[row] = columns.sentiment[at] ?? NO_LABEL;
    results.score[row] = columns.score[at] ?? 0;
    for (let i = 0; i < 3; i++) results.probabilities[row * 3 + i] = columns.probabilities[at * 3 + i] ?? 0;
    results.language[row] = columns.language[at] ?? 0;
    results.confidence[row] = columns.languageConfidence[at] ?? 0;
    results.acts[row] = columns.acts[at] ?? 0;
    results.emotions[row] = columns.emotions[at] ?? 0;
    results.intent[row] = columns.intent[at] ?? 0;
    results.intentConfidence[row] = columns.intentConfidence[at] ?? 0;
    results.disposition[row] = columns.disposition[at] ?? 0;
    results.states[row] = columns.states[at] ?? 0;
    for (const signal of ["effort", "urgency", "churn", "journeyStage"] as const) results[signal][row] = columns[signal][at] ?? 0;
    const topics = [];
    for (let i = columns.topicOffsets[at] ?? 0; i < (columns.topicOffsets[at + 1] ?? 0); i++) {
      const mixed = ((columns.topicFlags[i] ?? 0) & TOPIC_MIXED) !== 0;
      topics.push({ topic: columns.topic[i] ?? 0, sentiment: columns.topicSentiment[i] ?? 0, mixed });
    }
    results.setTopics(row, topics);
    results.marks[row] = (columns.safety[at] ?? 0) | (marksOf(flags) << study.engine.info.safety.length);
  }
  results.problems[row] = problems;
}

/** Mixed, irony and broadcast as bits 0 to 2. */
function marksOf(flags: number): number {
  return [FLAG_MIXED, FLAG_IRONY, FLAG_BROADCAST].reduce((bits, flag, at) => bits | (flags & flag ? 1 << at : 0), 0);
}

/** Looks for personal data beyond what the analysis read; gives the bits to set. */
function redactWhole(study: Study, row: number): number {
  try {
    const types = study.engine.info.piiTypes;
    const { pii } = study.engine.redact(study.text(row), { maxTextBytes: MAX_TEXT_BYTES });
    study.results.setPlaces(row, pii.map((found) => ({ start: found.span[0], end: found.span[1], type: (types as readonly string[]).indexOf(found.type) })));
    return 0;
  } catch {
    return Problem.Withheld;
  }
}

function readDays(study: Study): void {
  const { choice, table, results } = study;
  const column = choice.date;
  if (column === null) return;
  const order = dayOrder(table.rows.map((cells) => cells[column] ?? ""));
  for (let row = 0; row < results.rows; row++) {
    const cell = table.cell(row, column);
    const day = readDay(cell, order);
    if (day === undefined) continue;
    results.day[row] = day;
    results.sentMs[row] = day * DAY_MS + readTime(cell);
  }
}

/** Adds every row with a result to rollups and takes their reports. */
async function score(study: Study, job: Job): Promise<{ report: Report; channels: Segment[]; languages: Segment[] }> {
  const { results, engine, choice, table } = study;
  const insight = await Insight.load();
  const all = insight.rollup();
  const own = new Map<string, Rollup>();
  try {
    for (let row = 0; row < results.rows; row++) {
      const label = results.label[row] ?? NO_LABEL;
      const record: ScoreRecord = { index: row, ...ratingOf(study, row) };
      if (label !== NO_LABEL) {
        const sentiment = engine.info.sentiment[label];
        // A guess that is not reliable is counted as undetermined.
        const reliable = ((results.flags[row] ?? 0) & FLAG_RELIABLE) !== 0;
        const language = reliable ? engine.info.languages[results.language[row] ?? 0] : "und";
        const text = study.maskedText(row);
        record.score = results.score[row] ?? 0;
        record.meaningful = ((results.flags[row] ?? 0) & FLAG_MEANINGFUL) !== 0;
        if (sentiment !== undefined) record.sentiment = sentiment;
        if (language !== undefined) record.language = language;
        if (text !== undefined) record.text = text;
      } else if (record.rating === undefined) continue;
      if (choice.channel !== null) {
        const words = table.cell(row, choice.channel).trim();
        const channel = readChannel(words);
        record.channel = channel ?? "other";
        if (record.channel === "other") addOwn(insight, own, channel ?? words, record);
      }
      all.add(record);
      if (row % 200 === 0) await job.step("analyse", results.rows, results.rows);
    }
    const report = all.report();
    return { report, channels: choice.channel === null ? [] : withOwn(report.channels, own), languages: report.languages };
  } finally {
    insight.free();
  }
}

function ratingOf(study: Study, row: number): Pick<ScoreRecord, "rating"> {
  const { choice, table, results } = study;
  if (choice.rating === null) return {};
  const value = readRating(table.cell(row, choice.rating), choice.scale);
  if (value === null) results.problems[row] = (results.problems[row] ?? 0) | Problem.BadRating;
  return typeof value === "number" ? { rating: { scale: choice.scale, value } } : {};
}

/** Adds a record to the rollup of a channel that only this file knows. */
function addOwn(insight: Insight, own: Map<string, Rollup>, words: string, record: ScoreRecord): void {
  const key = words !== "" && (own.has(words) || own.size < MAX_OWN_CHANNELS) ? words : "other";
  let rollup = own.get(key);
  if (rollup === undefined) {
    rollup = insight.rollup();
    own.set(key, rollup);
  }
  const { text: _text, ...figures } = record;
  rollup.add(figures);
}

/** The channels of the report, with those of the file's own words in place of their share of "other". */
function withOwn(channels: readonly Segment[], own: ReadonlyMap<string, Rollup>): Segment[] {
  const segments = channels.filter((segment) => own.size === 0 || segment.key !== "other");
  for (const [key, rollup] of own) {
    const [segment] = rollup.report().channels;
    if (segment !== undefined) segments.push({ ...segment, key });
  }
  return segments.sort((a, b) => b.n - a.n);
}

function countPii(study: Study): [PiiType, number][] {
  const { piiTypes } = study.engine.info;
  const counts = piiTypes.map(() => 0);
  for (let row = 0; row < study.results.rows; row++) {
    for (const place of study.results.places(row)) counts[place.type] = (counts[place.type] ?? 0) + 1;
  }
  return piiTypes.map((type, at): [PiiType, number] => [type, counts[at] ?? 0]).filter(([, n]) => n > 0);
}
