/** Counts all rows once, for the view of insight and for reports. Texts are kept back: only masked ones go in. */
import { FLAG_WISH } from "hearken/inline";
import type { BatchAnalysis, CrisisOptions, DemandReport, DemandWish, DocumentOptions, DriverReport, DriverRow, Metric, Rating, RollupOptions, ScoreRecord, Series, StreamMessage, TrendOptions } from "hearken";
import { driverMarks, recordOf, type Insight, type Rollup } from "hearken/insight/inline";
import type { Reader } from "../shared/counting.ts";
import { BOUNDS, readChannel, readRating } from "../shared/values.ts";
import type { Study } from "./analyse.ts";
import type { Job } from "./job.ts";
import { partsOf } from "./masking.ts";
import { analyseRow } from "./reading.ts";
import { NO_LABEL } from "./results.ts";
import { analysisOf } from "./rows.ts";
import { insightOf } from "./second.ts";

const DAY_MS = 86_400_000;
/** Rows that are read again for what they wish. */
const MAX_WISHES = 20_000;
/** Characters of a name of a segment: 200 bytes in any script. */
const MAX_KEY = 66;
/** Most days of a series counted by day; longer ones are counted by week. What is further back than the span is left out. */
const MAX_DAYS = 800;
const MAX_SPAN_MS = 3650 * DAY_MS;
/** Rated rows from which intervals of drivers are drawn from fewer replicates. */
const MANY_ROWS = 10_000;
/** Bad comments that are read again for their phrases, and how far back from the newest. */
const MAX_PHRASED = 5_000;
const PHRASED_MS = 60 * DAY_MS;

/** What was counted, ready to be asked. */
export interface Counts {
  insight: Insight;
  rollup: Rollup;
  /** The same without undated comments, parted where half of them are; `null` where all are of one day. */
  halves: { sinceMs: number; early: Rollup; late: Rollup } | null;
  unit: "day" | "week" | "month";
  metric: Metric | null;
  /** `null` without ratings, and where no driver is spoken of in enough rated comments. */
  drivers: { metric: Metric; rows: DriverRow[]; options: { replicates: number }; report: DriverReport } | null;
  /** The id of a wish is its row. */
  wishes: DemandWish[];
  /** Those of the last years. */
  messages: StreamMessage[];
  /** Negative comments a bucket; `null` without dates. */
  series: Series | null;
  trend: TrendOptions;
  /** The end of the newest day, or the clock where there are no dates. */
  nowMs: number;
}

/** Counts every row. */
export async function countAll(study: Study, clockMs: number, job: Job): Promise<Counts> {
  const { results } = study;
  const insight = await insightOf();
  let [first, last] = [Infinity, -Infinity];
  let wholeDays = true;
  for (let row = 0; row < results.rows; row++) {
    const at = results.sentMs[row]!;
    if (Number.isNaN(at)) continue;
    first = Math.min(first, at);
    last = Math.max(last, at);
    wholeDays &&= at % DAY_MS === 0;
  }
  const days = first > last ? 0 : Math.floor(last / DAY_MS) - Math.floor(first / DAY_MS) + 1;
  const unit = days <= 31 ? "day" : days <= 210 ? "week" : "month";
  const options: RollupOptions = days > 0 ? { periods: [{ unit }] } : {};
  const [rollup, early, late] = [insight.rollup(options), insight.rollup(options), insight.rollup(options)];
  const sinceMs = middle(results.sentMs);
  const counts: Counts = {
    insight, rollup, halves: sinceMs > first ? { sinceMs, early, late } : null, unit, metric: null, drivers: null, wishes: [], messages: [], series: null, trend: {},
    nowMs: days === 0 ? clockMs : wholeDays ? last + DAY_MS - 1 : last,
  };
  try {
    await addRows(study, counts, early, late, sinceMs, job);
    await addPhrases(study, counts.messages, last, job);
  } catch (error) {
    for (const one of [rollup, early, late]) one.free();
    throw error;
  }
  rollup.merge(early).merge(late);
  counts.messages = counts.messages.filter(({ atMs }) => atMs > last - MAX_SPAN_MS);
  if (counts.halves === null) for (const one of [early, late]) one.free();
  if (days > 0) Object.assign(counts, seriesOf(counts.messages, Math.max(first, last - MAX_SPAN_MS), last));
  return counts;
}

