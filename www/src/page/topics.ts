/** The view where a taxonomy is written: its text, what is wrong and where, and what it finds in a text, while typing. */
import { addPhrase } from "../shared/json-place.ts";
import { SENTIMENT } from "../shared/labels.ts";
import type { LineFinding } from "../shared/deciding.ts";
import type { TaxonomyCheck, TopicView } from "../shared/protocol.ts";
import { TAXONOMIES, TOPIC_LANGUAGES, type TaxonomyName } from "../shared/taxonomies.ts";
import { readTaxonomyFile, type TaxonomyState } from "./chooser.ts";
import { commentNodes } from "./comment.ts";
import { announce, el } from "./dom.ts";
import { Editor } from "./editor.ts";
import { download } from "./export.ts";
import { findingLine } from "./findings.ts";
import { counted, languageName } from "./format.ts";
import { modes, type Mode } from "./modes.ts";

/** A pause in typing after which the taxonomy is read, in milliseconds. */
const PAUSE_MS = 300;
/** What the view begins with where no taxonomy was chosen, and a text to try it on. */
const EXAMPLE = `{
  "version": 1,
  "id": "bikes",
  "topics": [
    {
      "id": "brakes",
      "target": "product",
      "name": {"en": "Brakes"},
      "phrases": {
        "en": ["brake*", "disc pads"],
        "de": ["*bremse*"]
      },
      "not": {"en": ["brake light*"]},
      "examples": {
        "match": [{"lang": "en", "text": "The brakes squeal in the rain"}],
        "miss": [{"lang": "en", "text": "The brake light is out"}]
      }
    },
    {
      "id": "advice",
      "target": "agent",
      "name": {"en": "Advice in the shop"},
      "phrases": {"en": ["advice", "advis*"]},
      "examples": {"match": [{"lang": "en", "text": "Great advice from your team"}]}
    }
  ]
}
`;
const TRY = "The brakes squeal when it rains, but the advice in the shop was great.";

/** What the view asks for. */
export interface TopicActions {
  source: (name: TaxonomyName) => Promise<string>;
  check: (json: string, text: string) => Promise<TaxonomyCheck>;
  go: (mode: Mode) => void;
  /** Leads back to the comments that were opened before. */
  back: (() => void) | null;
}

