/** A plain text area with line numbers and the place of the caret. */
import type { TextPlace } from "../shared/json-place.ts";
import { lineColumn } from "../shared/json-place.ts";
import { el } from "./dom.ts";

/** Height of a line in CSS pixels; the style sheet says the same. */
const LINE = 20;

/** See the head of this file. */
export class Editor {
  readonly element: HTMLElement;
  readonly #area: HTMLTextAreaElement;
  readonly #numbers = el("pre", { class: "editor-numbers", "aria-hidden": "true" });
  readonly #where = el("p", { class: "quiet editor-where" });
  #lines = 0;

  /** `label` is the id of the element that names it; `change` is called when the text was edited. */
  constructor(id: string, label: string, change: () => void) {
    this.#area = el("textarea", {
      id, "aria-labelledby": label, "aria-describedby": `${id}-where`, wrap: "off", spellcheck: "false", autocapitalize: "off", autocomplete: "off",
      on: {
        input: () => {
          this.#number();
          change();
        },
        scroll: () => this.#follow(),
      },
    });
    this.#where.id = `${id}-where`;
    for (const event of ["keyup", "click", "input", "focus"]) this.#area.addEventListener(event, () => this.#tell());
    this.element = el("div", { class: "editor" }, el("div", { class: "editor-box" }, this.#numbers, this.#area), this.#where);
  }

  get text(): string {
    return this.#area.value;
  }

  /** Puts another text in its place. */
  set text(text: string) {
    this.#area.value = text;
    this.#area.setSelectionRange(0, 0);
    this.#area.scrollTop = 0;
    this.#number();
    this.#tell();
  }

  /** Replaces the text and shows a place of it, without taking the focus. */
  replace(text: string, place: TextPlace): void {
    this.#area.value = text;
    this.#number();
    this.#reveal(place);
  }

  /** Moves the caret to a place and shows it. */
  go(place: TextPlace): void {
    this.#area.focus({ preventScroll: true });
    this.#reveal(place);
    this.#area.scrollIntoView({ block: "nearest" });
  }

  #reveal([start, end]: TextPlace): void {
    const { line } = lineColumn(this.#area.value, start);
    // A value over many lines is shown by its beginning.
    const stop = this.#area.value.indexOf("\n", start);
    this.#area.setSelectionRange(start, stop < 0 ? end : Math.min(end, stop));
    this.#area.scrollTop = Math.max(0, (line - 5) * LINE);
    this.#area.scrollLeft = 0;
    this.#follow();
    this.#tell();
  }

  #number(): void {
    let lines = 1;
    for (let at = this.#area.value.indexOf("\n"); at >= 0; at = this.#area.value.indexOf("\n", at + 1)) lines += 1;
    this.#lines = lines;
    this.#follow();
  }

  /** Writes the numbers of the lines in sight: a long file has more than a page should lay out. */
  #follow(): void {
    const { scrollTop, clientHeight } = this.#area;
    const first = Math.floor(scrollTop / LINE);
    const last = Math.min(this.#lines, first + Math.ceil((clientHeight || LINE * 40) / LINE) + 2);
    this.#numbers.textContent = Array.from({ length: Math.max(0, last - first) }, (_, at) => first + at + 1).join("\n");
    this.#numbers.style.transform = `translateY(${first * LINE - scrollTop}px)`;
  }

  #tell(): void {
    const { line, column } = lineColumn(this.#area.value, this.#area.selectionStart);
    this.#where.textContent = `Line ${line}, column ${column}`;
  }
}
