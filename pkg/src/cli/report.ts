// A report as table, JSON or CSV: the figures, and how often each label holds.

import type { Rollup } from "../insight/node.js";
import type { CxScore, DimensionSummary, Figure, Report, Segment, Summary, Telling } from "../types.js";
import type { Args } from "./args.js";
import type { FailureCounts } from "./failures.js";
import { csvLine } from "./output.js";
import { MIN_FOR_SHARES, type LabelCounts } from "./tally.js";
import { clipWidth, padWidth } from "./width.js";

/** Everything that is printed. */
interface Printed {
  report: Report;
  summary: Summary;
  score: CxScore;
  labels: LabelCounts;
  failed: FailureCounts;
}

/** Dimensions that the report itself lists. */
const LISTED: readonly string[] = ["channel", "language"];

/** The report in the form that was asked for. JSON holds every figure, the table the main ones. */
export function printReport(rollup: Rollup, labels: LabelCounts, failed: FailureCounts, { out, reader = "en" }: Pick<Args, "out" | "reader">): string {
  if (out === "markdown" || out === "html") return rollup.document(out, { lang: reader });
  const report = rollup.report();
  const [summary, score] = [rollup.summary(), rollup.score()];
  const printed: Printed = { report, summary, score, labels, failed };
  const json = { ...report, labels, failed, summary, score };
  if (out === "json") return `${JSON.stringify(json, null, 2)}\n`;
  if (out === "jsonl") return `${JSON.stringify(json)}\n`;
  return out === "csv" ? reportCsv(printed) : reportTable(printed);
}

/** One line per figure: section, key, metric, value, interval, n, tooFew, method. Labels are plain counts of n texts. */
function reportCsv({ report, summary, labels }: Printed): string {
  const lines = [csvLine(["section", "key", "metric", "value", "low", "high", "n", "tooFew", "method"])];
  const add = (section: string, key: string, { metric, value, interval, n, tooFew, method }: Figure): void => {
    const numbers = [value, interval?.[0] ?? null, interval?.[1] ?? null, n].map((number) => (number === null ? "" : String(number)));
    lines.push(csvLine([section, key, metric, ...numbers, String(tooFew), method]));
  };
  for (const figure of [...report.ratings, report.netSentiment]) add("all", "", figure);
  for (const [section, segments] of [["channel", report.channels], ["language", report.languages]] as const) {
    for (const { key, netSentiment, ratings } of segments) {
      for (const figure of [...ratings, netSentiment]) add(section, key, figure);
    }
  }
  for (const figure of asked(summary)) add("all", "", figure);
  for (const { name, segments } of summary.dimensions.filter(({ name }) => !LISTED.includes(name))) {
    for (const { key, figures } of segments) for (const figure of figures) add(name, key, figure);
  }
  const count = (section: string, key: string, texts: number, n: number): void => {
    lines.push(csvLine([section, key, "texts", String(texts), "", "", String(n), "", "count of texts with the label"]));
  };
  for (const [label, texts] of Object.entries(labels.dispositions)) count("disposition", label, texts, labels.texts);
  for (const [section, kind] of KINDS) {
    for (const [label, texts] of Object.entries(labels[kind])) count(section, label, texts, labels.meaningful);
  }
  for (const mark of MARKS) count("mark", mark, labels[mark], labels.meaningful);
  return lines.join("");
}

const KINDS = [["intent", "intents"], ["emotion", "emotions"], ["act", "acts"], ["safety", "safety"]] as const;
const MARKS = ["mixed", "irony", "broadcast"] as const;
/** How many labels of a kind the table names. */
const TOP = 6;

function reportTable({ report, summary, score, labels, failed }: Printed): string {
  const { negative, neutral, positive } = report.sentiment;
  const lines = [
    `Records ${report.records}, with a meaningful text ${report.texts}`,
    `Sentiment: ${counts({ negative, neutral, positive }, report.texts)}`,
    ...said(labels),
  ];
  const failures = Object.entries(failed).map(([code, count]) => `${code} ${count}`);
  if (failures.length > 0) lines.push(`Rows with errors, not counted: ${failures.join(", ")}`);
  if (summary.zoneless > 0) lines.push(`Times without a zone, read as UTC: ${summary.zoneless}`);
  lines.push("", figureHead());
  const figures = [...report.ratings, report.netSentiment, ...asked(summary), scoreFigure(score)];
  for (const figure of figures) lines.push(figureLine(figure));
  for (const { scale, counts } of summary.answers) lines.push(answersLine(scale, counts));
  lines.push(...segments("By channel", report.channels), ...segments("By language", report.languages));
  for (const dimension of summary.dimensions) if (!LISTED.includes(dimension.name)) lines.push(...dimensionLines(dimension));
  lines.push(...telling("Most telling, positive", report.telling.positive), ...telling("Most telling, negative", report.telling.negative));
  const methods = new Set(figures.map(({ metric, method }) => `  ${metric}: ${method}`));
  lines.push("", "Methods", ...methods);
  return `${lines.join("\n")}\n`;
}

/** Figures that a summary adds to a report's ratings and net sentiment. */
function asked({ unsolicited, operational, nonResponse }: Summary): Figure[] {
  return [...nonResponse, ...unsolicited.filter(({ metric }) => metric !== "net_sentiment"), ...operational];
}

