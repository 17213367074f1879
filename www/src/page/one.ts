/** The view of one text: type it, read it, see why. */
import type { PiiType, RedactMode } from "hearken";
import type { Reading, Redacted } from "../shared/protocol.ts";
import { DISPOSITION, SENTIMENT } from "../shared/labels.ts";
import { announce, el } from "./dom.ts";
import { modes, type Mode } from "./modes.ts";
import { readingSections, sentenceList } from "./reading.ts";
import { redactionPanel } from "./redaction.ts";

/** Texts to start from. */
const EXAMPLES: readonly { name: string; text: string; question: string }[] = [
  { name: "A late parcel", text: "Third time I am writing: my parcel still has not arrived. The chat agent was lovely, but please just send me my money back.", question: "" },
  { name: "A survey answer", text: "Nothing.", question: "What could we do better?" },
  { name: "한국어", text: "앱 업데이트하고 나서 로그인이 계속 안 돼요. 어떻게 해야 하나요?", question: "" },
  { name: "Deutsch", text: "Super, schon wieder eine Störung. Könnt ihr bitte eine Statusseite einrichten?", question: "" },
];

/** What the view asks for. */
export interface OneActions {
  read: (text: string, question: string) => Promise<Reading>;
  redact: (text: string, mode: RedactMode, except: readonly PiiType[]) => Promise<Redacted>;
  go: (mode: Mode) => void;
  /** The choice of the taxonomy. */
  topics: HTMLElement;
}

/** The view. */
export function oneView(actions: OneActions): HTMLElement {
  const text = el("textarea", { id: "one-text", rows: "6", spellcheck: "false", placeholder: "A review, a message, a survey answer" });
  const question = el("input", { type: "text", id: "one-question", autocomplete: "off", placeholder: "What could we do better?", "aria-describedby": "one-question-why" });
  const read = el("button", { type: "submit", class: "button primary", id: "read" }, "Read it");
  const problem = el("p", { class: "alert", role: "alert", hidden: true });
  const result = el("section", { class: "card reading-result", id: "reading", "aria-label": "What it says" }, el("p", { class: "empty quiet" }, "What the text says appears here, with the words behind every label."));
  let latest = 0;
  const submit = async (): Promise<void> => {
    if (text.value.trim() === "") {
      text.focus();
      return;
    }
    const own = ++latest;
    problem.hidden = true;
    try {
      const given = text.value;
      const reading = await actions.read(given, question.value);
      if (own !== latest) return;
      const sentences = sentenceList(reading.sentences);
      result.replaceChildren(...readingSections(reading), ...(sentences === null ? [] : [sentences]), redactionPanel((mode, except) => actions.redact(given, mode, except)));
      result.dataset["count"] = String(own);
      if (reading.answer !== null) announce(`Read. Sentiment ${SENTIMENT[reading.answer.sentiment.label].toLowerCase()}. ${DISPOSITION[reading.answer.disposition].name}.`);
      if (result.getBoundingClientRect().top > window.innerHeight * 0.7) result.scrollIntoView({ block: "start" });
    } catch (error) {
      problem.textContent = error instanceof Error ? error.message : "The text could not be read.";
      problem.hidden = false;
    }
  };
  text.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) void submit();
  });
  const example = ({ name, text: words, question: asked }: (typeof EXAMPLES)[number]): HTMLElement =>
    el("button", {
      type: "button", class: "button small",
      on: {
        click: () => {
          text.value = words;
          question.value = asked;
          void submit();
        },
      },
    }, name);
  return el(
    "section",
    { class: "view one" },
    modes("text", actions.go),
    el("h1", { tabindex: "-1" }, "Read one text"),
    el(
      "div",
      { class: "one-pair" },
      el(
        "form",
        {
          class: "card one-form",
          on: {
            submit: (event) => {
              event.preventDefault();
              void submit();
            },
          },
        },
        el("div", { class: "field" }, el("label", { for: "one-text" }, "Text"), text),
        el("div", { class: "field" }, el("label", { for: "one-question" }, "Survey question, if it answers one"), question,
          el("p", { class: "quiet hint", id: "one-question-why" }, "“Nothing.” to “What could we do better?” is praise.")),
        actions.topics,
        problem,
        el("div", { class: "actions" }, read),
        el("div", { class: "examples", role: "group", "aria-label": "Examples" }, el("p", { class: "quiet hint" }, "Or try an example"), el("div", { class: "actions" }, EXAMPLES.map(example))),
      ),
      result,
    ),
  );
}
