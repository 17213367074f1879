/** The parts of the view of insight: cards, tables and lists. Every figure has its interval and n. */
import type { CxPart, CxScore, Difference, Driver, Figure } from "hearken";
import type { Counted, CountedLine, DemandLine } from "../shared/counting.ts";
import { commentNodes } from "./comment.ts";
import { el, type Child } from "./dom.ts";
import { figureCard } from "./figures.ts";
import { count, counted, languageName, measureOf, share, signed, slugName } from "./format.ts";

/** Lines shown before "show all". */
const SHORT = 12;
const PARTS: Readonly<Record<CxPart["part"], string>> = { solicited: "asked", unsolicited: "unasked", acting: "acted on" };
const KINDS = { basic: "A must: costs more than it brings", delight: "Delights: brings more than it costs", performance: "The better, the better", unclear: "" } as const;

const day = new Intl.DateTimeFormat("en", { timeZone: "UTC", day: "numeric", month: "short", year: "numeric" });
const dayOf = (ms: number): string => day.format(new Date(ms));

/** The main figures. */
export function cxCards({ score, solicited, unsolicited }: Counted): HTMLElement {
  return el("div", { class: "cards", id: "insight-figures" },
    cxCard(score), [...solicited, ...unsolicited].filter(({ value }) => value !== null).map((figure) => figureCard(figure, `all-${figure.metric}`, null)));
}

function cxCard({ value, interval, n, tooFew, parts, method }: CxScore): HTMLElement {
  const figure: Figure = { metric: "cx_score", value, interval, n, tooFew, method };
  const told = parts.map(({ part, points, weight }) => (points === null ? `${PARTS[part]}: not known` : `${PARTS[part]}: ${points.toFixed(0)} (counts ${share(weight, 1)})`));
  return figureCard(figure, "cx", `0 to 100. ${told.join(", ")}`);
}

/** A crisis or an alert; `null` when all is calm or nothing has a date. */
export function alertCard({ alert, trend }: Counted, open: (row: number) => void): HTMLElement | null {
  if (trend === null) return null;
  if (alert === null) return el("p", { class: "calm", id: "insight-alert" }, "No surge of bad comments goes on.");
  const { level, burst, authors, terms, examples, spread, pause } = alert;
  return el("section", { class: "card alert-card", id: "insight-alert", "aria-labelledby": "alert-title" },
    el("h2", { id: "alert-title" }, level === "crisis" ? "Crisis: a surge of bad comments goes on" : "Alert: more bad comments than usual"),
    el("p", {}, `${counted(burst.observed, "bad comment")} since ${dayOf(burst.startMs)}, where the past explains ${burst.expected.toFixed(1)}; ${counted(authors, "writer")}. `,
      spread.map(({ channel, count: n }) => `${slugName(channel)} ${count(n)}`).join(", ")),
    terms.length > 0 && el("p", {}, `Said more than before: ${terms.join(", ")}`),
    pause !== undefined && el("p", {}, el("strong", {}, "Pause publishing "), `on ${pause.scope.map(slugName).join(", ")} until ${dayOf(pause.untilMs)}: ${pause.reason}. A person decides.`),
    el("ul", { class: "telling" }, examples.map(({ row, parts }) => el("li", { class: "negative" }, el("p", {}, commentNodes(parts)), rowLink(row, open)))));
}

/** Bursts and lasting changes of negative comments. */
export function trendCard({ trend }: Counted): HTMLElement | null {
  if (trend === null) return null;
  const { bursts, changes, judged, falseAlarmsPer1000 } = trend;
  const lines = [
    ...bursts.map(({ kind, startMs, endMs, observed, expected }) => ({ at: startMs, text: `${kind === "peak" ? "Peak" : "Rise"}, ${dayOf(startMs)}${endMs - startMs > 86_400_000 ? ` to ${dayOf(endMs - 1)}` : ""}: ${counted(observed, "negative comment")} where ${expected.toFixed(1)} were to be expected` })),
    ...changes.map(({ atMs, before, after }) => ({ at: atMs, text: `The level changed on ${dayOf(atMs)}: from ${before.toFixed(1)} to ${after.toFixed(1)} negative comments a day or week` })),
  ].sort((a, b) => b.at - a.at);
  return el("section", { class: "card", "aria-labelledby": "trend-title" },
    el("h2", { id: "trend-title" }, "Changes in time"),
    judged === 0 ? el("p", { class: "quiet" }, "The dates span too little time to tell a burst from an ordinary day.")
      : lines.length === 0 ? el("p", { class: "quiet" }, "No burst and no lasting change of negative comments.")
        : el("ul", { class: "plain-list", id: "trend-lines" }, lines.map(({ text }) => el("li", {}, text))),
    judged > 0 && el("p", { class: "quiet footnote" }, `${counted(judged, "day or week", "days or weeks")} judged, at ${falseAlarmsPer1000} false alarms in 1,000.`));
}

