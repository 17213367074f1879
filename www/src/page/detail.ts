/** One comment with everything known about it, in a dialog at the side. */
import { PII } from "../shared/labels.ts";
import type { Detail } from "../shared/protocol.ts";
import { commentNodes } from "./comment.ts";
import { el, type Child } from "./dom.ts";
import { count, duration, plainWords, slugName } from "./format.ts";
import { readingSections, sentenceList } from "./reading.ts";

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
    ...readingSections(detail),
    detail.answer === null && detail.piiTypes.length > 0 ? list("What it is", [["Personal data", [...new Set(detail.piiTypes)].map((type) => PII[type]).join(", ")]]) : null,
    detail.problems.length > 0 ? el("ul", { class: "note" }, detail.problems.map((text) => el("li", {}, text))) : null,
    detail.decision !== null
      ? list("Suggested next step", [
          ["Action", slugName(detail.decision.action)],
          ["Queue", slugName(detail.decision.queue)],
          ["Priority", `${detail.decision.priority} of 4`],
          detail.decision.respondWithinMinutes !== undefined && ["Reply within", duration(detail.decision.respondWithinMinutes)],
          ["Because", [...new Set(detail.decision.reasons.map((reason) => plainWords(reason.because)))].join("; ")],
        ])
      : null,
    sentenceList(detail.sentences),
    list("Other columns", detail.cells.map(({ name, parts }) => [name, commentNodes(parts)])),
  ].filter((node) => node !== null);
}

function list(title: string, entries: readonly (false | readonly [string, Child])[]): HTMLElement | null {
  const kept = entries.filter((entry) => entry !== false);
  if (kept.length === 0) return null;
  return el("section", {}, el("h3", {}, title), el("dl", {}, kept.map(([name, value]) => el("div", {}, el("dt", {}, name), el("dd", {}, value)))));
}
