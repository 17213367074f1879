/** One comment of the list: the decision with its reasons, and a reply to copy. */
import type { Draft, Item, ReplyDoubt } from "../shared/deciding.ts";
import { ACTION, TONE } from "../shared/labels.ts";
import { commentNodes } from "./comment.ts";
import { announce, el, type Child } from "./dom.ts";
import { count, duration, languageName, plainWords, slugName } from "./format.ts";

/** A pause in typing after which a reply is looked at, in milliseconds. */
const PAUSE_MS = 300;

/** What the item asks for. */
export interface ItemActions {
  load: (row: number) => Promise<Item>;
  draft: (row: number, variant: string) => Promise<Draft | null>;
  check: (row: number, text: string) => Promise<ReplyDoubt[]>;
  isDone: (row: number) => boolean;
  done: (row: number) => void;
  open: (row: number) => void;
  move: (step: 1 | -1) => void;
  /** Leads back to the list. */
  back: () => void;
}

/** See the head of this file. */
export class AnswerItem {
  readonly element: HTMLElement;
  readonly #actions: ItemActions;
  readonly #title = el("h3", { id: "answer-item-title", tabindex: "-1" });
  readonly #done = el("button", { type: "button", class: "button small", id: "answer-mark", "aria-pressed": "false", on: { click: () => this.#row !== null && this.#actions.done(this.#row) } }, "Done");
  readonly #content = el("div", { class: "answer-content" });
  #row: number | null = null;
  #asked = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(actions: ItemActions) {
    this.#actions = actions;
    const all = el("button", { type: "button", class: "button small", id: "answer-all", on: { click: () => this.#row !== null && actions.open(this.#row) } }, "All about it");
    this.element = el("section", { class: "card answer-item", id: "answer-item", "aria-labelledby": "answer-item-title", hidden: true, on: { keydown: (event) => this.#key(event as KeyboardEvent) } },
      el("div", { class: "answer-head" }, this.#title, all, this.#done), this.#content);
  }

  /** Shows a row. Of several asked for, only the last is shown. */
  async show(row: number | null): Promise<void> {
    this.#row = row;
    const own = ++this.#asked;
    if (row === null) return;
    let item: Item;
    try {
      item = await this.#actions.load(row);
    } catch (error) {
      if (own === this.#asked) this.#content.replaceChildren(el("p", { class: "alert", role: "alert" }, error instanceof Error ? error.message : "It could not be read."));
      return;
    }
    if (own !== this.#asked) return;
    this.#title.textContent = `Row ${count(row + 1)}: ${ACTION[item.action].name.toLowerCase()}`;
    this.#content.replaceChildren(...this.#sections(item));
    this.element.dataset["row"] = String(row);
    this.marked();
  }

  /** Shows the same row again: it is shown differently from now on. */
  async again(): Promise<void> {
    await this.show(this.#row);
  }

  /** Shows whether the row is done. */
  marked(): void {
    this.#done.setAttribute("aria-pressed", String(this.#row !== null && this.#actions.isDone(this.#row)));
  }

  visible(is: boolean): void {
    this.element.hidden = !is;
  }

  /** Gives the focus to the heading. */
  focus(): void {
    this.#title.focus({ preventScroll: true });
    if (this.element.getBoundingClientRect().top > window.innerHeight * 0.7) this.element.scrollIntoView({ block: "start" });
  }

  #key(event: KeyboardEvent): void {
    if (event.altKey || event.metaKey || event.ctrlKey) return;
    if (event.key === "Escape") this.#actions.back();
    else if (event.target instanceof HTMLTextAreaElement || event.target instanceof HTMLSelectElement) return;
    else if (event.key === "j" || event.key === "k") this.#actions.move(event.key === "j" ? 1 : -1);
    else if (event.key === "d" && this.#row !== null) this.#actions.done(this.#row);
    else return;
    event.preventDefault();
  }

  #sections(item: Item): Node[] {
    const { action, queue, priority, respondWithinMinutes, window, mode, toneHint, missing, hold, rule, reasons, parts } = item;
    const line = (name: string, value: Child): HTMLElement => el("div", {}, el("dt", {}, name), el("dd", {}, value));
    const within = respondWithinMinutes === null ? "No reply is owed" : `${duration(respondWithinMinutes)}${window === null ? "" : window.late ? `; late by ${duration(window.ageMinutes - respondWithinMinutes)}` : `; ${duration(window.remainingMinutes)} left`}`;
    return [
      el("blockquote", { class: "quote", tabindex: "0", "aria-label": "Comment, with the words of the reasons marked" }, commentNodes(parts)),
      el("dl", { class: "answer-facts" },
        line("Action", [el("strong", {}, ACTION[action].name), ` ${ACTION[action].meaning}`]),
        line("Queue", slugName(queue)), line("Priority", `${priority} of 4`), line("Reply within", within), line("Tone", TONE[toneHint]),
        line("Who decides", mode === "automate" ? "May go without a person" : "A person"),
        missing.length > 0 && line("Ask for", missing.map(slugName).join(", ")),
        hold && line("Until then", "Other messages to the customer wait")),
      el("div", { class: "answer-why" },
        el("h4", {}, "Why"), el("p", {}, "Rule ", el("code", {}, rule), " is the first that holds:"),
        el("ul", {}, reasons.map(({ because, words }) => el("li", {}, plainWords(because), words.length > 0 && [" ", words.map((word, at) => [at > 0 && ", ", el("q", {}, commentNodes(word))])])))),
      this.#reply(item),
    ];
  }

  #reply({ row, draft, language }: Item): HTMLElement {
    if (draft === null) return el("p", { class: "quiet", id: "answer-no-reply" }, "This action owes the customer no words.");
    const text = el("textarea", { id: "answer-reply", rows: "5", spellcheck: "true", "aria-describedby": "answer-reply-notes answer-doubts", on: { input: () => later() } });
    const notes = el("p", { class: "quiet hint", id: "answer-reply-notes" });
    const doubts = el("ul", { id: "answer-doubts", class: "answer-doubts", role: "status" });
    const status = el("span", { class: "quiet", role: "status" });
    const own = this.#asked;
    const check = async (): Promise<void> => {
      const written = text.value;
      const found = await this.#actions.check(row, written);
      if (own !== this.#asked || written !== text.value) return;
      doubts.replaceChildren(...(found.length === 0 ? [el("li", { class: "is-fine" }, "Nothing speaks against it.")] : found.map(({ text: said }) => el("li", {}, `${said.charAt(0).toUpperCase()}${said.slice(1)}.`))));
    };
    const later = (): void => {
      clearTimeout(this.#timer);
      this.#timer = setTimeout(() => void check(), PAUSE_MS);
    };
    const put = (shown: Draft): void => {
      text.value = shown.text;
      text.lang = shown.language;
      notes.textContent = [
        `In ${languageName(shown.language)}.`,
        shown.fallbacks.includes("language") && `There is no template in ${languageName(language)}.`,
        shown.missing.length > 0 && `Fill in: ${shown.missing.join(", ")}.`,
      ].filter((note) => note !== false).join(" ");
      void check();
    };
    const variant = el("select", {
      id: "answer-variant",
      on: { change: () => void this.#actions.draft(row, variant.value).then((next) => next !== null && own === this.#asked && put(next)) },
    }, draft.variants.map((id, at) => el("option", { value: id }, `Wording ${at + 1}`)));
    variant.value = draft.template;
    const copy = async (): Promise<void> => {
      try {
        await navigator.clipboard.writeText(text.value);
        status.textContent = "Copied.";
      } catch {
        text.focus();
        text.select();
        status.textContent = "Selected: copy it with the keyboard.";
      }
      announce(status.textContent);
    };
    put(draft);
    return el("div", { class: "answer-reply" },
      el("label", { for: "answer-reply" }, "Suggested reply"), text, notes, doubts,
      el("div", { class: "actions" },
        el("button", { type: "button", class: "button small primary", id: "answer-copy", on: { click: () => void copy() } }, "Copy the reply"),
        draft.variants.length > 1 && [el("label", { class: "hidden", for: "answer-variant" }, "Wording"), variant], status));
  }
}
