/** One comment with everything known about it, in a dialog at the side. */
import type { Detail } from "../shared/protocol.ts";
import { commentNodes } from "./comment.ts";
import { el, type Child } from "./dom.ts";
import { ACT, count, languageName, PII, SENTIMENT, SENTIMENTS, share, slugName } from "./format.ts";

/** What the dialog asks for. */
export interface DetailActions {
  /** The row `step` places further in the list, `undefined` at its ends. */
  go: (step: 1 | -1) => void;
  closed: () => void;
}

/** The dialog. The browser keeps the focus inside while it is open; Escape closes it. */
export class DetailDialog {
  readonly element: HTMLDialogElement;
  readonly #content = el("div", { class: "detail-content" });
  readonly #title = el("h2", { id: "detail-title" });
  readonly #back: HTMLButtonElement;
  readonly #next: HTMLButtonElement;

  constructor(actions: DetailActions) {
    const button = (name: string, click: () => void): HTMLButtonElement => el("button", { type: "button", class: "button small", on: { click } }, name);
    this.#back = button("Previous", () => actions.go(-1));
    this.#next = button("Next", () => actions.go(1));
    this.element = el(
      "dialog",
      { class: "detail", "aria-labelledby": "detail-title", on: { close: actions.closed } },
      el("div", { class: "detail-head" }, this.#title, this.#back, this.#next, button("Close", () => this.element.close())),
      this.#content,
    );
    this.element.addEventListener("click", (event) => {
      if (event.target === this.element) this.element.close();
    });
  }

  /** Shows a row; `edge` says which neighbours exist. */
  show(detail: Detail, edge: { first: boolean; last: boolean }): void {
    this.#title.textContent = `Row ${count(detail.row + 1)}`;
    this.#back.disabled = edge.first;
    this.#next.disabled = edge.last;
    this.#content.replaceChildren(...sections(detail));
    this.#content.scrollTop = 0;
    if (!this.element.open) this.element.showModal();
  }
}

function sections(detail: Detail): Node[] {
  return [
    el("blockquote", { class: "quote" }, commentNodes(detail.parts)),
    detail.problems.length > 0 ? el("ul", { class: "note" }, detail.problems.map((text) => el("li", {}, text))) : null,
    detail.probabilities !== null ? probabilities(detail.probabilities) : null,
    list("What it is", [
      detail.language !== null && ["Language", `${languageName(detail.language.code)}${detail.language.reliable ? "" : " (not certain)"}`],
      detail.acts.length > 0 && ["Acts", detail.acts.map((act) => ACT[act]).join(", ")],
      detail.piiTypes.length > 0 && ["Personal data", [...new Set(detail.piiTypes)].map((type) => PII[type]).join(", ")],
      detail.probabilities !== null && !detail.meaningful && ["Content", "Says nothing that can be read; left out of the figures"],
    ]),
    detail.decision !== null
      ? list("Suggested next step", [
          ["Action", slugName(detail.decision.action)],
          ["Queue", slugName(detail.decision.queue)],
          ["Priority", `${detail.decision.priority} of 4`],
          detail.decision.respondWithinMinutes !== undefined && ["Reply within", duration(detail.decision.respondWithinMinutes)],
          ["Because", detail.decision.reasons.map((reason) => reason.because).join("; ")],
        ])
      : null,
    detail.sentences.length > 0
      ? el(
          "section",
          {},
          el("h3", {}, "Sentence by sentence"),
          el("ol", { class: "sentences" }, detail.sentences.map(({ parts, label }) =>
            el("li", { class: label }, el("span", { class: `label ${label}` }, SENTIMENT[label]), el("span", {}, commentNodes(parts))))),
        )
      : null,
    list("Other columns", detail.cells.map(({ name, parts }) => [name, commentNodes(parts)])),
  ].filter((node) => node !== null);
}

function probabilities(values: Detail["probabilities"] & object): HTMLElement {
  return el(
    "section",
    {},
    el("h3", {}, "Sentiment"),
    el("ul", { class: "meters" }, SENTIMENTS.map((sentiment, at) => {
      const value = values[at] ?? 0;
      const fill = el("span", { class: `fill-${sentiment}` });
      fill.style.width = `${(value * 100).toFixed(1)}%`;
      return el("li", {}, el("span", {}, SENTIMENT[sentiment]), el("span", { class: "meter", "aria-hidden": "true" }, fill), el("span", { class: "number" }, share(value, 1)));
    })),
  );
}

function list(title: string, entries: readonly (false | readonly [string, Child])[]): HTMLElement | null {
  const kept = entries.filter((entry) => entry !== false);
  if (kept.length === 0) return null;
  return el("section", {}, el("h3", {}, title), el("dl", {}, kept.map(([name, value]) => el("div", {}, el("dt", {}, name), el("dd", {}, value)))));
}

function duration(minutes: number): string {
  if (minutes < 120) return `${count(minutes)} minutes`;
  return minutes < 2880 ? `${count(minutes / 60)} hours` : `${count(minutes / 1440)} days`;
}
