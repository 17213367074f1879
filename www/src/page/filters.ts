/** Search and filters over the table. */
import type { Act, SentimentLabel } from "hearken";
import type { Analysed, Query } from "../shared/protocol.ts";
import { el } from "./dom.ts";
import { ACT, count, languageName, SENTIMENT, SENTIMENTS } from "./format.ts";

/** A pause in typing after which the search runs, in milliseconds. */
const PAUSE_MS = 150;

/** The part of a query that the form sets. */
export type Filter = Omit<Query, "sort" | "descending">;

/** Nothing filtered. */
export const NO_FILTER: Filter = { search: "", label: null, language: null, act: null, pii: false, problems: false };

/** The form; `change` is called with every new state. */
export function filterForm(analysed: Analysed, change: (filter: Filter) => void): HTMLElement {
  const search = el("input", { type: "search", id: "search", placeholder: "Search comments", autocomplete: "off", spellcheck: "false" });
  const label = options("filter-label", "Any sentiment", SENTIMENTS.map((s) => [s, `${SENTIMENT[s]} (${count(analysed.report.sentiment[s])})`]));
  const language = options("filter-language", "Any language", languagesOf(analysed));
  const act = options("filter-act", "Any act", analysed.acts.map((name) => [name, ACT[name]]));
  const pii = el("input", { type: "checkbox", id: "filter-pii" });
  const problems = el("input", { type: "checkbox", id: "filter-problems" });
  const read = (): Filter => ({
    search: search.value,
    label: (label.value || null) as SentimentLabel | null,
    language: language.value || null,
    act: (act.value || null) as Act | null,
    pii: pii.checked,
    problems: problems.checked,
  });
  const now = (): void => change(read());
  let timer: ReturnType<typeof setTimeout> | undefined;
  search.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(now, PAUSE_MS);
  });
  for (const input of [label, language, act, pii, problems]) input.addEventListener("change", now);
  const form = el(
    "form",
    {
      class: "filters", role: "search", "aria-label": "Search and filter",
      on: {
        submit: (event) => event.preventDefault(),
        reset: () => setTimeout(now),
      },
    },
    el("label", { class: "hidden", for: "search" }, "Search comments"),
    search,
    named("Sentiment", label),
    named("Language", language),
    named("Act", act),
    el("label", { class: "check" }, pii, "Has personal data"),
    analysed.problems.length > 0 && el("label", { class: "check" }, problems, "Check row"),
    el("button", { type: "reset", class: "button small" }, "Clear"),
  );
  return form;
}

function named(name: string, input: HTMLElement): Node[] {
  return [el("label", { class: "hidden", for: input.id }, name), input];
}

function options(id: string, any: string, list: readonly (readonly [string, string])[]): HTMLSelectElement {
  return el("select", { id }, el("option", { value: "" }, any), list.map(([value, name]) => el("option", { value }, name)));
}

/** The languages that occur, most frequent first. */
function languagesOf({ columns, languageCodes }: Analysed): [string, string][] {
  const counts = new Array<number>(256).fill(0);
  columns.language.forEach((index, row) => {
    if (columns.label[row] !== 255) counts[index] = (counts[index] ?? 0) + 1;
  });
  return counts
    .map((n, index): [number, number] => [n, index])
    .filter(([n]) => n > 0)
    .sort((a, b) => b[0] - a[0])
    .map(([n, index]) => {
      const code = languageCodes[index] ?? "und";
      return [code, `${languageName(code)} (${count(n)})`];
    });
}
