/** Search and filters over the table. */
import type { SentimentLabel } from "hearken";
import { FACET_NAMES, FACETS, facetName, perFacet, type Facet } from "../shared/facets.ts";
import { SENTIMENT, SENTIMENTS } from "../shared/labels.ts";
import type { Analysed, Query } from "../shared/protocol.ts";
import type { Refused } from "./client.ts";
import { el } from "./dom.ts";
import { linesOf } from "./facets.ts";
import { count, languageName } from "./format.ts";

/** A pause in typing after which the search runs, in milliseconds. */
const PAUSE_MS = 150;

/** The part of a query that the form sets. */
export type Filter = Omit<Query, "sort" | "descending">;

/** Nothing filtered. */
export const NO_FILTER: Filter = { search: "", label: null, language: null, facets: perFacet(() => null), pii: false, problems: false };

/** The form, and ways to set it from outside. */
export interface FilterForm {
  element: HTMLElement;
  /** Chooses a label. */
  set: (facet: Facet, slug: string | null) => void;
  /** Searches for something else. */
  search: (text: string) => void;
  /** Shows what is wrong with the search, or that nothing is. */
  refuse: (problem: Refused | null) => void;
}

/** The form; `change` is called with every new state. */
export function filterForm(analysed: Analysed, change: (filter: Filter) => void): FilterForm {
  const search = el("input", {
    type: "search", id: "search", placeholder: "Search comments, as in: late NEAR/3 delivery rating<=3", autocomplete: "off", spellcheck: "false",
    "aria-describedby": "search-error",
  });
  const error = el("p", { class: "search-error", id: "search-error", role: "status", hidden: true });
  const label = options("filter-label", "Any sentiment", SENTIMENTS.map((s) => [s, `${SENTIMENT[s]} (${count(analysed.report.sentiment[s])})`]));
  const language = options("filter-language", "Any language", languagesOf(analysed));
  const facets = perFacet((facet) =>
    options(`filter-${facet}`, FACET_NAMES[facet].any, linesOf(analysed, facet).map(({ slug, n }) => [slug, `${facetName(facet, slug, analysed.topicNames)} (${count(n)})`])));
  const pii = el("input", { type: "checkbox", id: "filter-pii" });
  const problems = el("input", { type: "checkbox", id: "filter-problems" });
  const read = (): Filter => ({
    search: search.value,
    label: (label.value || null) as SentimentLabel | null,
    language: language.value || null,
    facets: perFacet((facet) => facets[facet].value || null),
    pii: pii.checked,
    problems: problems.checked,
  });
  const now = (): void => change(read());
  let timer: ReturnType<typeof setTimeout> | undefined;
  search.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(now, PAUSE_MS);
  });
  for (const input of [label, language, ...FACETS.map((facet) => facets[facet]), pii, problems]) input.addEventListener("change", now);
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
    FACETS.map((facet) => named(FACET_NAMES[facet].one, facets[facet])),
    el("label", { class: "check" }, pii, "Has personal data"),
    analysed.problems.length > 0 && el("label", { class: "check" }, problems, "Check row"),
    el("button", { type: "reset", class: "button small" }, "Clear"),
    error,
    searchHelp(),
  );
  return {
    element: form,
    search(text) {
      search.value = text;
      now();
    },
    refuse(problem) {
      search.toggleAttribute("aria-invalid", problem !== null);
      error.hidden = problem === null;
      error.replaceChildren(...(problem === null ? [] : placeNodes(search.value, problem)));
    },
    set(facet, slug) {
      facets[facet].value = slug ?? "";
      now();
    },
  };
}

/** What is wrong, and the search with the place marked. */
function placeNodes(text: string, { message, place }: Refused): Node[] {
  const said = message.replace(/^query refused at \d+: /, "");
  const nodes: Node[] = [el("span", {}, said.charAt(0).toUpperCase() + said.slice(1), ".")];
  if (place === undefined) return nodes;
  const { at, end } = place;
  // A place behind the last sign is shown as a gap.
  const wrong = text.slice(at, end) || "\u00A0";
  nodes.push(el("code", { class: "place" }, text.slice(0, at), el("mark", { class: "wrong" }, wrong), text.slice(Math.max(at, end))));
  return nodes;
}

/** Examples of searches. */
const EXAMPLES: readonly [search: string, meaning: string][] = [
  ["refund", "the word; Korean, Japanese and Chinese words are also found inside others"],
  ["deliver*", "words that begin so; also *word and *word*"],
  ["\"late delivery\"", "words in this order"],
  ["late NEAR/3 parcel", "at most three words apart"],
  ["late OR slow, NOT refund, ( )", "words side by side must all be there"],
  ["sentiment:negative intent:billing", "labels; also topic, act, emotion, safety, disposition, state, urgency, churn, effort, wish, journey, lang, channel, has, meaningful"],
  ["rating<=2 after:2026-01-01", "ratings and dates; also before"],
];

function searchHelp(): HTMLElement {
  return el("details", { class: "search-help" }, el("summary", {}, "How to search"),
    el("dl", {}, EXAMPLES.map(([search, meaning]) => el("div", {}, el("dt", {}, el("code", {}, search)), el("dd", {}, meaning)))));
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
