/** Figures by channel and by language, as tables with a small bar in each row. */
import type { Segment } from "hearken";
import { countsText, stackedBar } from "./chart.ts";
import { el } from "./dom.ts";
import { count, figureText, measureOf } from "./format.ts";

/** Rows shown before "show all". */
const SHORT = 8;

/** A table of segments; `name` writes a key for people. */
export function segmentTable(title: string, segments: readonly Segment[], name: (key: string) => string): HTMLElement {
  const rated = segments.find((segment) => segment.ratings.length > 0)?.ratings[0]?.metric;
  const row = (segment: Segment): HTMLElement => {
    const rating = segment.ratings.find((figure) => figure.metric === rated);
    return el(
      "tr",
      {},
      el("th", { scope: "row" }, name(segment.key)),
      el("td", { class: "number" }, count(segment.n)),
      el("td", { class: "bar" }, stackedBar(segment.sentiment, countsText(segment.sentiment))),
      figureCell(segment.netSentiment),
      rated !== undefined && (rating === undefined ? el("td", { class: "number quiet" }, "–") : figureCell(rating)),
    );
  };
  const body = el("tbody", {}, segments.slice(0, SHORT).map(row));
  const more = el(
    "button",
    {
      type: "button",
      class: "button small",
      on: {
        click: () => {
          body.append(...segments.slice(SHORT).map(row));
          more.remove();
        },
      },
    },
    `Show all ${segments.length}`,
  );
  const ratedFigure = segments.flatMap((segment) => segment.ratings).find((figure) => figure.metric === rated);
  return el(
    "section",
    { class: "card" },
    el("h2", {}, title),
    el(
      "div",
      { class: "scroll", tabindex: "0", role: "region", "aria-label": title },
      el(
        "table",
        { class: "plain segments" },
        el(
          "thead",
          {},
          el(
            "tr",
            {},
            el("th", { scope: "col" }, title.replace("By ", "").replace(/^./, (c) => c.toUpperCase())),
            el("th", { scope: "col", class: "number" }, "Comments"),
            el("th", { scope: "col" }, "Sentiment"),
            el("th", { scope: "col", class: "number" }, "Net sentiment"),
            ratedFigure !== undefined && el("th", { scope: "col", class: "number" }, measureOf(ratedFigure).name),
          ),
        ),
        body,
      ),
    ),
    segments.length > SHORT && more,
    segments.some(({ netSentiment, ratings }) => netSentiment.tooFew || ratings.some((figure) => figure.tooFew)) &&
      el("p", { class: "quiet footnote" }, "* too few answers to rely on. Below each figure: its 95% interval."),
  );
}

function figureCell(figure: Segment["netSentiment"]): HTMLElement {
  if (figure.value === null) return el("td", { class: "number quiet" }, "–");
  const measure = measureOf(figure);
  return el(
    "td",
    { class: figure.tooFew ? "number few" : "number", title: `${figureText(figure)}, n = ${count(figure.n)}${figure.tooFew ? ", too few to rely on" : ""}` },
    measure.write(figure.value),
    figure.tooFew && "*",
    figure.interval !== null && el("span", { class: "within" }, `${measure.write(figure.interval[0])} to ${measure.write(figure.interval[1])}`),
  );
}
