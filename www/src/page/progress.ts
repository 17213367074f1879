/** Third view: how far the work is, and a way to stop it. */
import type { Progress } from "../shared/protocol.ts";
import { announce, el } from "./dom.ts";
import { count } from "./format.ts";

const TITLES: Readonly<Record<Progress["phase"], string>> = { read: "Reading", analyse: "Analysing", export: "Writing the file", teach: "Learning", label: "Labelling", decide: "Deciding", count: "Counting" };

/** A view with a bar, fed by {@link ProgressView.update}. */
export class ProgressView {
  readonly element: HTMLElement;
  readonly #title = el("h1", { tabindex: "-1" });
  readonly #bar = el("progress", { id: "progress", max: "1", "aria-labelledby": "progress-label" });
  readonly #label = el("p", { id: "progress-label", class: "quiet" });
  readonly #began = performance.now();
  #said = -1;

  constructor(phase: Progress["phase"], cancel: () => void) {
    this.#title.textContent = TITLES[phase];
    this.element = el(
      "section",
      { class: "view progress" },
      this.#title,
      this.#bar,
      this.#label,
      el("div", { class: "actions center" }, el("button", { type: "button", class: "button", id: "cancel", on: { click: cancel } }, "Cancel")),
    );
    this.update({ phase, done: 0, total: 0 });
  }

  /** Shows the state; screen readers hear every tenth. */
  update({ phase, done, total }: Progress): void {
    if (total === 0) this.#bar.removeAttribute("value");
    else this.#bar.value = done / total;
    const share = total === 0 ? 0 : Math.floor((done / total) * 100);
    this.#label.textContent = total === 0 ? "Starting" : phase === "read" ? `${share}%` : `${count(done)} of ${count(total)} rows · ${share}%${this.#speed(done)}`;
    const tenth = Math.floor(share / 10);
    if (tenth !== this.#said) {
      this.#said = tenth;
      announce(`${TITLES[phase]}: ${share} percent`);
    }
  }

  #speed(done: number): string {
    const seconds = (performance.now() - this.#began) / 1000;
    return seconds < 0.5 ? "" : ` · ${count(done / seconds)} a second`;
  }
}
