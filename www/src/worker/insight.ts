/** The figures, drivers, trends, wishes and findings that the page shows, and reports for others. */
import type { CrisisAlert, DemandReport, Figure, Finding, Metric, SegmentSummary, Summary } from "hearken";
import type { AlertView, Counted, CountedLine, CountingRequests, DemandLine, HalvesView, Reader } from "../shared/counting.ts";
import { EFFORT, EMOTION } from "../shared/labels.ts";
import type { Study } from "./analyse.ts";
import { countAll, CRISIS, demandOf, documentOf, type Counts } from "./counting.ts";
import type { Job } from "./job.ts";
import { rowViews } from "./views.ts";

/** Lines that the page lists. */
const MAX_TOPICS = 40;
const MAX_DEMANDS = 20;
const MAX_WORDINGS = 5;
const MAX_EXAMPLES = 5;
/** Fewest people of a group that is shared. */
const SHARED_PEOPLE = 5;

const GAPS: Readonly<Record<string, string>> = {
  no_ratings: "No column of ratings was chosen: there is no NPS, CSAT or CES, and no drivers of it.",
  no_texts: "There are no texts that say something.",
  one_channel: "All comments are of one channel, or no column of channels was chosen.",
  no_people: "No column says who wrote: comments are counted, not people.",
  no_answers_known: "Nobody says which comments were answered: the score has no part for acting.",
  no_times: "No column of dates was chosen: nothing is told over time.",
};

/** The counts of a study, made once. */
async function countsOf(study: Study, job: Job): Promise<Counts> {
  return (study.counts ??= await countAll(study, Date.now(), job));
}

/** Everything for the view. */
export async function count(study: Study, reader: Reader, job: Job): Promise<Counted> {
  const began = performance.now();
  const counts = await countsOf(study, job);
  const { insight, rollup, metric, drivers, series, trend, messages, nowMs, unit } = counts;
  const summary = rollup.summary();
  const [score, { gaps }] = [rollup.score(), rollup.sufficiency()];
  const burst = series === null ? null : insight.bursts(series, trend);
  const alert = messages.length === 0 ? null : insight.crisis(messages, nowMs, CRISIS);
  const demand = demandOf(counts, true);
  const { names } = study.topics;
  return {
    score, metric,
    solicited: summary.solicited,
    unsolicited: summary.unsolicited,
    topics: linesOf(summary, "topic", MAX_TOPICS, "net_topic_sentiment", metric, (key) => names[key] ?? key),
    periods: { unit, lines: linesOf(summary, `${unit} UTC`, Infinity, "net_sentiment", metric, (key) => key) },
    halves: halvesOf(counts),
    drivers: drivers?.report ?? null,
    driverNames: driverNames(names),
    trend: series === null || burst === null ? null : { ...burst, changes: insight.changes(series, trend) },
    alert: alert === null ? null : alertView(study, alert),
    demand: { lines: (demand?.demands ?? []).slice(0, MAX_DEMANDS).map((one) => demandLine(study, one)), mentions: demand?.mentions ?? 0, unclear: demand?.unclear ?? 0 },
    findings: rollup.findings(documentOf(study, counts, reader, "")),
    gaps: gaps.map((gap) => GAPS[gap] ?? gap.replaceAll("_", " ")),
    elapsedMs: performance.now() - began,
  };
}

/** The findings in another language. */
export async function findings(study: Study, reader: Reader, job: Job): Promise<Finding[]> {
  const counts = await countsOf(study, job);
  return counts.rollup.findings(documentOf(study, counts, reader, ""));
}

/** A report as a file. JSON holds every figure. */
export async function report(study: Study, { reader, form, title }: CountingRequests["report"]["in"], job: Job): Promise<Blob> {
  const counts = await countsOf(study, job);
  const { insight, rollup, drivers, series, trend, messages, nowMs } = counts;
  const options = documentOf(study, counts, reader, title);
  if (form === "html") return new Blob([rollup.document("html", options)], { type: "text/html;charset=utf-8" });
  if (form === "markdown") return new Blob([rollup.document("markdown", options)], { type: "text/markdown;charset=utf-8" });
  if (form === "share") {
    const { rollup: shared } = rollup.share({ minPeople: SHARED_PEOPLE });
    try {
      return new Blob([`${JSON.stringify(shared.toJson())}\n`], { type: "application/json" });
    } finally {
      shared.free();
    }
  }
  const everything = {
    title, reader, ...rollup.report(), summary: rollup.summary(), score: rollup.score(), findings: rollup.findings(options), halves: halvesOf(counts),
    drivers: drivers?.report ?? null,
    trend: series === null ? null : { series, bursts: insight.bursts(series, trend), changes: insight.changes(series, trend) },
    crisis: messages.length === 0 ? null : insight.crisis(messages, nowMs, CRISIS),
    demand: demandOf(counts, false) ?? null,
  };
  return new Blob([`${JSON.stringify(everything, null, 2)}\n`], { type: "application/json" });
}

function halvesOf({ halves }: Counts): HalvesView | null {
  if (halves === null) return null;
  const { sinceMs, early, late } = halves;
  const { differences } = late.compare(early);
  return { sinceMs, score: late.scoreChange(early), differences: differences.filter(({ value, key }) => value !== null && key === "") };
}

function linesOf({ dimensions }: Summary, name: string, most: number, sentiment: Metric, metric: Metric | null, nameOf: (key: string) => string): CountedLine[] {
  const figure = ({ figures }: SegmentSummary, wanted: Metric | null): Figure | null => figures.find((one) => one.metric === wanted) ?? null;
  const segments = dimensions.find((one) => one.name === name)?.segments ?? [];
  return segments.slice(0, most).map((one) => ({ key: one.key, name: nameOf(one.key), n: one.n, sentiment: figure(one, sentiment), rating: figure(one, metric) }));
}

/** Names of the drivers by their keys, as in `topic:delivery`. */
function driverNames(topics: Readonly<Record<string, string>>): Record<string, string> {
  const own = Object.entries(topics).map(([label, name]) => [`topic:${label}`, name]);
  const emotions = Object.entries(EMOTION).map(([label, name]) => [`emotion:${label}`, `${name} in the words`]);
  return Object.fromEntries([...own, ...emotions, ["effort", `${EFFORT.high} or easy to do`]]) as Record<string, string>;
}

function alertView(study: Study, { examples, terms, ...alert }: CrisisAlert): AlertView {
  const rows = Uint32Array.from(examples.slice(0, MAX_EXAMPLES), Number);
  return { ...alert, terms: terms.map(({ term }) => study.topics.names[term] ?? term), examples: rowViews(study, rows, false) };
}

/** A demand as `demandOf(counts, true)` tells it: each row that asks stands for a person. */
function demandLine(study: Study, { object, language, mentions, growth, subItems, who }: DemandReport["demands"][number]): DemandLine {
  const rows = [...who].sort((a, b) => (b.lastMs ?? 0) - (a.lastMs ?? 0)).map(({ person }) => Number(person.slice(1)));
  const people = new Set(rows.map((row) => study.person(row)).filter((person) => person !== undefined));
  return {
    object, language, mentions, rows, people: study.choice.person === null ? null : people.size, growth: { now: growth.now, before: growth.before },
    wordings: subItems.map((one) => one.object).filter((one) => one !== object).slice(0, MAX_WORDINGS),
  };
}