/** What changed between the halves of the comments in time. */
export function halvesCard({ halves }: Counted): HTMLElement | null {
  if (halves === null) return null;
  const { sinceMs, score, differences } = halves;
  const row = ({ metric, figure, against, value, interval, significant, tooFew }: Pick<Difference, "metric" | "figure" | "against" | "value" | "interval" | "significant" | "tooFew">): HTMLElement => {
    const { name, write } = measureOf({ ...figure, metric });
    const cell = (of: Figure): HTMLElement => el("td", { class: of.tooFew ? "number few" : "number" }, of.value === null ? "–" : write(of.value), el("span", { class: "within" }, `n = ${count(of.n)}`));
    return el("tr", {}, el("th", { scope: "row" }, name, significant && el("span", { class: "within" }, "More than chance")), cell(against), cell(figure),
      el("td", { class: tooFew ? "number few" : "number" }, value === null ? "–" : signed(value, 1), interval !== null && el("span", { class: "within" }, `${signed(interval[0], 1)} to ${signed(interval[1], 1)}`)));
  };
  const cx = ({ value, interval, n, tooFew, method }: CxScore): Figure => ({ metric: "cx_score", value, interval, n, tooFew, method });
  const moved = score.value === null ? null : { metric: "cx_score", figure: cx(score.now), against: cx(score.before), value: score.value, interval: score.interval, significant: false, tooFew: score.now.tooFew };
  return el("section", { class: "card", id: "insight-halves", "aria-labelledby": "halves-title" },
    el("h2", { id: "halves-title" }, `Since ${dayOf(sinceMs)}, against the time before`),
    el("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": "Changes between the halves" },
      el("table", { class: "plain figure-lines" },
        el("thead", {}, el("tr", {}, el("th", { scope: "col" }, "Figure"), ["Before", "Since", "Difference"].map((name) => el("th", { scope: "col", class: "number" }, name)))),
        el("tbody", {}, moved !== null && row(moved), differences.map(row)))),
    score.moves.length > 0 && el("p", { class: "quiet" }, `What moved the CX score: ${score.moves.map(({ metric, points }) => `${measureOf({ metric, value: null, interval: null, n: 0, tooFew: false, method: "" }).name} ${signed(points, 1)}`).join(", ")}.`),
    el("p", { class: "quiet footnote" }, "The earlier and the later half of the dated comments. Below each difference: its 95% interval; “more than chance” is corrected for the number of figures (Benjamini and Hochberg 1995)."));
}

/** What moves the rating. */
export function driversCard({ drivers, driverNames, metric }: Counted): HTMLElement | null {
  if (metric === null) return null;
  const measure = measureOf({ metric, value: null, interval: null, n: 0, tooFew: false, method: "" });
  if (drivers === null) {
    return el("section", { class: "card", "aria-labelledby": "drivers-title", id: "insight-drivers" }, el("h2", { id: "drivers-title" }, `What moves ${measure.name}`),
      el("p", { class: "quiet" }, "No topic, emotion or effort is spoken of in enough rated comments."));
  }
  const most = drivers.drivers[0]?.importance ?? 1;
  const range = (triple: [number, number, number] | undefined): Child =>
    triple === undefined ? el("td", { class: "number quiet" }, "–") : el("td", { class: "number" }, signed(triple[0], 1), el("span", { class: "within" }, `${signed(triple[1], 1)} to ${signed(triple[2], 1)}`));
  const row = ({ name, share: part, importance, rankInterval, contrast, undetermined }: Driver): HTMLElement => {
    const fill = el("span", { class: "bar-fill" });
    fill.style.width = `${Math.max(1, (importance / most) * 100).toFixed(1)}%`;
    return el("tr", {},
      el("th", { scope: "row" }, driverNames[name] ?? slugName(name), KINDS[contrast.kind] !== "" && el("span", { class: "within" }, KINDS[contrast.kind])),
      el("td", { class: "bar" }, el("span", { class: "bar-track", "aria-hidden": "true" }, fill)),
      el("td", { class: "number" }, `${part.toFixed(0)}%`, rankInterval !== undefined && el("span", { class: "within" }, `rank ${rankInterval[0]} to ${rankInterval[1]}`), undetermined && "*"),
      el("td", { class: "number" }, `${count(contrast.good)} / ${count(contrast.bad)}`),
      range(contrast.ifFixed));
  };
  return el("section", { class: "card", "aria-labelledby": "drivers-title", id: "insight-drivers" },
    el("h2", { id: "drivers-title" }, `What moves ${measure.name}`),
    el("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": "Drivers" },
      el("table", { class: "plain figure-lines" },
        el("thead", {}, el("tr", {}, el("th", { scope: "col" }, "Driver"), el("td", { class: "bar" }),
          ["Part of what is explained", "Good / bad mentions", "If nothing were bad"].map((name) => el("th", { scope: "col", class: "number" }, name)))),
        el("tbody", {}, drivers.drivers.map(row)))),
    el("p", { class: "quiet footnote" }, `${counted(drivers.n, "rated comment")}; together they explain ${share(drivers.explained, 1)}${drivers.tooFew ? ": too few comments to rely on" : ""}. ${drivers.caution}`));
}

