/** How many comments have each label, as lists with a number and a bar. A line filters the table. */
import { FACET_NAMES, FACETS, facetName, perFacet, type Facet, type PerFacet } from "../shared/facets.ts";
import type { Analysed } from "../shared/protocol.ts";
import { modelCardNote } from "./card.ts";
import { el } from "./dom.ts";
import { count, share } from "./format.ts";

/** Lines shown before "show all". */
const SHORT = 8;

/** The lists, and a way to tell them what is filtered. */
export interface FacetLists {
  element: HTMLElement;
  /** Shows which lines are chosen, and how many comments match. */
  show: (chosen: PerFacet<string | null>, matching: number) => void;
}

/** The lists; `choose` is called with a label, or with `null` when its line was chosen already. */
export function facetLists(analysed: Analysed, choose: (facet: Facet, slug: string | null) => void): FacetLists {
  const total = analysed.counts.disposition.reduce((sum, n) => sum + n, 0);
  const buttons = perFacet(() => new Map<string, HTMLButtonElement>());
  const line = el("p", { class: "facet-line" });
  const hint = "Choose a line to list only its comments.";
  line.append(hint);
  const card = (facet: Facet): HTMLElement => {
    const found = linesOf(analysed, facet);
    const most = found[0]?.n ?? 1;
    const rows = found.map(({ slug, n }) => {
      const fill = el("span", { class: "bar-fill" });
      fill.style.width = `${Math.max(0.5, (n / most) * 100).toFixed(1)}%`;
      const button = el("button", {
        type: "button", class: "bar-line", "aria-pressed": "false",
        on: { click: () => choose(facet, button.getAttribute("aria-pressed") === "true" ? null : slug) },
      },
        el("span", { class: "bar-name" }, facetName(facet, slug, analysed.topicNames)), " ",
        el("span", { class: "bar-count" }, count(n)), " ",
        el("span", { class: "bar-share" }, share(n, total)),
        el("span", { class: "bar-track", "aria-hidden": "true" }, fill));
      buttons[facet].set(slug, button);
      return el("li", {}, button);
    });
    const list = el("ul", { class: "bars" }, rows.slice(0, SHORT));
    const more = el("button", {
      type: "button", class: "button small",
      on: {
        click: () => {
          list.append(...rows.slice(SHORT));
          rows[SHORT]?.querySelector("button")?.focus();
          more.remove();
        },
      },
    }, `Show all ${rows.length}`);
    const { title, none } = FACET_NAMES[facet];
    return el("section", { class: `card facet facet-${facet}`, "aria-labelledby": `facet-${facet}` },
      el("h3", { id: `facet-${facet}` }, title),
      rows.length === 0 ? el("p", { class: "quiet" }, none) : list,
      rows.length > SHORT && more);
  };
  const element = el("section", { class: "facets", "aria-labelledby": "facets-title" },
    el("h2", { id: "facets-title" }, "What the comments say"), line, el("div", { class: "facet-grid" }, FACETS.map(card)), modelCardNote());
  return {
    element,
    show(chosen, matching) {
      for (const facet of FACETS) for (const [slug, button] of buttons[facet]) button.setAttribute("aria-pressed", String(chosen[facet] === slug));
      const isFiltered = FACETS.some((facet) => chosen[facet] !== null);
      line.replaceChildren(...(isFiltered
        ? [`${count(matching)} of ${count(analysed.columns.label.length)} listed. `, el("button", { type: "button", class: "link", on: { click: toTable } }, "Go to the comments")]
        : [hint]));
    },
  };
}

/** Leads to the table of all comments. */
export function toTable(): void {
  const grid = document.getElementById("rows");
  document.getElementById("all-title")?.scrollIntoView({ block: "start" });
  grid?.focus({ preventScroll: true });
}

/** The labels that occur, most frequent first. "No contact reason" comes last: it is none. */
export function linesOf({ labels, counts }: Analysed, facet: Facet): { slug: string; n: number }[] {
  const last = (slug: string): number => Number(facet === "intent" && slug === "none");
  return labels[facet]
    .map((slug, at) => ({ slug, n: counts[facet][at] ?? 0 }))
    .filter(({ n }) => n > 0)
    .sort((a, b) => last(a.slug) - last(b.slug) || b.n - a.n);
}
