/** The ways in: many comments, one text, the topics they are read by, or the policy that decides. */
import { el } from "./dom.ts";

/** Name of a way in. */
export type Mode = "file" | "text" | "topics" | "policy";

const NAMES: readonly (readonly [Mode, string])[] = [["file", "Many comments"], ["text", "One text"], ["topics", "Topics"], ["policy", "Policy"]];

/** The choice between them, shown at the top of each. */
export function modes(current: Mode, go: (mode: Mode) => void): HTMLElement {
  return el(
    "nav",
    { class: "modes", "aria-label": "What to read" },
    NAMES.map(([mode, name]) =>
      el("button", { type: "button", id: `mode-${mode}`, "aria-current": mode === current ? "page" : undefined, on: { click: () => mode !== current && go(mode) } }, name)),
  );
}