/** Topics or periods with their figures. `choose` lists the comments of one. */
export function linesCard(title: string, id: string, lines: readonly CountedLine[], what: string, choose: ((key: string) => void) | null): HTMLElement | null {
  if (lines.length === 0) return null;
  const rated = lines.some(({ rating }) => rating !== null);
  const cell = (figure: Figure | null): HTMLElement => {
    if (figure === null || figure.value === null) return el("td", { class: "number quiet" }, "–");
    const { write } = measureOf(figure);
    return el("td", { class: figure.tooFew ? "number few" : "number" }, write(figure.value), figure.tooFew && "*",
      figure.interval !== null && el("span", { class: "within" }, `${write(figure.interval[0])} to ${write(figure.interval[1])}`));
  };
  const row = ({ key, name, n, sentiment, rating }: CountedLine): HTMLElement => el("tr", {},
    el("th", { scope: "row", class: choose === null && "period" }, choose === null ? name : el("button", { type: "button", class: "link name", on: { click: () => choose(key) } }, name)),
    el("td", { class: "number" }, count(n)), cell(sentiment), rated && cell(rating));
  const body = el("tbody", {}, lines.slice(0, SHORT).map(row));
  const more = el("button", {
    type: "button", class: "button small",
    on: {
      click: () => {
        body.append(...lines.slice(SHORT).map(row));
        more.remove();
      },
    },
  }, `Show all ${count(lines.length)}`);
  const rating = lines.find((line) => line.rating !== null)?.rating;
  return el("section", { class: "card", id: `insight-${id}` }, el("h2", {}, title),
    el("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": title },
      el("table", { class: "plain figure-lines" },
        el("thead", {}, el("tr", {}, el("th", { scope: "col" }, what), ["Comments", "Net sentiment"].map((name) => el("th", { scope: "col", class: "number" }, name)),
          rating != null && el("th", { scope: "col", class: "number" }, measureOf(rating).name))),
        body)),
    lines.length > SHORT && more,
    el("p", { class: "quiet footnote" }, "* too few to rely on. Below each figure: its 95% interval. Groups of fewer than five have no figures."));
}

/** What is wished for. */
export function demandCard({ demand }: Counted, open: (row: number) => void): HTMLElement {
  const { lines, mentions } = demand;
  const line = ({ object, language, mentions: times, people, growth, wordings, rows }: DemandLine): HTMLElement => el("li", {},
    el("p", {}, el("q", {}, object), el("span", { class: "quiet" }, ` ${languageName(language)}`)),
    el("p", { class: "quiet" }, `Asked ${counted(times, "time")}${people === null ? "" : ` by ${counted(people, "person", "people")}`}`,
      growth.now + growth.before > 0 && `; ${count(growth.now)} in the last 30 days, ${count(growth.before)} in the 30 before`,
      wordings.length > 0 && [". Also: ", wordings.map((words, at) => [at > 0 && ", ", el("q", {}, words)])]),
    el("details", {}, el("summary", {}, "Who asked"), el("p", { class: "who" }, rows.slice(0, 100).map((row) => [rowLink(row, open), " "]), rows.length > 100 && `and ${count(rows.length - 100)} more`)));
  const [several, once] = [lines.filter((one) => one.mentions > 1), lines.filter((one) => one.mentions === 1)];
  return el("section", { class: "card", id: "insight-demand", "aria-labelledby": "demand-title" },
    el("h2", { id: "demand-title" }, "What they wish for"),
    lines.length === 0
      ? el("p", { class: "quiet" }, "No wish was found.")
      : [
          el("p", { class: "quiet" }, `${counted(mentions, "wish", "wishes")}, those in other words joined within a language. Half of what is wished for in unlisted words is missed.`),
          several.length > 0 && el("ul", { class: "demands" }, several.map(line)),
          once.length > 0 && el("details", { id: "demand-once" }, el("summary", {}, `Asked for once: ${count(once.length)} shown`), el("ul", { class: "demands" }, once.map(line))),
        ]);
}

/** What the data are too thin for. */
export function gapsNote({ gaps }: Counted): HTMLElement | null {
  return gaps.length === 0 ? null : el("div", { class: "note", id: "insight-gaps" }, el("p", {}, "What would tell more"), el("ul", {}, gaps.map((gap) => el("li", {}, gap))));
}

function rowLink(row: number, open: (row: number) => void): HTMLElement {
  return el("button", { type: "button", class: "link", on: { click: () => open(row) } }, `Row ${count(row + 1)}`);
}
