/** One text before and after redaction: a switch for each type found, how often, and how it is written. */
import type { PiiType, RedactMode } from "hearken";
import { PII } from "../shared/labels.ts";
import type { Redacted } from "../shared/protocol.ts";
import { commentNodes } from "./comment.ts";
import { el } from "./dom.ts";
import { counted } from "./format.ts";

/** What stands where a value was; keyed pseudonyms need a key, which a page has none of. */
const MODES: readonly { mode: RedactMode; name: string }[] = [
  { mode: "label", name: "Label: [EMAIL]" },
  { mode: "numbered", name: "Number: [EMAIL_1]" },
  { mode: "mask", name: "Stars: ****1234" },
  { mode: "partial", name: "In part: j***@example.com" },
  { mode: "remove", name: "Nothing" },
];

/** Redacts the text; `except` are types that stay. */
export type Redact = (mode: RedactMode, except: readonly PiiType[]) => Promise<Redacted>;

/** The panel, filled when the first answer is there; hidden where the text holds nothing to take out. */
export function redactionPanel(redact: Redact): HTMLElement {
  const mode = el("select", { id: "redact-mode" }, MODES.map((one) => el("option", { value: one.mode }, one.name)));
  const types = el("div", { class: "redact-types", role: "group", "aria-label": "Types to take out" });
  const before = el("div", { class: "quote redact-before", tabindex: "0", role: "region", "aria-label": "Before" });
  const after = el("div", { class: "quote redact-after", tabindex: "0", role: "region", "aria-label": "After" });
  const total = el("p", { class: "quiet hint", id: "redact-total", role: "status" });
  const panel = el(
    "section", { class: "redaction", id: "redaction", hidden: true },
    el("h3", {}, "Without personal data"),
    el("div", { class: "field" }, el("label", { for: "redact-mode" }, "In place of a value"), mode),
    types, el("div", { class: "redact-pair" }, before, after), total,
    el("p", { class: "quiet hint" }, "Redaction finds patterns and is no guarantee."),
  );
  const switches = new Map<PiiType, HTMLInputElement>();
  let latest = 0;
  const update = async (): Promise<void> => {
    const own = ++latest;
    const except = [...switches].flatMap(([type, input]) => (input.checked ? [] : [type]));
    try {
      const { before: parts, after: text, found } = await redact(mode.value as RedactMode, except);
      if (own !== latest) return;
      for (const [type, count] of found) if (!switches.has(type)) types.append(toggle(type, count));
      before.replaceChildren(...commentNodes(parts));
      after.textContent = text;
      const taken = found.reduce((sum, [type, count]) => sum + (except.includes(type) ? 0 : count), 0);
      total.textContent = `${counted(taken, "value", "values")} taken out`;
      panel.hidden = found.length === 0;
    } catch (error) {
      // Fails closed: no text is shown that could not be redacted.
      if (own !== latest) return;
      before.replaceChildren();
      after.textContent = "";
      total.textContent = error instanceof Error ? error.message : "The text could not be redacted.";
      panel.hidden = false;
    }
  };
  const toggle = (type: PiiType, count: number): HTMLElement => {
    const input = el("input", { type: "checkbox", checked: true, "data-type": type, on: { change: () => void update() } });
    switches.set(type, input);
    return el("label", { class: "check" }, input, `${PII[type]} (${count})`);
  };
  mode.addEventListener("change", () => void update());
  void update();
  return panel;
}
