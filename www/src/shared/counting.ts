/** What page and worker say to each other about figures over all comments: rollup, drivers, trends, demand, reports. */
import type { Burst, ChangePoint, CrisisAlert, CxChange, CxScore, Difference, DriverReport, Figure, Finding, Metric } from "hearken";
import type { Part } from "./protocol.ts";

/** Languages of findings and reports. */
export const READERS = [["en", "English"], ["ko", "한국어"], ["ja", "日本語"], ["pl", "Polski"], ["de", "Deutsch"], ["es", "Español"], ["fr", "Français"]] as const;

/** One of them. */
export type Reader = (typeof READERS)[number][0];

/** Forms of a report; `share` is a rollup without texts and small groups, which the package reads. */
export type ReportForm = "html" | "markdown" | "json" | "share";

/** One topic or period. Figures are `null` where too few people stand behind it. */
export interface CountedLine {
  key: string;
  name: string;
  n: number;
  sentiment: Figure | null;
  rating: Figure | null;
}

/** One wish of several. */
export interface DemandLine {
  object: string;
  language: string;
  mentions: number;
  /** Distinct people; `null` where no column says who wrote. */
  people: number | null;
  /** Mentions of the last 30 days and of the 30 before. */
  growth: { now: number; before: number };
  /** Other wordings. */
  wordings: string[];
  /** Who asked: rows, the latest first. */
  rows: number[];
}

/** A surge of bad messages, with rows in place of ids. */
export interface AlertView extends Omit<CrisisAlert, "examples" | "terms"> {
  terms: string[];
  examples: { row: number; parts: Part[] }[];
}

/** The later half of the comments against the earlier. */
export interface HalvesView {
  /** The first day of the later half. */
  sinceMs: number;
  score: CxChange;
  /** Of every main figure that both halves have. */
  differences: Difference[];
}

/** Everything the view of insight shows. */
export interface Counted {
  score: CxScore;
  /** Answers to questions. */
  solicited: Figure[];
  /** What was said unasked, net sentiment first. */
  unsolicited: Figure[];
  /** Metric of the column of ratings, where one was chosen. */
  metric: Metric | null;
  topics: CountedLine[];
  /** By time; empty without dates. */
  periods: { unit: "day" | "week" | "month"; lines: CountedLine[] };
  /** `null` without dates of different days. */
  halves: HalvesView | null;
  drivers: DriverReport | null;
  driverNames: Readonly<Record<string, string>>;
  /** Of negative comments a day; `null` without dates. */
  trend: { bursts: Burst[]; changes: ChangePoint[]; judged: number; falseAlarmsPer1000: number } | null;
  alert: AlertView | null;
  demand: { lines: DemandLine[]; mentions: number; unclear: number };
  findings: Finding[];
  /** What the data are too thin for, in words. */
  gaps: string[];
  elapsedMs: number;
}

/** Requests about them. */
export interface CountingRequests {
  count: { in: { reader: Reader }; out: Counted };
  findings: { in: { reader: Reader }; out: Finding[] };
  report: { in: { reader: Reader; form: ReportForm; title: string }; out: Blob };
}
