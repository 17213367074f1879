/**
 * The table of all rows. Only the rows in sight are elements; labels come from typed arrays at once,
 * texts from the worker a moment later. Keyboard: arrows, Page Up/Down, Home, End, Enter.
 */
import { BIT_FACETS, facetBits, facetName, labelsOf } from "../shared/facets.ts";
import { SENTIMENT, SENTIMENTS } from "../shared/labels.ts";
import type { Analysed, Part, Query, RowView } from "../shared/protocol.ts";
import { commentNodes } from "./comment.ts";
import { el } from "./dom.ts";
import { count, languageName, signed } from "./format.ts";

/** Height of a row in CSS pixels; the style sheet says the same. */
const ROW = 68;
/** Rows kept above and below what is in sight. */
const SPARE = 10;
/** Browsers stop at 17 to 33 million pixels; longer lists scroll in proportion. */
const MAX_HEIGHT = 8_000_000;
/** Texts remembered. */
const KEPT = 3000;

/** What the grid asks for. */
export interface GridActions {
  fetch: (rows: Uint32Array) => Promise<RowView[]>;
  open: (row: number, at: number) => void;
  sort: (by: Query["sort"]) => void;
}

interface Drawn {
  element: HTMLElement;
  text: HTMLElement;
  row: number;
}

/** See the head of this file. */
export class Grid {
  readonly element: HTMLElement;
  readonly #analysed: Analysed;
  readonly #actions: GridActions;
  readonly #body = el("div", { class: "grid-body", role: "rowgroup" });
  readonly #space = el("div", { class: "grid-space", role: "presentation" });
  readonly #head = new Map<Query["sort"], HTMLElement>();
  readonly #drawn = new Map<number, Drawn>();
  readonly #texts = new Map<number, Part[]>();
  #rows: Uint32Array = new Uint32Array();
  #active = 0;
  #asked = false;
  #epoch = 0;
  #frame = 0;