/** The view. It begins with the taxonomy in use; with a small example instead of the general one. */
export function topicsView(state: TaxonomyState, actions: TopicActions): HTMLElement {
  const editor = new Editor("topics-json", "topics-json-title", () => later());
  const text = el("textarea", { id: "topics-try", rows: "3", spellcheck: "false", on: { input: () => later() } });
  text.value = TRY;
  const status = el("p", { id: "topics-status", role: "status" });
  const problem = el("p", { class: "alert", role: "alert", hidden: true });
  const found = el("div", { class: "topics-found", id: "topics-found" });
  const findings = el("ul", { class: "topics-lines", id: "topics-lines" });
  const notes = el("ul", { class: "topics-lines" });
  const more = el("summary", {});
  const details = el("details", { id: "topics-notes", hidden: true }, more, notes);
  const topic = el("select", { id: "phrase-topic" });
  const language = el("select", { id: "phrase-language" }, TOPIC_LANGUAGES.map((code) => el("option", { value: code }, languageName(code))));
  const phrase = el("input", { type: "text", id: "phrase", autocomplete: "off", spellcheck: "false", maxlength: "200", "aria-describedby": "phrase-why" });
  const use = el("button", { type: "button", class: "button primary", id: "topics-use", on: { click: () => void take() } }, "Use these topics");
  let timer: ReturnType<typeof setTimeout> | undefined;
  let latest = 0;
  let usable = false;
  let stem = "taxonomy";

  const later = (): void => {
    clearTimeout(timer);
    timer = setTimeout(() => void check(), PAUSE_MS);
  };

  const check = async (): Promise<void> => {
    clearTimeout(timer);
    const own = ++latest;
    try {
      const result = await actions.check(editor.text, text.value);
      if (own === latest) show(result);
    } catch (error) {
      if (own === latest) tell(error);
    }
  };

  const show = (result: TaxonomyCheck): void => {
    usable = result.usable;
    use.disabled = !usable;
    stem = result.id || stem;
    problem.hidden = true;
    status.textContent = summary(result);
    const lines = (kept: (line: LineFinding) => boolean): HTMLElement[] => result.lines.filter(kept).map((line) => findingLine(line, () => editor.go(line.place)));
    findings.replaceChildren(...lines(({ severity }) => severity !== "note"));
    notes.replaceChildren(...lines(({ severity }) => severity === "note"), ...(result.more > 0 ? [el("li", { class: "quiet" }, `and ${counted(result.more, "finding")} more`)] : []));
    more.textContent = counted(result.counts.note, "note");
    details.hidden = result.counts.note === 0;
    if (!usable) return;
    found.replaceChildren(...foundNodes(result));
    const chosen = topic.value;
    topic.replaceChildren(...result.topics.map(({ name }, at) => el("option", { value: at }, name)));
    if (chosen !== "") topic.value = chosen;
  };

  const tell = (error: unknown): void => {
    problem.textContent = error instanceof Error ? error.message : "It could not be read.";
    problem.hidden = false;
  };

  const put = (json: string): void => {
    editor.text = json;
    void check();
  };

  const take = async (): Promise<void> => {
    try {
      const { id, topics } = await state.take({ json: editor.text });
      status.textContent = `In use from now on: ${counted(topics, "topic")} of ${id}.`;
      announce(status.textContent);
    } catch (error) {
      tell(error);
    }
  };

  const begin = el("select", {
    id: "topics-begin",
    on: {
      change: () => {
        if (begin.value === "example") put(EXAMPLE);
        else if (begin.value === "own") put(state.own?.json ?? "");
        else actions.source(begin.value as TaxonomyName).then(put, tell);
      },
    },
  }, el("option", { value: "example" }, "A small example"), TAXONOMIES.map(([value, name]) => el("option", { value }, name)), state.own !== null && el("option", { value: "own" }, `Your own: ${state.own.id}`));
  const file = el("input", {
    type: "file", id: "topics-file", class: "hidden", accept: ".json,application/json",
    on: {
      change: () => {
        const chosen = file.files?.[0];
        if (chosen !== undefined) readTaxonomyFile(chosen).then(put, tell);
        file.value = "";
      },
    },
  });

  const add = (event: Event): void => {
    event.preventDefault();
    const words = phrase.value.trim();
    if (words === "" || !usable) return;
    const next = addPhrase(editor.text, Number(topic.value), language.value, words);
    if (next === undefined) return;
    editor.replace(next.text, next.place);
    phrase.value = "";
    announce(`Added to ${topic.selectedOptions[0]?.textContent ?? "the topic"}.`);
    void check();
  };

  // The general one is large: it is shown when it is asked for.
  begin.value = state.chosen === "general" ? "example" : state.chosen;
  begin.dispatchEvent(new Event("change"));
  return el(
    "section",
    { class: "view topics" },
    modes("topics", actions.go),
    el("h1", { tabindex: "-1" }, "Topics in your own words"),
    el("p", { class: "lead" }, "A taxonomy is one JSON file: topics, and the phrases customers use for them. Begin with one of these and change it; what is wrong and what it finds shows while you type."),
    el("div", { class: "fields topics-bar" },
      el("div", { class: "field" }, el("label", { for: "topics-begin" }, "Begin with"), begin),
      el("div", { class: "actions" }, file, el("label", { for: "topics-file", class: "button" }, "Open a file"), use,
        el("button", { type: "button", class: "button", id: "topics-save", on: { click: () => download(new Blob([editor.text], { type: "application/json" }), `${stem}.json`) } }, "Save as a file"),
        actions.back !== null && el("button", { type: "button", class: "button", id: "topics-back", on: { click: actions.back } }, "Back to your comments"))),
    problem,
    el("div", { class: "topics-pair" },
      el("div", { class: "card topics-write" },
        el("h2", { id: "topics-json-title" }, "The taxonomy, as JSON"),
        editor.element,
        el("form", { class: "topics-phrase", on: { submit: add } },
          el("h3", {}, "Add a phrase"),
          el("div", { class: "fields" },
            el("div", { class: "field" }, el("label", { for: "phrase-topic" }, "Topic"), topic),
            el("div", { class: "field" }, el("label", { for: "phrase-language" }, "Language"), language),
            el("div", { class: "field" }, el("label", { for: "phrase" }, "Phrase"), phrase)),
          el("p", { class: "quiet hint", id: "phrase-why" }, "“deliver*” also finds delivery and delivered; “*kosten” finds Versandkosten."),
          el("div", { class: "actions" }, el("button", { type: "submit", class: "button", id: "phrase-add" }, "Add the phrase")))),
      el("div", { class: "topics-side" },
        el("section", { class: "card topics-try", "aria-labelledby": "topics-try-title" },
          el("h2", { id: "topics-try-title" }, "Try it"),
          el("label", { for: "topics-try", class: "quiet hint" }, "A text to read by it"), text, found),
        el("section", { class: "card", "aria-labelledby": "topics-lines-title" },
          el("h2", { id: "topics-lines-title" }, "What to look at"), status, findings, details))));
}

function summary({ usable, topics, phrases, examples, passed, counts }: TaxonomyCheck): string {
  if (!usable) return "It cannot be used as it stands.";
  const found = [[counts.error, "error"], [counts.warning, "warning"], [counts.note, "note"]] as const;
  const said = found.filter(([n]) => n > 0).map(([n, name]) => counted(n, name)).join(", ");
  return `${counted(topics.length, "topic")}, ${counted(phrases, "phrase")}; ${passed} of ${counted(examples, "example")} do what they say. ${said === "" ? "Nothing to look at." : `${said}.`}`;
}

function foundNodes({ parts, found }: TaxonomyCheck): Node[] {
  const line = ({ name, sentiment, mixed, negated, words }: TopicView): HTMLElement =>
    el("li", {}, el("strong", {}, name), " ", el("span", { class: `label ${sentiment}` }, SENTIMENT[sentiment]), mixed && " mixed", negated && " negated",
      el("span", { class: "quiet" }, ` ${words.map((parts) => `“${parts.map(({ text }) => text).join("")}”`).join(", ")}`));
  return [
    el("blockquote", { class: "quote", tabindex: "0", "aria-label": "Text with the words of topics marked" }, commentNodes(parts)),
    found.length === 0 ? el("p", { class: "quiet" }, "No topic is found.") : el("ul", { class: "topics-list" }, found.map(line)),
  ];
}
