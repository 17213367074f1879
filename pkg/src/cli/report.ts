// A report as table, JSON or CSV: the figures, and how often each label holds.

import type { Figure, Report, Segment, Telling } from "../types.js";
import type { Out } from "./args.js";
import { csvLine } from "./output.js";
import { MIN_FOR_SHARES, type LabelCounts } from "./tally.js";
import { clipWidth, padWidth } from "./width.js";

/** How many rows failed, by code. */
export type Failures = Record<string, number>;

/** The report in the form that was asked for. */
export function printReport(report: Report, labels: LabelCounts, failed: Failures, out: Out): string {
  if (out === "json") return `${JSON.stringify({ ...report, labels, failed }, null, 2)}\n`;
  if (out === "jsonl") return `${JSON.stringify({ ...report, labels, failed })}\n`;
  return out === "csv" ? reportCsv(report, labels) : reportTable(report, labels, failed);
}

/** One line per figure: section, key, metric, value, interval, n, tooFew, method. Labels are plain counts of n texts. */
function reportCsv(report: Report, labels: LabelCounts): string {
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

function reportTable(report: Report, labels: LabelCounts, failed: Failures): string {
  const { negative, neutral, positive } = report.sentiment;
  const lines = [
    `Records ${report.records}, with a meaningful text ${report.texts}`,
    `Sentiment: ${counts({ negative, neutral, positive }, report.texts)}`,
    ...said(labels),
  ];
  const failures = Object.entries(failed).map(([code, count]) => `${code} ${count}`);
  if (failures.length > 0) lines.push(`Rows with errors, not counted: ${failures.join(", ")}`);
  lines.push("", figureHead());
  for (const figure of [...report.ratings, report.netSentiment]) lines.push(figureLine(figure));
  lines.push(...segments("By channel", report.channels), ...segments("By language", report.languages));
  lines.push(...telling("Most telling, positive", report.telling.positive), ...telling("Most telling, negative", report.telling.negative));
  const methods = new Set([...report.ratings, report.netSentiment].map(({ metric, method }) => `  ${metric}: ${method}`));
  lines.push("", "Methods", ...methods);
  return `${lines.join("\n")}\n`;
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
