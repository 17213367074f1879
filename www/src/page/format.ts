/** Writes numbers, languages and labels for people. */
import type { Figure } from "hearken";

const whole = new Intl.NumberFormat("en", { maximumFractionDigits: 0 });
const percent = new Intl.NumberFormat("en", { style: "percent", maximumFractionDigits: 1 });
const languageNames = new Intl.DisplayNames("en", { type: "language" });

/** 12,345 */
export const count = (n: number): string => whole.format(n);

/** "1 row", "2 rows"; `many` for plurals that do not only add an s. */
export const counted = (n: number, one: string, many = `${one}s`): string => `${count(n)} ${n === 1 ? one : many}`;

/** 12.3% of `total`; an en dash when there is nothing to share. */
export const share = (part: number, total: number): string => (total === 0 ? "–" : percent.format(part / total));

/** A number with its sign, true minus included. */
export function signed(value: number, digits: number): string {
  const text = Math.abs(value).toFixed(digits);
  if (Number(text) === 0) return text;
  return `${value < 0 ? "−" : "+"}${text}`;
}

/** Name of a language code; `und` and codes the browser does not know are spelled out or kept. */
export function languageName(code: string): string {
  if (code === "und" || code === "") return "Not told";
  try {
    return languageNames.of(code) ?? code;
  } catch {
    return code;
  }
}

/** A slug for people: "web_form" becomes "Web form". */
export function slugName(slug: string): string {
  const words = slug.replaceAll("_", " ");
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** A time for people: "45 minutes", "4 hours", "3 days". */
export function duration(minutes: number): string {
  if (minutes < 120) return counted(Math.round(minutes), "minute");
  return minutes < 2880 ? counted(Math.round(minutes / 60), "hour") : counted(Math.round(minutes / 1440), "day");
}

/** A reason of a decision for people: labels in it lose their underscores. */
export const plainWords = (because: string): string => because.replace(/\b[a-z]+(?:_[a-z]+)+\b/g, (slug) => slug.replaceAll("_", " "));

/** How a figure is written and on which axis it lies. */
export interface Measure {
  name: string;
  low: number;
  high: number;
  /** Writes a value of the figure. */
  write: (value: number) => string;
}

const points = (name: string): Measure => ({ name, low: -100, high: 100, write: (value) => signed(value, Math.abs(value) < 9.95 ? 1 : 0) });
const percents = (name: string): Measure => ({ name, low: 0, high: 100, write: (value) => percent.format(value / 100) });
const mean = (name: string, low: number, high: number): Measure => ({ name, low, high, write: (value) => value.toFixed(2) });

const MEASURES: ReadonlyMap<string, Measure> = new Map([
  ["net_sentiment", points("Net sentiment")],
  ["nps", points("NPS")],
  ["csat5", percents("CSAT, top 2 of 5")],
  ["csat7", percents("CSAT, top 2 of 7")],
  ["ces7", mean("CES, mean of 1 to 7", 1, 7)],
  ["ces7_easy", percents("Found it easy")],
  ["stars5", mean("Stars, mean of 1 to 5", 1, 5)],
  ["cx_score", { name: "CX score", low: 0, high: 100, write: (value) => value.toFixed(0) }],
  ["net_topic_sentiment", points("Net sentiment towards it")],
  ["effort_mentioned", percents("Speak of effort")],
  ["high_effort", percents("Of these, found it hard")],
  ["asking", percents("Ask for something")],
  ["actionable", percents("Call for action")],
  ["leaving", percents("Say that they leave")],
  ["recommending", percents("Of those who say, recommend")],
]);

/** The measure of a figure; one not listed is written as the number it is. */
export function measureOf(figure: Figure): Measure {
  const known = MEASURES.get(figure.metric);
  return known ?? mean(slugName(figure.metric), Math.min(0, figure.value ?? 0), Math.max(1, figure.interval?.[1] ?? 1));
}

/** "+12 (+4 to +20)", with the interval where there is one. */
export function figureText(figure: Figure): string {
  if (figure.value === null) return "–";
  const { write } = measureOf(figure);
  return figure.interval === null ? write(figure.value) : `${write(figure.value)} (${write(figure.interval[0])} to ${write(figure.interval[1])})`;
}
