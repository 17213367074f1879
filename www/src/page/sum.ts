/** The exact sum behind a label, on demand: start, length and question, every place, and what they come to. */
import { labelName } from "../shared/labels.ts";
import type { Part, Why } from "../shared/protocol.ts";
import { el } from "./dom.ts";
import { counted, signed } from "./format.ts";

/** Places with a line of their own, the strongest; the rest is one line. */
const LINES = 40;
/** Digits of a weight. */
const DIGITS = 3;

/** A disclosure that makes its table only once it is open. */
export class SumView {
  readonly element: HTMLDetailsElement;
  readonly #summary = el("summary", {});
  readonly #content = el("div", {});
  readonly #text: string;
  #why: Why | null = null;

  constructor(parts: readonly Part[]) {
    this.#text = parts.map((part) => part.text).join("");
    this.element = el("details", { class: "sum", on: { toggle: () => this.#draw() } }, this.#summary, this.#content);
  }

  /** Shows the sum of another label. */
  show(why: Why): void {
    this.#why = why;
    this.#summary.textContent = `Exact sum for “${labelName(why.head, why.label)}”`;
    this.#draw();
  }

  #draw(): void {
    if (!this.element.open || this.#why === null) return;
    this.#content.replaceChildren(...table(this.#why, this.#text));
  }
}

function table(why: Why, text: string): Node[] {
  const strongest = [...why.parts].sort((a, b) => Math.abs(b.weight) - Math.abs(a.weight));
  const rest = strongest.slice(LINES);
  const others = { count: why.others.count + rest.length, weight: rest.reduce((sum, push) => sum + push.weight, why.others.weight) };
  const line = (name: string, value: number, quiet = true): HTMLElement =>
    el("tr", {}, el("th", { scope: "row", class: quiet ? "quiet" : "" }, name), el("td", { class: "number" }, signed(value, DIGITS)));
  return [
    el(
      "table",
      { class: "plain" },
      el("caption", { class: "hidden" }, "What each place adds to the label"),
      el("thead", {}, el("tr", {}, el("th", { scope: "col" }, "Place"), el("th", { scope: "col", class: "number" }, "Adds"))),
      el(
        "tbody",
        {},
        line("Start, before a word is read", why.bias),
        line("Length of the text, survey question", why.rest),
        strongest.slice(0, LINES).map((push) => line(`“${text.slice(push.start, push.end).trim()}”`, push.weight, false)),
        others.count > 0 && line(counted(others.count, "weaker place"), others.weight),
      ),
      el("tfoot", {}, line("Sum (logit)", why.logit, false)),
    ),
    el("p", { class: "quiet footnote" }, `In logit units, rounded to ${DIGITS} digits. Plus speaks for the label, minus against it.`),
  ];
}
