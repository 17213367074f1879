/** The headline figures: value, interval, and on how many answers they stand. */
import type { Figure } from "hearken";
import { PII } from "../shared/labels.ts";
import type { Analysed } from "../shared/protocol.ts";
import { el, svg, type Child } from "./dom.ts";
import { count, counted, measureOf, share } from "./format.ts";

/** Metrics of answers to questions; the others are of comments. */
const COUNTED_IN_ANSWERS = /^(nps|csat\d|ces7|ces7_easy|stars5|response_rate)$/;

/** The row of cards at the top of the results. */
export function headline(analysed: Analysed): HTMLElement {
  const { report } = analysed;
  const total = analysed.columns.label.length;
  return el(
    "div",
    { class: "cards" },
    card("Comments", count(total), report.texts === total ? "All say something that counts" : `${count(report.texts)} say something that counts`),
    figureCard(report.netSentiment, "sentiment", "Share of positive minus share of negative comments, in points; wrong labels are not part of the interval"),
    report.ratings.map((figure) => figureCard(figure, figure.metric, null)),
    card(
      "Personal data",
      count(analysed.rowsWithPii),
      analysed.rowsWithPii === 0
        ? "None found"
        : `${share(analysed.rowsWithPii, total)} of comments hold some. ${analysed.piiCounts.map(([type, n]) => `${PII[type]}: ${count(n)}`).join(", ")}`,
    ),
  );
}

function card(name: string, value: string, ...rest: Child[]): HTMLElement {
  return el(
    "div",
    { class: "card figure", role: "group", "aria-label": name },
    el("h2", {}, name),
    el("p", { class: "value" }, value),
    rest.map((child) => (typeof child === "string" ? el("p", { class: "quiet" }, child) : child)),
  );
}

/** A figure with its interval, n and formula; `key` makes its id. */
export function figureCard(figure: Figure, key: string, meaning: string | null): HTMLElement {
  const measure = measureOf(figure);
  const value = figure.value === null ? "–" : measure.write(figure.value);
  const interval = figure.interval === null ? null : `95% interval ${measure.write(figure.interval[0])} to ${measure.write(figure.interval[1])}`;
  const element = card(
    measure.name,
    value,
    interval !== null && el("p", { class: "interval" }, interval),
    range(figure),
    `${figure.metric === "cx_score" ? counted(figure.n, "answer or comment", "answers and comments") : counted(figure.n, COUNTED_IN_ANSWERS.test(figure.metric) ? "answer" : "comment")}${figure.tooFew ? ": too few to rely on" : ""}`,
    el("details", {}, el("summary", {}, "How it is computed"), el("p", { class: "quiet" }, meaning !== null && `${meaning}. `, `${figure.method}.`)),
  );
  element.id = `figure-${key}`;
  if (figure.tooFew) element.classList.add("few");
  return element;
}

/** Where the value and its interval lie on the whole scale. Decoration: the text above says the same. */
function range(figure: Figure): Child {
  if (figure.value === null || figure.interval === null) return null;
  const { low, high } = measureOf(figure);
  const at = (value: number): number => Math.min(100, Math.max(0, ((value - low) / (high - low)) * 100));
  const [from, to] = [at(figure.interval[0]), at(figure.interval[1])];
  return svg(
    "svg",
    { class: "range", viewBox: "0 0 100 8", preserveAspectRatio: "none", "aria-hidden": "true" },
    svg("rect", { class: "axis", x: 0, y: 3.5, width: 100, height: 1 }),
    low < 0 && svg("rect", { class: "zero", x: at(0) - 0.2, y: 1, width: 0.4, height: 6 }),
    svg("rect", { class: "span", x: from, y: 2, width: Math.max(to - from, 0.6), height: 4, rx: 1 }),
    svg("rect", { class: "point", x: Math.max(0, at(figure.value) - 0.5), y: 0, width: 1, height: 8 }),
  );
}