/** Gives everything back. */
export function freeCounts({ rollup, halves }: Counts): void {
  for (const one of [rollup, halves?.early, halves?.late]) one?.free();
}

/** The begin of the day before which about half of the comments were written; NaN without dates. */
function middle(sentMs: Float64Array): number {
  const dated = sentMs.filter((at) => !Number.isNaN(at)).sort();
  return Math.floor((dated[dated.length >> 1] ?? NaN) / DAY_MS) * DAY_MS;
}

/** Adds what is dated to `early` or `late`, and the rest to the rollup of the counts. */
async function addRows(study: Study, counts: Counts, early: Rollup, late: Rollup, sinceMs: number, job: Job): Promise<void> {
  const { results, choice } = study;
  const rated: DriverRow[] = [];
  for (let row = 0; row < results.rows; row++) {
    await job.step("count", row, results.rows);
    const rating = ratingOf(study, row);
    const known = results.label[row] !== NO_LABEL;
    if (!known && rating === undefined) continue;
    const at = results.sentMs[row]!;
    const analysis = known ? (analysisOf(study, row) as BatchAnalysis) : undefined;
    const record: ScoreRecord = { index: row, ...(analysis && recordOf(analysis)), ...channelOf(study, row) };
    if (rating !== undefined) record.rating = rating;
    if (!Number.isNaN(at)) record.sentAt = at;
    const person = study.person(row);
    if (person !== undefined) record.person = person;
    const text = known ? study.maskedText(row) : undefined;
    if (text !== undefined) record.text = text;
    (Number.isNaN(at) ? counts.rollup : at < sinceMs ? early : late).add(record);
    if (analysis === undefined) continue;
    if (rating !== undefined) rated.push({ outcome: outcomeOf(rating), marks: driverMarks(analysis) });
    if (!Number.isNaN(at)) counts.messages.push(streamed(row, at, record, analysis));
    if ((results.flags[row]! & FLAG_WISH) !== 0 && counts.wishes.length < MAX_WISHES) addWishes(study, row, at, person, counts.wishes);
  }
  if (choice.rating === null || rated.length === 0) return;
  counts.metric = choice.scale;
  const options = { replicates: rated.length > MANY_ROWS ? 200 : 1000 };
  const report = driversOf(counts.insight, rated, options);
  if (report !== null) counts.drivers = { metric: choice.scale, rows: rated, options, report };
}

/** `null` where no driver is spoken of in enough rows. */
function driversOf(insight: Insight, rows: DriverRow[], options: { replicates: number }): DriverReport | null {
  try {
    const report = insight.drivers(rows, options);
    return report.drivers.length === 0 ? null : report;
  } catch (error) {
    if ((error as { code?: unknown }).code === "E_FIELD") return null;
    throw error;
  }
}

function ratingOf({ choice, table }: Study, row: number): Rating | undefined {
  if (choice.rating === null) return undefined;
  const value = readRating(table.cell(row, choice.rating), choice.scale);
  return typeof value === "number" ? { scale: choice.scale, value } : undefined;
}

/** What a rating adds to its metric: 100, 0 or -100 for NPS, 100 or 0 for the two best answers of CSAT, else the answer. */
function outcomeOf({ scale, value }: Rating): number {
  if (scale === "nps") return value >= 9 ? 100 : value >= 7 ? 0 : -100;
  if (scale === "csat5" || scale === "csat7") return value >= BOUNDS[scale][1] - 1 ? 100 : 0;
  return value;
}

/** The channel; words that name none of the engine's are the source. */
function channelOf({ choice, table }: Study, row: number): Pick<ScoreRecord, "channel" | "source"> {
  if (choice.channel === null) return {};
  const words = table.cell(row, choice.channel).trim();
  if (words === "") return {};
  const channel = readChannel(words);
  return channel === undefined ? { channel: "other", source: words.slice(0, MAX_KEY) } : { channel };
}

function streamed(row: number, atMs: number, { channel, person }: ScoreRecord, { sentiment, urgency, safety, topics }: BatchAnalysis): StreamMessage {
  return {
    id: String(row), atMs,
    ...(channel && { channel }),
    ...(person !== undefined && { author: person }),
    negative: sentiment.label === "negative",
    severe: urgency.level === "critical" || safety.some(({ label }) => label === "threat" || label === "self_harm"),
    terms: topics.map(({ label }) => label),
  };
}

