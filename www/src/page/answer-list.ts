/** The list of comments to answer. Keyboard: j and k or arrows move, Home and End of what is shown, Enter opens, d marks as done. */
import { NO_DUE, type Decided } from "../shared/deciding.ts";
import { ACTION } from "../shared/labels.ts";
import type { Part, RowView } from "../shared/protocol.ts";
import { commentNodes } from "./comment.ts";
import { el } from "./dom.ts";
import { count, duration, slugName } from "./format.ts";

/** Comments shown before "show more", and added by it. */
const STEP = 50;

/** What the list asks for. */
export interface ListActions {
  texts: (rows: Uint32Array) => Promise<RowView[]>;
  /** Another comment is the active one; `null` when there is none. */
  chosen: (row: number | null) => void;
  /** Enter on the active one. */
  enter: () => void;
  done: (row: number) => void;
}

/** See the head of this file. One option at a time can have the focus. */
export class AnswerList {
  readonly element: HTMLElement;
  readonly #actions: ListActions;
  readonly #box: HTMLElement;
  readonly #more: HTMLButtonElement;
  readonly #nothing = el("p", { class: "nothing", hidden: true }, "Nothing is left here. Choose other filters to see more.");
  readonly #options = new Map<number, HTMLElement>();
  #rows: Uint32Array = new Uint32Array();
  #decided: Decided | undefined;
  #done: Uint8Array = new Uint8Array();
  #shown = 0;
  #active = 0;
  #epoch = 0;

  constructor(actions: ListActions) {
    this.#actions = actions;
    this.#box = el("ul", {
      class: "answer-list", id: "answer-list", role: "listbox", "aria-label": "Comments, the most pressing first", "aria-describedby": "answer-keys", hidden: true,
      on: { keydown: (event) => this.#key(event as KeyboardEvent) },
    });
    this.#more = el("button", { type: "button", class: "button small", id: "answer-more", on: { click: () => this.#grow(true) } });
    this.element = el("div", { class: "answer-column" },
      el("p", { class: "quiet hint", id: "answer-keys" }, el("kbd", {}, "j"), " and ", el("kbd", {}, "k"), " move, ", el("kbd", {}, "Enter"), " opens, ", el("kbd", {}, "d"), " marks as done."),
      this.#box, this.#nothing, this.#more);
  }

  /** Rows listed. */
  get rows(): Uint32Array {
    return this.#rows;
  }

  get length(): number {
    return this.#rows.length;
  }

