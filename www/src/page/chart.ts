/** Charts as SVG, each with a table that says the same. */
import type { SentimentCounts } from "hearken";
import { SENTIMENT, SENTIMENTS } from "../shared/labels.ts";
import type { Timeline } from "../shared/protocol.ts";
import { el, svg } from "./dom.ts";
import { count, share } from "./format.ts";

const sum = (counts: SentimentCounts): number => counts.negative + counts.neutral + counts.positive;

/** One bar cut by sentiment; stretches to the width of its box. */
export function stackedBar(counts: SentimentCounts, label: string, height = 10): SVGSVGElement {
  const total = sum(counts);
  let x = 0;
  const parts = SENTIMENTS.map((sentiment) => {
    const width = total === 0 ? 0 : (counts[sentiment] / total) * 100;
    const rect = svg("rect", { class: `fill-${sentiment}`, x, y: 0, width, height }, svg("title", {}, `${SENTIMENT[sentiment]}: ${count(counts[sentiment])}`));
    x += width;
    return rect;
  });
  return svg("svg", { class: "stack", viewBox: `0 0 100 ${height}`, preserveAspectRatio: "none", role: "img", "aria-label": label }, parts);
}

/** "Negative 120 (40%), neutral 60 (20%), ..." */
export function countsText(counts: SentimentCounts): string {
  const total = sum(counts);
  return SENTIMENTS.map((sentiment) => `${SENTIMENT[sentiment].toLowerCase()} ${count(counts[sentiment])} (${share(counts[sentiment], total)})`).join(", ");
}

/** The overall chart: a bar for the eye, a table for everybody. */
export function sentimentChart(counts: SentimentCounts): HTMLElement {
  const total = sum(counts);
  return el(
    "section",
    { class: "card chart", "aria-labelledby": "chart-title" },
    el("h2", { id: "chart-title" }, "Sentiment"),
    stackedBar(counts, `Sentiment of ${count(total)} comments: ${countsText(counts)}`),
    el(
      "table",
      { class: "legend" },
      el("caption", { class: "hidden" }, "Comments by sentiment"),
      el("thead", { class: "hidden" }, el("tr", {}, ["Sentiment", "Share", "Comments"].map((name) => el("th", { scope: "col" }, name)))),
      el(
        "tbody",
        {},
        SENTIMENTS.map((sentiment) =>
          el(
            "tr",
            {},
            el("th", { scope: "row" }, el("span", { class: `swatch fill-${sentiment}`, "aria-hidden": "true" }), SENTIMENT[sentiment]),
            el("td", { class: "big" }, share(counts[sentiment], total)),
            el("td", { class: "quiet" }, count(counts[sentiment])),
          ),
        ),
      ),
    ),
  );
}

const UNITS = { day: "day", week: "week", month: "month", year: "year" } as const;
const dates = {
  day: new Intl.DateTimeFormat("en", { timeZone: "UTC", day: "numeric", month: "short" }),
  week: new Intl.DateTimeFormat("en", { timeZone: "UTC", day: "numeric", month: "short" }),
  month: new Intl.DateTimeFormat("en", { timeZone: "UTC", month: "short", year: "2-digit" }),
  year: new Intl.DateTimeFormat("en", { timeZone: "UTC", year: "numeric" }),
};

/** Comments in time, stacked by sentiment. Drawn again when its box changes width; `prefix` keeps ids apart. */
export function timeChart(time: Timeline, prefix = ""): HTMLElement {
  const names = time.start.map((day) => dates[time.unit].format(new Date(day * 86_400_000)));
  const box = el("div", { class: "plot" });
  let width = 0;
  new ResizeObserver(([entry]) => {
    const next = Math.floor(entry?.contentRect.width ?? 0);
    if (next === width || next === 0) return;
    width = next;
    box.replaceChildren(columnsChart(time, names, width));
  }).observe(box);
  return el(
    "section",
    { class: "card chart", "aria-labelledby": `${prefix}time-title` },
    el("h2", { id: `${prefix}time-title` }, `Over time, by ${UNITS[time.unit]}`),
    box,
    el(
      "details",
      {},
      el("summary", {}, "Show as table"),
      el(
        "div",
        { class: "scroll", tabindex: "0", role: "region", "aria-label": "Comments over time" },
        el(
          "table",
          { class: "plain" },
          el("thead", {}, el("tr", {}, [slug(UNITS[time.unit]), ...SENTIMENTS.map((s) => SENTIMENT[s])].map((name) => el("th", { scope: "col" }, name)))),
          el("tbody", {}, names.map((name, at) => el("tr", {}, el("th", { scope: "row" }, name), SENTIMENTS.map((s) => el("td", {}, count(time[s][at] ?? 0)))))),
        ),
      ),
    ),
    time.undated > 0 && el("p", { class: "quiet" }, `${count(time.undated)} comments have no date that could be read.`),
  );
}

const slug = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1);

function columnsChart(time: Timeline, names: readonly string[], width: number): SVGSVGElement {
  const [height, left, right, top, bottom] = [190, 34, 14, 8, 22];
  const totals = names.map((_, at) => SENTIMENTS.reduce((n, s) => n + (time[s][at] ?? 0), 0));
  const { highest, step } = axis(Math.max(1, ...totals));
  const y = (value: number): number => top + (height - top - bottom) * (1 - value / highest);
  const slot = (width - left - right) / names.length;
  const bar = Math.max(1, Math.min(36, slot * 0.72));
  const every = Math.ceil(names.length / Math.max(1, Math.floor((width - left - right) / 64)));
  const lines = [];
  for (let value = 0; value <= highest; value += step) {
    lines.push(svg("line", { class: "grid", x1: left, x2: width - right, y1: y(value), y2: y(value) }));
    lines.push(svg("text", { class: "tick end", x: left - 6, y: y(value) + 4 }, count(value)));
  }
  const columns = names.map((name, at) => {
    const x = left + slot * at + (slot - bar) / 2;
    let base = 0;
    const rects = SENTIMENTS.map((sentiment) => {
      const value = time[sentiment][at] ?? 0;
      const rect = svg("rect", { class: `fill-${sentiment}`, x, width: bar, y: y(base + value), height: y(base) - y(base + value) });
      base += value;
      return rect;
    });
    const said = SENTIMENTS.map((s) => `${SENTIMENT[s].toLowerCase()} ${count(time[s][at] ?? 0)}`).join(", ");
    const hit = svg("rect", { class: "hit", x: left + slot * at, width: slot, y: top, height: height - top - bottom }, svg("title", {}, `${name}: ${said}`));
    const tick = at % every === 0 ? svg("text", { class: "tick middle", x: left + slot * (at + 0.5), y: height - 6 }, name) : null;
    return [rects, tick, hit];
  });
  return svg(
    "svg",
    { viewBox: `0 0 ${width} ${height}`, width, height, role: "img", "aria-label": `Comments by ${UNITS[time.unit]} and sentiment, from ${names[0] ?? ""} to ${names.at(-1) ?? ""}. The table below has the numbers.` },
    lines,
    columns,
  );
}

/** A round top and step with at most five lines. */
function axis(most: number): { highest: number; step: number } {
  const power = 10 ** Math.floor(Math.log10(most));
  const step = Math.max(1, [0.2, 0.5, 1, 2, 5].map((factor) => factor * power).find((size) => most / size <= 4.5) ?? power);
  return { highest: Math.ceil(most / step) * step, step };
}
