/** Findings about a JSON text, each with a button that leads to its place. */
import type { LineFinding } from "../shared/deciding.ts";
import { el } from "./dom.ts";

const WORDS: Readonly<Record<LineFinding["severity"], string>> = { error: "Error", warning: "Warning", note: "Note" };

/** One of them. */
export function findingLine({ severity, message, line, column }: LineFinding, go: () => void): HTMLElement {
  return el("li", { class: `is-${severity}` }, el("strong", {}, WORDS[severity]), " ",
    el("button", { type: "button", class: "link", "aria-label": `${WORDS[severity]}, line ${line}, column ${column}: show the place`, on: { click: go } }, `line ${line}`),
    " ", el("span", {}, message));
}