  /** Lists other rows. The active place stays where it is, and the focus with it. */
  list(rows: Uint32Array, decided: Decided, done: Uint8Array): void {
    const focused = this.#box.contains(document.activeElement);
    const wanted = Math.max(STEP, this.#active + 1, Math.min(this.#shown, rows.length));
    const same = this.#rows[this.#active];
    [this.#rows, this.#decided, this.#done] = [rows, decided, done];
    const kept = same === undefined ? -1 : rows.indexOf(same);
    // What moved far down is not followed: the list begins anew.
    this.#active = Math.max(0, Math.min(kept >= 0 ? (kept < wanted ? kept : 0) : this.#active, rows.length - 1));
    this.#shown = 0;
    this.#epoch += 1;
    this.#options.clear();
    this.#box.replaceChildren();
    this.#box.hidden = rows.length === 0;
    this.#nothing.hidden = rows.length > 0;
    this.#grow(false, wanted);
    this.#choose(this.#active, focused);
  }

  /** Takes a row out; the next one takes its place, and the focus if it had it. */
  remove(row: number): void {
    const at = this.#rows.indexOf(row);
    const option = this.#options.get(row);
    if (at < 0 || option === undefined) return;
    const focused = this.#box.contains(document.activeElement);
    const rows = new Uint32Array(this.#rows.length - 1);
    rows.set(this.#rows.subarray(0, at));
    rows.set(this.#rows.subarray(at + 1), at);
    this.#rows = rows;
    this.#options.delete(row);
    option.remove();
    this.#shown -= 1;
    this.#grow(false, 1);
    for (let place = 0; place < this.#shown; place++) this.#place(this.#options.get(rows[place]!)!, place);
    if (at < this.#active) this.#active -= 1;
    [this.#box.hidden, this.#nothing.hidden] = [rows.length === 0, rows.length > 0];
    this.#choose(this.#active, focused);
  }

  /** Forgets the texts: they are shown differently from now on. */
  refresh(): void {
    this.#epoch += 1;
    void this.#fetch(0, this.#shown);
  }

  /** Shows whether a row is done. */
  mark(row: number): void {
    const option = this.#options.get(row);
    if (option !== undefined) this.#sign(option, row);
  }

  /** Makes the comment `step` places further the active one. */
  move(step: number): void {
    this.#choose(this.#active + step, false);
  }

  /** Gives the focus to the active comment. */
  focus(): void {
    this.#choose(this.#active, true);
  }

  #grow(focus: boolean, by = STEP): void {
    const from = this.#shown;
    this.#shown = Math.min(this.#rows.length, from + by);
    for (let at = from; at < this.#shown; at++) this.#box.append(this.#make(this.#rows[at]!, at));
    const left = this.#rows.length - this.#shown;
    this.#more.hidden = left === 0;
    this.#more.textContent = `Show ${count(Math.min(STEP, left))} more of ${count(left)}`;
    void this.#fetch(from, this.#shown);
    if (focus) this.#choose(from, true);
  }

  #make(row: number, at: number): HTMLElement {
    const { action, actions, queue, queues, priority, due, dated } = this.#decided!;
    const minutes = due[row]!;
    const slug = actions[action[row]!]!;
    const option = el("li", {
      role: "option", id: `answer-row-${row}`, class: "answer-option", tabindex: "-1", "aria-selected": "false",
      on: { click: () => this.#choose(this.#rows.indexOf(row), true) },
    },
      el("span", { class: `priority p${priority[row]!}` }, el("span", { class: "hidden" }, "Priority "), priority[row]!), " ",
      el("span", { class: "answer-what" }, ACTION[slug].name), " ",
      el("span", { class: "quiet answer-queue" }, slugName(queues[queue[row]!]!)), " ",
      el("span", { class: minutes < 0 ? "due late" : "due" }, dueText(minutes, dated)), " ",
      el("span", { class: "answer-text waiting" }), " ",
      el("span", { class: "answer-done" }));
    this.#options.set(row, option);
    this.#place(option, at);
    this.#sign(option, row);
    return option;
  }

  #place(option: HTMLElement, at: number): void {
    option.setAttribute("aria-posinset", String(at + 1));
    option.setAttribute("aria-setsize", String(this.#rows.length));
  }

  #sign(option: HTMLElement, row: number): void {
    const done = this.#done[row] === 1;
    option.classList.toggle("is-done", done);
    option.querySelector(".answer-done")!.textContent = done ? "Done" : "";
  }

  async #fetch(from: number, to: number): Promise<void> {
    const epoch = this.#epoch;
    if (from >= to) return;
    const views = await this.#actions.texts(this.#rows.slice(from, to));
    if (epoch === this.#epoch) for (const { row, parts } of views) this.#write(row, parts);
  }

  #write(row: number, parts: readonly Part[]): void {
    const text = this.#options.get(row)?.querySelector(".answer-text");
    text?.classList.remove("waiting");
    text?.replaceChildren(...commentNodes(parts));
  }

  #choose(to: number, focus: boolean): void {
    if (this.#rows.length === 0) {
      this.#actions.chosen(null);
      return;
    }
    const at = Math.max(0, Math.min(to, this.#rows.length - 1, this.#shown));
    if (at >= this.#shown) this.#grow(false);
    const before = this.#options.get(this.#rows[this.#active]!);
    before?.setAttribute("aria-selected", "false");
    if (before !== undefined) before.tabIndex = -1;
    this.#active = at;
    const option = this.#options.get(this.#rows[at]!)!;
    option.setAttribute("aria-selected", "true");
    option.tabIndex = 0;
    if (focus) option.focus({ preventScroll: true });
    this.#reveal(option);
    this.#actions.chosen(this.#rows[at]!);
  }

  /** Scrolls the list, and only the list, until the option is in sight. */
  #reveal(option: HTMLElement): void {
    const [top, bottom] = [option.offsetTop - this.#box.offsetTop, option.offsetTop - this.#box.offsetTop + option.offsetHeight];
    if (top < this.#box.scrollTop) this.#box.scrollTop = top;
    else if (bottom > this.#box.scrollTop + this.#box.clientHeight) this.#box.scrollTop = bottom - this.#box.clientHeight;
  }

  #key(event: KeyboardEvent): void {
    if (event.altKey || event.metaKey || event.ctrlKey) return;
    const to = { j: this.#active + 1, ArrowDown: this.#active + 1, k: this.#active - 1, ArrowUp: this.#active - 1, Home: 0, End: this.#shown - 1 }[event.key];
    if (to !== undefined) this.#choose(to, true);
    else if (event.key === "Enter") this.#actions.enter();
    else if (event.key === "d") this.#actions.done(this.#rows[this.#active]!);
    else return;
    event.preventDefault();
  }
}

/** "3 hours left", "late by 2 days", "within 4 hours" where nothing has a date. */
export function dueText(minutes: number, dated: boolean): string {
  if (minutes === NO_DUE) return "No reply owed";
  if (minutes < 0) return `Late by ${duration(-minutes)}`;
  return dated ? `${duration(minutes)} left` : `Within ${duration(minutes)}`;
}