/** Reads the newest bad comments again for their phrases, without those that touch personal data. */
async function addPhrases(study: Study, messages: StreamMessage[], last: number, job: Job): Promise<void> {
  const bad = messages.filter(({ negative, severe, atMs }) => (negative === true || severe === true) && atMs > last - PHRASED_MS).sort((a, b) => b.atMs - a.atMs);
  for (const message of bad.slice(0, MAX_PHRASED)) {
    await job.step("count", study.results.rows, study.results.rows);
    const row = Number(message.id);
    const [text, places] = [study.text(row), study.results.places(row)];
    const { keyphrases = [] } = analyseRow(study, row, { keyphrases: true, signals: false });
    const clear = keyphrases.filter(([start, end]) => places.every((place) => place.end <= start || end <= place.start));
    message.terms = [...new Set([...(message.terms ?? []), ...clear.map(([start, end]) => text.slice(start, end).toLowerCase())])];
  }
}

/** Reads a row again for its wishes; words of personal data are masked. */
function addWishes(study: Study, row: number, at: number, person: string | undefined, wishes: DemandWish[]): void {
  const text = study.text(row);
  const { wishes: found = [], language } = analyseRow(study, row, {});
  for (const { objectSpan, condition } of found) {
    const object = partsOf(text, study.results.places(row), study.engine.info.piiTypes, true, ...objectSpan).map((part) => part.text).join("").trim();
    if (object === "") continue;
    wishes.push({
      id: String(row), language: language.code, object,
      ...(Number.isNaN(at) ? {} : { atMs: at }),
      ...(person !== undefined && { person }),
      ...(condition?.time !== undefined && { time: condition.time }),
    });
  }
}

function seriesOf(messages: readonly StreamMessage[], first: number, last: number): Pick<Counts, "series" | "trend"> {
  const days = Math.floor((last - first) / DAY_MS) + 1;
  const bucketMs = days > MAX_DAYS ? 7 * DAY_MS : DAY_MS;
  const startMs = Math.floor(first / DAY_MS) * DAY_MS;
  const counts = new Array<number>(Math.floor((last - startMs) / bucketMs) + 1).fill(0);
  for (const { atMs, negative } of messages) if (negative === true) counts[Math.floor((atMs - startMs) / bucketMs)]! += 1;
  // A week is told from its days once there are eight of them.
  return { series: { startMs, bucketMs, counts }, trend: bucketMs === DAY_MS && days >= 56 ? { season: 7, memory: 8, leastMemory: 4 } : {} };
}

/** How a stream of these dates is watched: day by day. */
export const CRISIS: CrisisOptions = { bucketMs: DAY_MS };

/** What a report or findings are made of. */
export function documentOf(study: Study, counts: Counts, reader: Reader, title: string): DocumentOptions {
  const { rollup, metric, drivers, wishes, messages, nowMs, series, trend } = counts;
  // A dimension that no record has cannot be asked for.
  const known = new Set(rollup.summary({ maxSegments: 1 }).dimensions.map(({ name }) => name));
  const by: [dimension: string, metric: Metric][] = [["topic", "net_topic_sentiment"], ["channel", metric ?? "net_sentiment"], ["language", "net_sentiment"]];
  return {
    lang: reader, title, names: study.topics.namesIn(reader),
    by: by.filter(([dimension]) => known.has(dimension)),
    ...(drivers && { drivers: { metric: drivers.metric, rows: drivers.rows, options: drivers.options } }),
    ...(wishes.length > 0 && { demand: { wishes, nowMs } }),
    ...(messages.length > 0 && { crisis: { messages, nowMs, options: CRISIS } }),
    ...(series && { series, trend }),
  };
}

/** The demand over all wishes; `undefined` where nobody wishes anything. With `byRow`, every row stands for a person, so that all rows of a demand are told. */
export function demandOf({ insight, wishes, nowMs }: Counts, byRow: boolean): DemandReport | undefined {
  if (wishes.length === 0) return undefined;
  return insight.demand(byRow ? wishes.map((wish) => ({ ...wish, person: `r${wish.id ?? ""}` })) : wishes, nowMs);
}