/** How often each value of a scale was answered; all scales but NPS begin with 1. */
function answersLine(scale: string, counts: number[]): string {
  const lowest = scale === "nps" ? 0 : 1;
  return `Answers ${scale}: ${counts.map((count, at) => `${at + lowest}: ${count}`).join(", ")}`;
}

/** The CX score as a figure. */
function scoreFigure({ value, interval, n, tooFew, method }: CxScore): Figure {
  return { metric: "cx_score", value, interval, n, tooFew, method };
}

/** Segments that a table shows of a dimension. */
const MOST_SEGMENTS = 12;
/** Figures of a segment, those that are there. */
const SHOWN: readonly string[] = ["nps", "csat5", "csat7", "ces7", "stars5", "net_sentiment", "net_topic_sentiment"];

function dimensionLines({ name, segments }: DimensionSummary): string[] {
  const periods = /^(hour|day|week|month) /.test(name);
  const shown = periods ? segments.slice(-MOST_SEGMENTS) : segments.slice(0, MOST_SEGMENTS);
  const lines = shown.map(({ key, n, withheld, figures }) => {
    const told = figures.filter(({ metric }) => SHOWN.includes(metric)).map((figure) => {
      return `${figure.metric} ${number(figure.value)} [${interval(figure)}]${figure.tooFew ? " *" : ""}`;
    });
    return `${padWidth(clipWidth(key, 23), 24)}${String(n).padStart(7)}  ${withheld ? "withheld: too few people" : told.join("; ")}`;
  });
  const more = segments.length - shown.length;
  return ["", `${padWidth(`By ${name}`, 24)}${"n".padStart(7)}`, ...lines, ...(more > 0 ? [`and ${more} ${periods ? "before" : "more"}`] : [])];
}

/** The lines on labels: every disposition, the most frequent of the others. */
function said(labels: LabelCounts): string[] {
  const { meaningful } = labels;
  const lines = [`Disposition: ${counts(labels.dispositions, labels.texts)}`];
  const top = (name: string, found: Record<string, number>): void => {
    const parts = [counts(Object.fromEntries(Object.entries(found).slice(0, TOP)), meaningful)];
    const more = Object.keys(found).length - TOP;
    if (more > 0) parts.push(`and ${more} more`);
    if (parts[0] !== "") lines.push(`${name}: ${parts.join(", ")}`);
  };
  const { none, ...reasons } = labels.intents;
  top("Top intents", reasons);
  if (none !== undefined) lines.push(`Without a contact reason: ${none}${share(none, meaningful)}`);
  top("Top emotions", labels.emotions);
  top("Top acts", labels.acts);
  top("Safety", labels.safety);
  top("Marks", Object.fromEntries(MARKS.filter((mark) => labels[mark] > 0).map((mark) => [mark, labels[mark]])));
  if (labels.texts > 0 && meaningful < MIN_FOR_SHARES) lines.push(`Shares are shown from ${MIN_FOR_SHARES} meaningful texts on.`);
  return lines;
}

/** "respond 3, amplify 1", with shares where there are texts enough for them. */
function counts(labels: Record<string, number>, n: number): string {
  return Object.entries(labels).map(([label, count]) => `${label} ${count}${share(count, n)}`).join(", ");
}

function share(count: number, n: number): string {
  return n < MIN_FOR_SHARES ? "" : ` (${Math.round((100 * count) / n)} %)`;
}

function figureHead(): string {
  return `${padWidth("Figure", 22)}${"value".padStart(8)}  ${padWidth("95 % interval", 18)}${"n".padStart(8)}`;
}

function figureLine(figure: Figure): string {
  const few = figure.tooFew ? "  (too few to rely on)" : "";
  return `${padWidth(figure.metric, 22)}${number(figure.value).padStart(8)}  ${padWidth(interval(figure), 18)}${String(figure.n).padStart(8)}${few}`;
}

function number(value: number | null): string {
  if (value === null) return "-";
  return Math.abs(value) >= 10 ? value.toFixed(1) : value.toFixed(2);
}

function interval({ interval }: Figure): string {
  return interval ? `${number(interval[0])} to ${number(interval[1])}` : "-";
}

function segments(title: string, list: Segment[]): string[] {
  if (list.length === 0) return [];
  const head = `${padWidth(title, 14)}${"n".padStart(7)}${"neg".padStart(7)}${"neu".padStart(7)}${"pos".padStart(7)}  net sentiment`;
  const lines = list.map(({ key, n, sentiment, netSentiment, ratings }) => {
    const counts = [n, sentiment.negative, sentiment.neutral, sentiment.positive].map((count) => String(count).padStart(7)).join("");
    const scores = [netSentiment, ...ratings].map((figure, i) => {
      const shown = figure.value === null ? "-" : `${number(figure.value)} [${interval(figure)}]`;
      return `${i === 0 ? "" : `${figure.metric} `}${shown}${figure.tooFew ? " *" : ""}`;
    });
    return `${padWidth(clipWidth(key, 13), 14)}${counts}  ${scores.join("; ")}`;
  });
  const few = list.some(({ netSentiment, ratings }) => [netSentiment, ...ratings].some(({ tooFew }) => tooFew));
  return ["", head, ...lines, ...(few ? ["* too few to rely on"] : [])];
}

function telling(title: string, list: Telling[]): string[] {
  if (list.length === 0) return [];
  return ["", title, ...list.map(({ index, score, text }) => `${`#${index}`.padStart(8)} ${score.toFixed(2).padStart(5)}  ${clipWidth(text, 100)}`)];
}