  constructor(analysed: Analysed, actions: GridActions) {
    this.#analysed = analysed;
    this.#actions = actions;
    this.#body.append(this.#space);
    this.element = el("div", { class: "grid", role: "grid", tabindex: "0", id: "rows", "aria-label": "Comments", "aria-colcount": 5 }, this.#header(), this.#body);
    this.#body.addEventListener("scroll", () => this.#schedule(), { passive: true });
    this.element.addEventListener("keydown", (event) => this.#key(event));
    new ResizeObserver(() => this.#schedule()).observe(this.#body);
  }

  /** Number of rows listed. */
  get length(): number {
    return this.#rows.length;
  }

  /** The row listed at this place. */
  rowAt(at: number): number | undefined {
    return this.#rows[at];
  }

  /** Lists other rows, from the top. */
  setRows(rows: Uint32Array, sort: Query["sort"], descending: boolean): void {
    this.#rows = rows;
    this.#active = 0;
    this.element.setAttribute("aria-rowcount", String(rows.length + 1));
    for (const [by, cell] of this.#head) cell.setAttribute("aria-sort", by !== sort ? "none" : descending ? "descending" : "ascending");
    this.#space.style.height = `${Math.min(rows.length * ROW, MAX_HEIGHT)}px`;
    this.#body.scrollTop = 0;
    this.#clear();
    this.#draw();
  }

  /** Forgets the texts: they are shown differently from now on. */
  refresh(): void {
    this.#epoch++;
    this.#asked = false;
    this.#texts.clear();
    this.#clear();
    this.#draw();
  }

  /** Makes a row the active one and brings it into sight. */
  activate(at: number): void {
    this.#active = Math.min(Math.max(at, 0), this.#rows.length - 1);
    const top = this.#active * ROW;
    const view = this.#body.clientHeight;
    const now = this.#offset();
    if (top < now) this.#scrollTo(top);
    else if (top + ROW > now + view) this.#scrollTo(top + ROW - view);
    this.#draw();
  }

  #header(): HTMLElement {
    const sorted = (by: Query["sort"], name: string): HTMLElement => {
      const cell = el("div", { role: "columnheader", class: `cell c-${by}`, "aria-sort": "none" },
        el("button", { type: "button", on: { click: () => this.#actions.sort(by) } }, name, el("span", { class: "arrow", "aria-hidden": "true" })));
      this.#head.set(by, cell);
      return cell;
    };
    const plain = (name: string, cls: string): HTMLElement => el("div", { role: "columnheader", class: `cell ${cls}` }, name);
    return el("div", { class: "grid-head", role: "rowgroup" },
      el("div", { role: "row", class: "row", "aria-rowindex": 1 },
        sorted("row", "Row"), sorted("score", "Sentiment"), plain("Comment", "c-text"), plain("Labels", "c-labels"), plain("Language", "c-lang")));
  }

  /** Pixels from the first row to the top of the view, as if nothing were scaled. */
  #offset(): number {
    const full = this.#rows.length * ROW;
    if (full <= MAX_HEIGHT) return this.#body.scrollTop;
    const view = this.#body.clientHeight;
    return (this.#body.scrollTop / (MAX_HEIGHT - view)) * (full - view);
  }

  #scrollTo(offset: number): void {
    const full = this.#rows.length * ROW;
    const view = this.#body.clientHeight;
    this.#body.scrollTop = full <= MAX_HEIGHT ? offset : (offset / (full - view)) * (MAX_HEIGHT - view);
  }

  #schedule(): void {
    if (this.#frame !== 0) return;
    this.#frame = requestAnimationFrame(() => {
      this.#frame = 0;
      this.#draw();
    });
  }

  #clear(): void {
    for (const { element } of this.#drawn.values()) element.remove();
    this.#drawn.clear();
  }

  #draw(): void {
    const offset = this.#offset();
    const first = Math.max(0, Math.floor(offset / ROW) - SPARE);
    const last = Math.min(this.#rows.length, Math.ceil((offset + this.#body.clientHeight) / ROW) + SPARE);
    for (const [at, drawn] of this.#drawn) {
      if (at >= first && at < last) continue;
      drawn.element.remove();
      this.#drawn.delete(at);
    }
    const shift = this.#body.scrollTop - offset;
    for (let at = first; at < last; at++) {
      const row = this.#rows[at] ?? 0;
      let drawn = this.#drawn.get(at);
      if (drawn === undefined) {
        drawn = this.#make(row, at);
        this.#drawn.set(at, drawn);
        this.#space.append(drawn.element);
      }
      drawn.element.style.transform = `translateY(${at * ROW + shift}px)`;
      drawn.element.classList.toggle("active", at === this.#active);
      drawn.element.setAttribute("aria-selected", String(at === this.#active));
    }
    const active = this.#drawn.get(this.#active);
    if (active === undefined) this.element.removeAttribute("aria-activedescendant");
    else this.element.setAttribute("aria-activedescendant", active.element.id);
    this.#ask();
  }

  #make(row: number, at: number): Drawn {
    const { columns, languageCodes } = this.#analysed;
    const label = SENTIMENTS[columns.label[row] ?? 255];
    const text = el("div", { role: "gridcell", class: "cell c-text" });
    const element = el(
      "div",
      {
        role: "row", class: "row", id: `row-${at}`, "aria-rowindex": at + 2,
        on: {
          click: () => {
            this.activate(at);
            this.#actions.open(row, at);
          },
        },
      },
      el("div", { role: "gridcell", class: "cell c-row" }, count(row + 1)),
      el("div", { role: "gridcell", class: "cell c-score" },
        label === undefined
          ? el("span", { class: "quiet" }, "No result")
          : [el("span", { class: `label ${label}` }, SENTIMENT[label]), el("span", { class: "score" }, signed(columns.score[row] ?? 0, 2))]),
      text,
      el("div", { role: "gridcell", class: "cell c-labels" }, this.#signs(row, label !== undefined)),
      el("div", { role: "gridcell", class: "cell c-lang" }, label === undefined ? "" : languageName(languageCodes[columns.language[row] ?? 0] ?? "und")),
    );
    const drawn = { element, text, row };
    this.#write(drawn);
    return drawn;
  }

  /** The labels of a row, what matters most first: a narrow page cuts the line. */
  #signs(row: number, hasResult: boolean): HTMLElement[] {
    const { columns, labels, topicNames } = this.#analysed;
    const sign = (text: string, cls: string): HTMLElement => el("span", { class: `sign ${cls}` }, text);
    const signs: HTMLElement[] = [];
    if ((columns.problems[row] ?? 0) > 0) signs.push(sign("Check row", "bad"));
    for (const facet of hasResult ? BIT_FACETS : []) {
      if (facet === "act") {
        for (const topic of columns.topics.subarray(columns.topicOffsets[row], columns.topicOffsets[row + 1])) {
          const label = labels.topic[topic >> 2] ?? "";
          signs.push(sign(facetName("topic", label, topicNames), `topic ${SENTIMENTS[topic & 3] ?? ""}`));
        }
      }
      for (const slug of labelsOf(labels[facet], facetBits(columns, facet, row))) {
        // Left out: what says that there is nothing.
        if (slug !== "none" && slug !== "statement") signs.push(sign(facetName(facet, slug), facet));
      }
    }
    if ((columns.pii[row] ?? 0) > 0) signs.push(sign("Personal data", "pii"));
    return signs;
  }

  #write(drawn: Drawn): void {
    const parts = this.#texts.get(drawn.row);
    drawn.text.classList.toggle("waiting", parts === undefined);
    if (parts !== undefined) drawn.text.replaceChildren(...commentNodes(parts));
  }

  /** Asks for the texts that are missing, one request at a time. */
  #ask(): void {
    if (this.#asked) return;
    const missing = [...this.#drawn.values()].filter(({ row }) => !this.#texts.has(row)).map(({ row }) => row);
    if (missing.length === 0) return;
    this.#asked = true;
    const epoch = this.#epoch;
    this.#actions.fetch(Uint32Array.from(missing)).then(
      (views) => {
        if (epoch !== this.#epoch) return;
        this.#asked = false;
        if (this.#texts.size > KEPT) this.#texts.clear();
        for (const view of views) this.#texts.set(view.row, view.parts);
        for (const drawn of this.#drawn.values()) this.#write(drawn);
        this.#ask();
      },
      () => {
        if (epoch === this.#epoch) this.#asked = false;
      },
    );
  }

  #key(event: KeyboardEvent): void {
    if (event.target !== this.element || event.altKey || event.metaKey) return;
    const page = Math.max(1, Math.floor(this.#body.clientHeight / ROW) - 1);
    const moves: Readonly<Record<string, number>> = {
      ArrowDown: this.#active + 1, ArrowUp: this.#active - 1, PageDown: this.#active + page, PageUp: this.#active - page, Home: 0, End: this.#rows.length - 1,
    };
    const to = moves[event.key];
    if (to !== undefined) this.activate(to);
    else if (event.key === "Enter" || event.key === " ") {
      const row = this.#rows[this.#active];
      if (row !== undefined) this.#actions.open(row, this.#active);
    } else return;
    event.preventDefault();
  }
}
